using System.CommandLine;
using Backprop.Cli.Train;
using Backprop.Data;

namespace Backprop.Cli.Data;

/// <summary>The layouts of NumPy's arrays in words, in the order of <see cref="ArrayLayout"/>.</summary>
internal enum LayoutKind
{
    Columns,
    Pictures,
    Channels_Last,
    Sequences,
}

/// <summary>The options that say which arrays of a NumPy file are to be read, and what they mean.</summary>
internal sealed class ArrayOptions : IOptionGroup
{
    public const string InputsName = "--inputs", TargetsName = "--targets", LayoutName = "--layout";

    public ArrayOptions(Command command)
    {
        foreach (var option in (Option[])[Inputs, Targets, Layout]) command.Options.Add(option);
    }

    public Option<string?> Inputs { get; } = new(InputsName)
    {
        HelpName = "NAME",
        Description = "The array of samples in an .npz file. [default: x, x_train or another usual name]",
    };

    public Option<string?> Targets { get; } = new(TargetsName)
    {
        HelpName = "NAME",
        Description = "The array of targets in an .npz file: whole numbers are classes. [default: y, y_train or another usual name]",
    };

    public Option<LayoutKind?> Layout { get; } = Value.Choice<LayoutKind>(
        LayoutName, "What the axes of an array are. [default: by their number, columns N,D; pictures N,H,W or N,C,H,W; channels-last N,H,W,C]");

    /// <summary>The settings with what was given here.</summary>
    public TrainSettings Apply(ParseResult parsed, TrainSettings settings) => settings with
    {
        Inputs = parsed.GetValue(Inputs),
        Targets = parsed.GetValue(Targets),
        Layout = parsed.GetValue(Layout),
    };
}
