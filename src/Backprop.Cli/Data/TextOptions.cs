using System.CommandLine;
using Backprop.Cli.Train;
using Backprop.Data;

namespace Backprop.Cli.Data;

/// <summary>The options that say how a text is to be read.</summary>
internal sealed class TextOptions : IOptionGroup
{
    public const string UnitName = "--unit", LengthName = "--length", VocabularyName = "--vocabulary";

    public TextOptions(Command command)
    {
        foreach (var option in (Option[])[Unit, Length, Vocabulary]) command.Options.Add(option);
    }

    public Option<TextUnit?> Unit { get; } = Value.Choice<TextUnit>(
        UnitName, "What a text is read as; DATA of any name is a text with it. [default: characters, for a file called .txt or .md]");

    public Option<int?> Length { get; } = Value.Whole(
        LengthName, "N", "How many characters or words of a text a window has, over which the gradient flows back. [default: 64; 32 words]", 1);

    public Option<int?> Vocabulary { get; } = Value.Whole(
        VocabularyName, "N", "How many of the most frequent words are told apart. [default: 5000]", 1);

    /// <summary>The settings with what was given here.</summary>
    public TrainSettings Apply(ParseResult parsed, TrainSettings settings) => settings with
    {
        Unit = parsed.GetValue(Unit),
        Length = parsed.GetValue(Length),
        Vocabulary = parsed.GetValue(Vocabulary),
    };
}
