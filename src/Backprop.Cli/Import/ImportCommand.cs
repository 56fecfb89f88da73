using System.CommandLine;
using Backprop.Importing;

namespace Backprop.Cli.Import;

/// <summary>What the user asked <c>backprop import</c> for.</summary>
/// <param name="Weights">The file of another program.</param>
/// <param name="Model">The network that takes them.</param>
/// <param name="From">Whose names and axes they have; null to find out.</param>
/// <param name="Map">The file that says which belongs to which; null for none.</param>
/// <param name="Scale">What training did with the inputs; null for nothing, or as the model has it.</param>
/// <param name="Classes">The names of the classes; null for numbers, or as the model has them.</param>
/// <param name="Save">The model to write; null to look only.</param>
/// <param name="Force">Whether it may be replaced.</param>
/// <param name="Json">Whether the result is JSON.</param>
internal sealed record ImportSettings(
    string Weights, string Model, WeightLayout? From, string? Map, InputScale? Scale, IReadOnlyList<string>? Classes, string? Save, bool Force, bool Json);

/// <summary>What training did with the inputs: (x − mean) / deviation.</summary>
/// <param name="Mean">One number, or one for each number of the last axis.</param>
/// <param name="Deviation">As many.</param>
internal sealed record InputScale(double[] Mean, double[] Deviation);

/// <summary><c>backprop import WEIGHTS</c>: its words and options.</summary>
internal static class ImportCommand
{
    public static Command Create(Terminal terminal)
    {
        var weights = new Argument<string>("WEIGHTS") { Description = "Arrays of PyTorch, Keras or Backprop: a safetensors file, or a NumPy archive (.npz)." };
        var model = new Option<string>("--model")
        {
            HelpName = "NETWORK",
            Description = "The network that takes them: a network file, or a model that backprop train saved.",
            Required = true,
        };
        var from = Value.Choice<WeightLayout>("--from", "Whose names and axes they have. [default: found out by the names]");
        var map = new Option<string?>("--map") { HelpName = "FILE", Description = "JSON that says which is which: {\"theirs\": \"ours\", …}, arrays or layers; null leaves out." };
        var mean = Value.Numbers("--mean", "NUMBERS", "What training took away from the inputs: one number, or one for each column. [default: 0]");
        var deviation = Value.Numbers("--deviation", "NUMBERS", "What training then divided them by; as many. [default: 1]");
        var classes = new Option<string?>("--classes") { HelpName = "NAMES", Description = "The names of the classes, with commas. [default: numbers from 0]" };
        var save = new Option<string?>("--save") { HelpName = "FILE", Description = "Where to write the model. [default: show only what would be taken]" };
        var force = new Option<bool>("--force") { Description = "Replace an existing FILE." };
        UsageErrors.RefuseOptions(weights);
        var command = new Command("import", "Take the weights of another program into a network of ours.") { weights, model, from, map, mean, deviation, classes, save, force };
        var output = new OutputOptions(command, "a table of what is taken");
        command.SetAction((parsed, _) => CommandLine.Guard(terminal, () => ImportRun.Execute(
            new ImportSettings(
                parsed.GetRequiredValue(weights), parsed.GetRequiredValue(model), parsed.GetValue(from), parsed.GetValue(map),
                Scale(parsed.GetValue(mean), parsed.GetValue(deviation)), parsed.GetValue(classes)?.Split(',', StringSplitOptions.TrimEntries), parsed.GetValue(save),
                parsed.GetValue(force), output.WantsJson(parsed)),
            terminal)));
        return command;
    }

    private static InputScale? Scale(double[]? mean, double[]? deviation)
    {
        // An option that was not given is an empty list.
        (mean, deviation) = (mean is { Length: > 0 } ? mean : null, deviation is { Length: > 0 } ? deviation : null);
        if (mean is null && deviation is null) return null;
        int count = Math.Max(mean?.Length ?? 1, deviation?.Length ?? 1);
        var scale = new InputScale(mean ?? [.. Enumerable.Repeat(0.0, count)], deviation ?? [.. Enumerable.Repeat(1.0, count)]);
        if (scale.Mean.Length != scale.Deviation.Length)
            throw new InputException($"--mean and --deviation: {scale.Mean.Length} and {scale.Deviation.Length} numbers came; as many of both are needed");
        return Array.TrueForAll(scale.Deviation, number => number > 0) ? scale : throw new InputException("--deviation: a number that is not above 0 came; it is divided by");
    }
}
