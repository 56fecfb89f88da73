using System.CommandLine;
using System.Globalization;
using Backprop.Cli.Networks;
using Backprop.Explaining;

namespace Backprop.Cli.Explain;

/// <summary><c>backprop explain NETWORK</c>: its words and options.</summary>
internal static class ExplainCommand
{
    private const int MostSteps = 1_000_000;

    public static Command Create(Terminal terminal)
    {
        var steps = Value.Whole("--steps", "N", "How many training steps are run. [default: 1]", 1);
        var at = new Option<string[]>("--at")
        {
            HelpName = "K|all",
            Description = "A step to show, counted from 1; may be given several times. [default: 1]",
            Arity = ArgumentArity.OneOrMore,
        };
        var only = new Option<string?>("--only") { HelpName = "LAYER", Description = "Show one layer alone." };
        var truncate = Value.Whole(
            "--truncate", "K", "For recurrent layers, the gradient cut after K time steps that is set beside the whole one. [default: as the file says, else half of them]", 1);
        var why = new Option<string[]>("--why")
        {
            HelpName = "ENTRY",
            Description = "Take one gradient apart, hidden.weight[0,1], conv1.input[0,0,1,2], W1[0,1] or w5; may be given several times.",
            Arity = ArgumentArity.OneOrMore,
        };
        var format = Value.Choice<ExplainFormat>(
            "--format", "The form of the result: text, one JSON document, CSV with a row per number, Markdown, or one HTML page. [default: text]");
        var json = new Option<bool>("--json") { Description = "The same as --format json." };
        var output = new Option<string?>("--output") { HelpName = "FILE", Description = "Where to write the result. [default: the output]" };
        var force = new Option<bool>("--force") { Description = "Replace an existing FILE; show more than 10,000 numbers per step." };
        var digits = Value.Whole(
            "--digits", "N", $"Significant digits of text, Markdown and HTML, up to {NumberText.MostDigits}; JSON and CSV have all. [default: 6]", 1);
        var command = new Command("explain", "Show a training step in formulas and numbers.")
        {
            steps, at, only, why, truncate, format, json, output, force, digits,
        };
        var network = new NetworkOptions(command);
        command.SetAction((parsed, cancellation) => CommandLine.Guard(terminal, () =>
        {
            int count = parsed.GetValue(steps) ?? 1;
            if (count > MostSteps) throw new InputException(FormattableString.Invariant($"--steps: '{count}' came; up to {MostSteps:N0} are run"));
            return ExplainRun.Execute(
                new ExplainSettings
                {
                    Network = network.Read(parsed),
                    Steps = count,
                    Shown = Shown(parsed.GetValue(at) ?? [], count),
                    Only = parsed.GetValue(only),
                    Truncate = parsed.GetValue(truncate),
                    Why = parsed.GetValue(why) ?? [],
                    Format = Format(parsed.GetValue(format), parsed.GetValue(json)),
                    Output = parsed.GetValue(output),
                    Force = parsed.GetValue(force),
                    Digits = parsed.GetValue(digits) is { } number ? number <= NumberText.MostDigits ? number
                        : throw new InputException($"--digits: '{number}' came; 1 to {NumberText.MostDigits} are written") : 6,
                },
                terminal, cancellation);
        }));
        return command;
    }

    private static HashSet<int> Shown(string[] at, int steps)
    {
        if (at.Length == 0) return [1];
        if (at.Contains("all")) return [.. Enumerable.Range(1, steps)];
        return
        [
            .. at.Select(word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int step) && step >= 1 && step <= steps ? step
                : throw new InputException($"--at: '{word}' came; a step from 1 to {steps} or all is needed{(steps == 1 ? ", and --steps N runs more" : "")}")),
        ];
    }

    private static ExplainFormat Format(ExplainFormat? format, bool json)
    {
        if (json && format is not (null or ExplainFormat.Json))
            throw new InputException($"--json and --format {Words.Of(format.Value)} contradict each other; leave one out");
        return json ? ExplainFormat.Json : format ?? ExplainFormat.Text;
    }
}
