namespace Backprop.Cli;

/// <summary>Kinds as the words of options, results and files.</summary>
internal static class Words
{
    public static string Of<T>(T kind) where T : struct, Enum => kind.ToString().ToLowerInvariant().Replace('_', '-');

    /// <summary>Back from a word that <see cref="Of"/> gave.</summary>
    public static T Parse<T>(string word) where T : struct, Enum => Enum.Parse<T>(word.Replace('-', '_'), ignoreCase: true);

    /// <summary>The name of a class as it can be seen: a character of white space says what it is.</summary>
    public static string Visible(string name) => name switch
    {
        " " => "space",
        "\n" => "\\n",
        "\r" => "\\r",
        "\t" => "\\t",
        [var one] when char.IsWhiteSpace(one) || char.IsControl(one) => FormattableString.Invariant($"U+{(int)one:X4}"),
        _ => name,
    };
}
