namespace Backprop.Cli;

/// <summary>What is wrong with an argument, as it is said on a terminal.</summary>
internal static class ArgumentText
{
    /// <summary>The message without the name of a parameter that .NET adds to it.</summary>
    public static string Of(Exception error) => error is not ArgumentException { ParamName: { } name } ? error.Message
        : error.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal);
}
