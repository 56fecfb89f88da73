using System.CommandLine;
using Backprop.Cli.Data;
using Backprop.Cli.Evaluate;

namespace Backprop.Cli.Report;

/// <summary>What the user asked <c>backprop report</c> for.</summary>
/// <param name="Judged">The model and what it is judged by.</param>
/// <param name="Output">The file; null for one beside the model.</param>
/// <param name="Force">Whether that file may be replaced.</param>
internal sealed record ReportSettings(EvaluateSettings Judged, string? Output, bool Force);

/// <summary><c>backprop report MODEL</c>: its words and options.</summary>
internal static class ReportCommand
{
    public static Command Create(Terminal terminal)
    {
        var model = new Argument<string>("MODEL") { Description = "A model that backprop train saved." };
        var data = new Option<string?>("--data")
        {
            HelpName = "DATA",
            Description = "What it is judged by: data like those that trained it, with what is right for each sample. [default: those that trained it, if they are there]",
        };
        var part = EvaluateCommand.Part();
        var header = Value.Choice<YesNo>("--header", "Whether the first row names the columns. [default: as in training]");
        var unknown = SampleWords.UnknownOption();
        var output = new Option<string?>("--output") { HelpName = "FILE", Description = "Where to write the page. [default: MODEL with the end .html]" };
        var force = new Option<bool>("--force") { Description = "Replace an existing FILE." };
        UsageErrors.RefuseOptions(model);
        var command = new Command("report", "Write a page about a trained model: curves, figures, who was taken for whom, worst mistakes, how to reproduce it.")
        {
            model, data, part, header, unknown, output, force,
        };
        command.SetAction((parsed, cancellation) => CommandLine.Guard(terminal, () => ReportRun.Execute(
            new ReportSettings(
                new EvaluateSettings(
                    parsed.GetRequiredValue(model), parsed.GetValue(data), parsed.GetValue(header) is { } yes ? yes == YesNo.Yes : null,
                    parsed.GetValue(unknown), parsed.GetValue(part), Json: false),
                parsed.GetValue(output), parsed.GetValue(force)),
            terminal, cancellation)));
        return command;
    }
}
