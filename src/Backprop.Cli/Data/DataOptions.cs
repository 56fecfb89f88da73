using System.CommandLine;
using Backprop.Cli.Train;
using Backprop.Tabular;

namespace Backprop.Cli.Data;

/// <summary>The options that say how data are to be read.</summary>
internal sealed class DataOptions : IOptionGroup
{
    public DataOptions(Command command)
    {
        foreach (var option in All) command.Options.Add(option);
    }

    public Option<string?> Target { get; } = new("--target")
    {
        HelpName = "COLUMN",
        Description = "The column to predict, by name or by position from 0. Needed for a table.",
    };

    public Option<TaskKind?> Task { get; } = Value.Choice<TaskKind>(
        "--task", "What to learn. [default: text, or at most 20 whole numbers each in two rows: classification; else regression]");

    public Option<YesNo?> Header { get; } = Value.Choice<YesNo>(
        "--header", "Whether the first row names the columns. [default: yes if it has text above numbers]");

    public Option<string[]> Ignore { get; } = new("--ignore")
    {
        HelpName = "COLUMN",
        Description = "A column to leave out, by name or position; may be given several times.",
        Arity = ArgumentArity.OneOrMore,
    };

    public Option<string[]> Embed { get; } = new("--embed")
    {
        HelpName = "COLUMN[=SIZE]",
        Description = "A column whose values become learnt vectors instead of an input each, by name or position; may be given several times. " +
            "[default SIZE: 1.6·n^0.56 for n values]",
        Arity = ArgumentArity.OneOrMore,
    };

    public Option<MissingPolicy?> Missing { get; } = Value.Choice<MissingPolicy>(
        "--missing",
        "A row with a missing value (an empty cell; among numbers also NA, N/A, NaN, null, ?) is an error, is left out, or gets the median of the " +
        "training part, in a column of text a value of its own. [default: refuse]");

    public Option<UnknownPolicy?> Unknown { get; } = Value.Choice<UnknownPolicy>(
        "--unknown",
        "A text that its column does not hold in the training part is an error, or is read as none of its values. " +
        "[default: ignore in the test part, refuse in later data]");

    public Option<ScaleKind?> Scale { get; } = Value.Choice<ScaleKind>(
        "--scale", "What happens to numbers, fitted to the training part: mean 0 and deviation 1, the range 0 … 1, or nothing. [default: standard]");

    private IEnumerable<Option> All => [Target, Task, Header, Ignore, Embed, Missing, Unknown, Scale];

    /// <summary>Settings for reading the data, with what was given here.</summary>
    public TrainSettings Apply(ParseResult parsed, TrainSettings settings) => settings with
    {
        Target = parsed.GetValue(Target),
        Task = parsed.GetValue(Task),
        Header = parsed.GetValue(Header) is { } yes ? yes == YesNo.Yes : null,
        Ignore = parsed.GetValue(Ignore) ?? [],
        Embed = parsed.GetValue(Embed) ?? [],
        Missing = parsed.GetValue(Missing) ?? MissingPolicy.Refuse,
        Unknown = parsed.GetValue(Unknown),
        Given = [.. All.Where(option => parsed.GetResult(option) is { Implicit: false }).Select(option => option.Name)],
        Scale = parsed.GetValue(Scale) ?? ScaleKind.Standard,
    };
}
