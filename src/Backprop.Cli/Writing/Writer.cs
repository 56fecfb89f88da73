using Backprop.Data;

namespace Backprop.Cli.Writing;

/// <summary>What is usual where a network writes.</summary>
internal static class Writer
{
    /// <summary>How many characters or words are written.</summary>
    public static int UsualLength(TextUnit unit) => unit == TextUnit.Characters ? 300 : 60;

    /// <summary>What a text goes on from if nothing is said: a new line, or if the vocabulary has none its first token.</summary>
    public static string Beginning(Vocabulary vocabulary) => vocabulary.Tokens.Contains("\n") ? "\n" : vocabulary.Tokens[1];
}
