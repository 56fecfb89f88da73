using System.CommandLine;

namespace Backprop.Cli.Export;

/// <summary>The formats of other programs.</summary>
internal enum ExportFormat
{
    /// <summary>The whole network, for most programs that run networks.</summary>
    Onnx,

    /// <summary>The parameters alone, for NumPy.</summary>
    Npz,

    /// <summary>The parameters alone, as PyTorch names and turns them.</summary>
    Safetensors,

    /// <summary>A program with PyTorch, and the parameters beside it.</summary>
    PyTorch,

    /// <summary>A program with NumPy alone, and the parameters beside it.</summary>
    NumPy,
}

/// <summary>What the user asked <c>backprop export</c> for.</summary>
/// <param name="Model">The saved model.</param>
/// <param name="Format">The format to write.</param>
/// <param name="Output">The file to write; null for the model's name with the format's ending.</param>
/// <param name="Force">Whether that file may be replaced.</param>
/// <param name="Json">Whether the result is JSON.</param>
internal sealed record ExportSettings(string Model, ExportFormat Format, string? Output, bool Force, bool Json)
{
    /// <summary>The format that the ending of a file says.</summary>
    public static ExportFormat? FormatOf(string? file) =>
        Enum.GetValues<ExportFormat>().Cast<ExportFormat?>().FirstOrDefault(format => file is not null
            && System.IO.Path.GetExtension(file).Equals(EndingOf(format!.Value), StringComparison.OrdinalIgnoreCase));

    /// <summary>The file to write.</summary>
    // The model itself has the ending of safetensors already.
    public string Path => Output ?? System.IO.Path.ChangeExtension(Model, Format == ExportFormat.Safetensors ? ".pytorch.safetensors" : EndingOf(Format));

    private static string EndingOf(ExportFormat format) => format is ExportFormat.PyTorch or ExportFormat.NumPy ? ".py" : $".{Words.Of(format)}";
}

/// <summary><c>backprop export MODEL</c>: its words and options.</summary>
internal static class ExportCommand
{
    public static Command Create(Terminal terminal)
    {
        var model = new Argument<string>("MODEL") { Description = "A model that backprop train saved." };
        var format = Value.Choice<ExportFormat>("--format", "What to write: the network as ONNX, its numbers for NumPy or for PyTorch, or a program in Python with PyTorch or with NumPy alone. [default: by the ending of FILE, else onnx]");
        var output = new Option<string?>("--output")
        {
            HelpName = "FILE",
            Description = "Where to write it. [default: MODEL with the ending of the format]",
        };
        var force = new Option<bool>("--force") { Description = "Replace an existing FILE." };
        var json = new Option<bool>("--json") { Description = "Describe what was written as one JSON document." };
        UsageErrors.RefuseOptions(model);
        var command = new Command("export", "Write a trained model for other programs.") { model, format, output, force, json };
        command.SetAction((parsed, _) => CommandLine.Guard(terminal, () =>
        {
            string? file = parsed.GetValue(output);
            var kind = parsed.GetValue(format) ?? ExportSettings.FormatOf(file) ?? ExportFormat.Onnx;
            return ExportRun.Execute(
                new ExportSettings(parsed.GetRequiredValue(model), kind, file, parsed.GetValue(force), parsed.GetValue(json)), terminal);
        }));
        return command;
    }
}
