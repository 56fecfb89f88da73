using System.CommandLine;
using Backprop.Cli.Data;
using Backprop.Cli.Train;
using Backprop.Lessons.Comparison;

namespace Backprop.Cli.Compare;

/// <summary><c>backprop compare [DATA]</c>: its words and options.</summary>
internal static class CompareCommand
{
    private const int LeastSeeds = 2;

    public static Command Create(Terminal terminal)
    {
        var data = new Argument<string?>("DATA")
        {
            Description = "A CSV or TSV file, or a folder with IDX files under MNIST's names. [default: digits that the program draws]",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var parameters = Value.Whole(
            "--parameters", "N", "About how many parameters each network has. [default: 7000 for pictures, 1000 for a table, or more if the data need it]", 1);
        var epochs = Value.Whole("--epochs", "N", "Passes over the training part. [default: as many as show 60,000 samples, 3 to 100]", 1);
        var seeds = Value.Whole("--seeds", "N", "How often each network is trained with each learning rate. [default: 3]", LeastSeeds);
        var seed = Value.Whole(
            "--seed", "N", "Draws the digits, the parts of the data, and, counting on from there, the weights and the order. [default: 1]", 0);
        var format = Value.Choice<CompareFormat>(
            "--format", "The form of the result: text, one JSON document, or Markdown. [default: text]");
        var json = new Option<bool>("--json") { Description = "The same as --format json." };
        UsageErrors.RefuseOptions(data);
        var command = new Command("compare", "Compare an ANN, a CNN and an RNN of equal size on the same data.") { data };
        var reading = new DataOptions(command);
        foreach (var option in (Option[])[parameters, epochs, seeds, seed, format, json]) command.Options.Add(option);
        command.SetAction((parsed, cancellation) => CommandLine.Guard(terminal, () =>
        {
            var options = new ComparisonOptions
            {
                Parameters = parsed.GetValue(parameters),
                Epochs = parsed.GetValue(epochs),
                Threads = Environment.ProcessorCount,
            };
            options = options with { Seeds = parsed.GetValue(seeds) ?? options.Seeds, Seed = parsed.GetValue(seed) ?? options.Seed };
            var settings = new CompareSettings(
                Reading(parsed, parsed.GetValue(data), reading, options), options, Format(parsed.GetValue(format), parsed.GetValue(json)));
            return CompareRun.Execute(settings, terminal, cancellation);
        }));
        return command;
    }

    private static TrainSettings? Reading(ParseResult parsed, string? data, DataOptions options, ComparisonOptions comparison)
    {
        var reading = options.Apply(parsed, new TrainSettings { Data = data ?? "", Seed = comparison.Seed, Threads = comparison.Threads });
        if (data is not null) return reading;
        return reading.Given.Count == 0 ? null
            : throw new InputException($"{reading.Given[0]} says how DATA are read, and none came; name a CSV or TSV file, or a folder of pictures");
    }

    private static CompareFormat Format(CompareFormat? format, bool json)
    {
        if (json && format is not (null or CompareFormat.Json))
            throw new InputException($"--json and --format {Words.Of(format.Value)} contradict each other; leave one out");
        return json ? CompareFormat.Json : format ?? CompareFormat.Text;
    }
}
