using System.CommandLine;
using Backprop.Cli.Data;
using Backprop.Tabular;

namespace Backprop.Cli.Evaluate;

/// <summary>What the user asked <c>backprop evaluate</c> for.</summary>
/// <param name="Model">The model file.</param>
/// <param name="Data">What it is judged by; null for what trained it.</param>
/// <param name="Header">Whether the first row of a table names the columns; null as in training.</param>
/// <param name="Unknown">What happens to texts of a table that were not there in training; null as in training.</param>
/// <param name="Part">Which samples; null for the test part of what trained it, else all.</param>
/// <param name="Json">Whether the result is JSON.</param>
internal sealed record EvaluateSettings(string Model, string? Data, bool? Header, UnknownPolicy? Unknown, DataPart? Part, bool Json);

/// <summary><c>backprop evaluate MODEL DATA</c>: its words and options.</summary>
internal static class EvaluateCommand
{
    public static Command Create(Terminal terminal)
    {
        var model = new Argument<string>("MODEL") { Description = "A model that backprop train saved." };
        var data = new Argument<string?>("DATA")
        {
            Description = "Data like those that trained it, with what is right for each sample. [default: those that trained it]",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var part = Part();
        var header = Value.Choice<YesNo>("--header", "Whether the first row names the columns. [default: as in training]");
        var unknown = SampleWords.UnknownOption();
        UsageErrors.RefuseOptions(model);
        UsageErrors.RefuseOptions(data);
        var command = new Command("evaluate", "Say how good a trained model is: accuracy, precision, recall, F1 and who was taken for whom, or RMSE, MAE and R².")
        {
            model, data, part, header, unknown,
        };
        var output = new OutputOptions(command, "figures and tables");
        command.SetAction((parsed, cancellation) => CommandLine.Guard(terminal, () => EvaluateRun.Execute(
            new EvaluateSettings(
                parsed.GetRequiredValue(model), parsed.GetValue(data), parsed.GetValue(header) is { } yes ? yes == YesNo.Yes : null,
                parsed.GetValue(unknown), parsed.GetValue(part),
                output.WantsJson(parsed)),
            terminal, cancellation)));
        return command;
    }

    /// <summary>The option that says by which samples.</summary>
    public static Option<DataPart?> Part() => Value.Choice<DataPart>(
        "--part", "Which samples: those kept for the test, those that trained, or all. [default: test for the data that trained the model, else all]");
}
