using Backprop.Cli.Data;
using Backprop.Exporting;
using Backprop.Onnx;
using Backprop.Saving;

namespace Backprop.Cli.Export;

/// <summary><c>backprop export</c> from the model to the file.</summary>
internal static class ExportRun
{
    public static int Execute(ExportSettings settings, Terminal terminal)
    {
        if (!File.Exists(settings.Model)) throw new InputException($"{settings.Model}: there is no such file");
        if (settings.Output == "-") throw new InputException("--output: '-' came; what is written is binary, so the name of a file is needed");
        OutputFile.Check(settings.Path, settings.Force, "--output");
        if (Path.GetFullPath(settings.Path) == Path.GetFullPath(settings.Model))
            throw new InputException($"{settings.Path}: this is the model itself; --output needs another name");
        var model = SavedModel<float>.Load(settings.Model);
        var result = Written(model, settings);
        terminal.Output.Write(settings.Json ? $"{Json.Of(result)}\n" : result.ToText());
        if (settings.Format == ExportFormat.Npz) terminal.Note("note: these are the numbers alone; layers, transforms and the names of the classes stay behind");
        else if (settings.Format == ExportFormat.Onnx && model.Notes.ContainsKey("table"))
            terminal.Note("note: how the columns of a table become its inputs stands in the file's metadata under 'table'");
        else if (settings.Format == ExportFormat.Onnx && TextFacts.Of(model, settings.Model) is { } facts)
            terminal.Note($"note: which of the {facts.Vocabulary.Count} {facts.Unit} each number stands for is in the file's metadata under '{TextFacts.Note}'");
        return ExitCode.Done;
    }

    private static ExportResult Written(SavedModel<float> model, ExportSettings settings)
    {
        if (settings.Format == ExportFormat.Npz)
        {
            model.SaveNpz(settings.Path, settings.Force);
            return ExportResult.OfNumbers(settings.Path, model);
        }
        try
        {
            if (settings.Format == ExportFormat.PyTorch)
            {
                OutputFile.Check(Path.ChangeExtension(settings.Path, ".npz"), settings.Force, "--output");
                return ExportResult.OfProgram(settings.Path, PyTorchProgram.Save(model, settings.Path, settings.Force), model);
            }
            var exported = OnnxModel.Of(model);
            exported.Save(settings.Path, settings.Force);
            return ExportResult.Of(settings.Path, exported, TextFacts.Of(model, settings.Model) is null ? model.ClassNames : []);
        }
        catch (Exception error) when (error is NotSupportedException or ArgumentException)
        {
            throw new InputException($"{settings.Model}: {ArgumentText.Of(error)}");
        }
    }
}
