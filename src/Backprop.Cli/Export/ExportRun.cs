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
        else if (settings.Format == ExportFormat.Safetensors) terminal.Note("note: these are the numbers alone; the module that takes them is written by --format pytorch");
        else if (settings.Format == ExportFormat.Onnx && model.Notes.ContainsKey("table"))
            terminal.Note("note: how the columns of a table become its inputs stands in the file's metadata under 'table'");
        else if (settings.Format == ExportFormat.Onnx && TextFacts.Of(model, settings.Model) is { } facts)
            terminal.Note($"note: which of the {facts.Vocabulary.Count} {facts.Unit} each number stands for is in the file's metadata under '{TextFacts.Note}'");
        return ExitCode.Done;
    }

    private static ExportResult Written(SavedModel<float> model, ExportSettings settings)
    {
        string path = settings.Path;
        try
        {
            switch (settings.Format)
            {
                case ExportFormat.Npz:
                    model.SaveNpz(path, settings.Force);
                    return ExportResult.OfNumbers(path, model, ReadBack.OfArchive(path, model));
                case ExportFormat.Safetensors:
                    var weights = PyTorchWeights.Of(model);
                    weights.Save(path, settings.Force);
                    return ExportResult.OfWeights(path, weights, ReadBack.OfWeights(path, model, SavedModel<float>.Load(settings.Model)));
                case ExportFormat.PyTorch or ExportFormat.NumPy:
                    return Program(model, settings);
                default:
                    var exported = OnnxModel.Of(model);
                    exported.Save(path, settings.Force);
                    return ExportResult.Of(path, exported, TextFacts.Of(model, settings.Model) is null ? model.ClassNames : [], ReadBack.OfGraph(path, exported));
            }
        }
        catch (Exception error) when (error is NotSupportedException or ArgumentException)
        {
            throw new InputException($"{settings.Model}: {ArgumentText.Of(error)}");
        }
    }

    private static ExportResult Program(SavedModel<float> model, ExportSettings settings)
    {
        string path = settings.Path;
        OutputFile.Check(Path.ChangeExtension(path, ".npz"), settings.Force, "--output");
        bool torch = settings.Format == ExportFormat.PyTorch;
        var inputs = InputLines.Of(model, settings.Model);
        string archive = torch ? PyTorchProgram.Save(model, path, settings.Force, inputs) : NumPyProgram.Save(model, path, settings.Force, inputs);
        string name = Path.GetFileName(archive), text = torch ? PyTorchProgram.Of(model, name, inputs) : NumPyProgram.Of(model, name, inputs);
        return ExportResult.OfProgram(path, torch ? "PyTorch" : "NumPy", archive, model, ReadBack.OfProgram(path, text, archive, model));
    }
}
