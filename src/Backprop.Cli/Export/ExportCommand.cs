using System.CommandLine;

namespace Backprop.Cli.Export;

/// <summary>The formats of other programs.</summary>
internal enum ExportFormat
{
    Onnx,
}

/// <summary>What the user asked <c>backprop export</c> for.</summary>
/// <param name="Model">The saved model.</param>
/// <param name="Format">The format to write.</param>
/// <param name="Output">The file to write; null for the model's name with the format's ending.</param>
/// <param name="Force">Whether that file may be replaced.</param>
/// <param name="Json">Whether the result is JSON.</param>
internal sealed record ExportSettings(string Model, ExportFormat Format, string? Output, bool Force, bool Json)
{
    /// <summary>The file to write.</summary>
    public string Path => Output ?? System.IO.Path.ChangeExtension(Model, $".{Words.Of(Format)}");
}

/// <summary><c>backprop export MODEL</c>: its words and options.</summary>
internal static class ExportCommand
{
    public static Command Create(Terminal terminal)
    {
        var model = new Argument<string>("MODEL") { Description = "A model that backprop train saved." };
        var format = Value.Choice<ExportFormat>("--format", "What to write. [default: onnx]");
        var output = new Option<string?>("--output")
        {
            HelpName = "FILE",
            Description = "Where to write it. [default: MODEL with the ending of the format]",
        };
        var force = new Option<bool>("--force") { Description = "Replace an existing FILE." };
        var json = new Option<bool>("--json") { Description = "Describe what was written as one JSON document." };
        UsageErrors.RefuseOptions(model);
        var command = new Command("export", "Write a trained model for other programs.") { model, format, output, force, json };
        command.SetAction((parsed, _) => CommandLine.Guard(terminal, () => ExportRun.Execute(
            new ExportSettings(
                parsed.GetRequiredValue(model), parsed.GetValue(format) ?? ExportFormat.Onnx, parsed.GetValue(output), parsed.GetValue(force),
                parsed.GetValue(json)),
            terminal)));
        return command;
    }
}
