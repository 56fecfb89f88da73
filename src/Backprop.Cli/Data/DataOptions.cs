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

    public Option<ScaleKind?> Scale { get; } = Value.Choice<ScaleKind>(
        "--scale", "What happens to numbers, fitted to the training part: mean 0 and deviation 1, the range 0 … 1, or nothing. [default: standard]");

    private IEnumerable<Option> All => [Target, Task, Header, Ignore, Scale];

    /// <summary>Settings for reading the data, with what was given here.</summary>
    public TrainSettings Apply(ParseResult parsed, TrainSettings settings) => settings with
    {
        Target = parsed.GetValue(Target),
        Task = parsed.GetValue(Task),
        Header = parsed.GetValue(Header) is { } yes ? yes == YesNo.Yes : null,
        Ignore = parsed.GetValue(Ignore) ?? [],
        Given = [.. All.Where(option => parsed.GetResult(option) is { Implicit: false }).Select(option => option.Name)],
        Scale = parsed.GetValue(Scale) ?? ScaleKind.Standard,
    };
}
