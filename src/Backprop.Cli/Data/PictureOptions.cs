using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Backprop.Cli.Train;
using Backprop.Pictures;

namespace Backprop.Cli.Data;

/// <summary>The options that say how pictures are to be read, and how training changes them.</summary>
internal sealed class PictureOptions : IOptionGroup
{
    public const string SizeName = "--size", ColourName = "--colour", AugmentName = "--augment";

    public PictureOptions(Command command)
    {
        foreach (var option in (Option[])[Size, Colour, Augment]) command.Options.Add(option);
    }

    public Option<(int Height, int Width)?> Size { get; } = new(SizeName)
    {
        HelpName = "HEIGHTxWIDTH",
        Description = "The size to which the pictures of a folder are resized. [default: as they are, if all have one]",
        CustomParser = result => ParseSize(Text(result)) is { } size ? size
            : Refuse<(int, int)?>(result, $"{SizeName}: '{Text(result)}' came; two numbers of pixels from 1 on are needed, as in 28x28"),
    };

    public Option<PictureColour?> Colour { get; } = Value.Choice<PictureColour>(
        ColourName, "What the pictures of a folder are read as. [default: grey if all are grey, else rgb]");

    public Option<AugmentWords?> Augment { get; } = new(AugmentName)
    {
        HelpName = "CHANGES",
        Description = "How pictures are changed anew each time that training meets them, as in shift=2,turn=10,flip,noise=0.1: pixels, degrees, left for right, "
            + "the deviation for pixels as the network meets them; and fill=255 for white beyond the edge. [default: not at all]",
        CustomParser = result =>
        {
            try
            {
                return AugmentWords.Parse(Text(result));
            }
            catch (FormatException error)
            {
                return Refuse<AugmentWords?>(result, $"{AugmentName}: {error.Message}");
            }
        },
    };

    /// <summary>Reads a size; null where the text is none.</summary>
    public static (int Height, int Width)? ParseSize(string text) =>
        text.Split('x', '×') is [var height, var width]
        && int.TryParse(height, NumberStyles.None, CultureInfo.InvariantCulture, out int rows) && rows is >= 1 and <= 10_000
        && int.TryParse(width, NumberStyles.None, CultureInfo.InvariantCulture, out int columns) && columns is >= 1 and <= 10_000 ? (rows, columns) : null;

    /// <summary>A size as <see cref="ParseSize"/> reads it.</summary>
    public static string TextOf((int Height, int Width) size) => string.Create(CultureInfo.InvariantCulture, $"{size.Height}x{size.Width}");

    /// <summary>The settings with what was given here.</summary>
    public TrainSettings Apply(ParseResult parsed, TrainSettings settings) => settings with
    {
        Size = parsed.GetValue(Size),
        Colour = parsed.GetValue(Colour),
        Augment = parsed.GetValue(Augment),
    };

    private static string Text(ArgumentResult result) => result.Tokens[0].Value;

    private static T Refuse<T>(ArgumentResult result, string message)
    {
        result.AddError(message);
        return default!;
    }
}
