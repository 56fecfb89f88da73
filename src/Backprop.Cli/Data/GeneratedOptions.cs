using System.CommandLine;
using Backprop.Cli.Train;

namespace Backprop.Cli.Data;

/// <summary>The options of data that the program draws.</summary>
internal sealed class GeneratedOptions : IOptionGroup
{
    public GeneratedOptions(Command command)
    {
        command.Options.Add(Samples);
        command.Options.Add(Noise);
    }

    public Option<int?> Samples { get; } = Value.Whole(
        "--samples", "N", "How many samples the program draws, for training and test. [default: 500 points, 2000 digits]", 2);

    public Option<double?> Noise { get; } = Value.Number(
        "--noise", "S", "The deviation of the noise that drawn points, or the pixels of drawn digits, get. " +
            "[default: 0.1; spirals 0.03, blobs 0.3, digits 0.2]",
        number => double.IsFinite(number) && number >= 0, "a number from 0 on");

    /// <summary>The settings with what was given here.</summary>
    public TrainSettings Apply(ParseResult parsed, TrainSettings settings) =>
        settings with { Samples = parsed.GetValue(Samples), Noise = parsed.GetValue(Noise) };
}
