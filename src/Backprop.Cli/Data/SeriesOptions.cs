using System.CommandLine;
using Backprop.Cli.Train;

namespace Backprop.Cli.Data;

/// <summary>The options that make a table a time series.</summary>
internal sealed class SeriesOptions : IOptionGroup
{
    public SeriesOptions(Command command)
    {
        command.Options.Add(Window);
        command.Options.Add(Horizon);
    }

    public Option<int?> Window { get; } = Value.Whole(
        "--window", "N",
        "Takes the rows of a table as a time series: N of them foretell a later number of the target. " +
            $"[default: {SeriesSource.UsualWindow} with --horizon]", 1);

    public Option<int?> Horizon { get; } = Value.Whole(
        "--horizon", "N", "How many rows after the window lies the number to forecast; 1 is the next row. [default: 1]", 1);

    /// <summary>The settings with what was given here.</summary>
    public TrainSettings Apply(ParseResult parsed, TrainSettings settings) =>
        settings with { Window = parsed.GetValue(Window), Horizon = parsed.GetValue(Horizon) };
}
