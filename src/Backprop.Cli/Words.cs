namespace Backprop.Cli;

/// <summary>Kinds as the words of options, results and files.</summary>
internal static class Words
{
    public static string Of<T>(T kind) where T : struct, Enum => kind.ToString().ToLowerInvariant().Replace('_', '-');

    /// <summary>Back from a word that <see cref="Of"/> gave.</summary>
    public static T Parse<T>(string word) where T : struct, Enum => Enum.Parse<T>(word.Replace('-', '_'), ignoreCase: true);
}
