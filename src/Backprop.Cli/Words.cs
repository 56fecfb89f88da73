namespace Backprop.Cli;

/// <summary>Kinds as the words of options, results and files.</summary>
internal static class Words
{
    public static string Of<T>(T kind) where T : struct, Enum => kind.ToString().ToLowerInvariant();
}
