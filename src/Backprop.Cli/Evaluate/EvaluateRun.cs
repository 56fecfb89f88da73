using Backprop.Cli.Data;
using Backprop.Saving;
using Backprop.Training;

namespace Backprop.Cli.Evaluate;

/// <summary><c>backprop evaluate</c> from the model to the figures.</summary>
internal static class EvaluateRun
{
    public static int Execute(EvaluateSettings settings, Terminal terminal, CancellationToken cancellation)
    {
        var (model, record) = Open(settings.Model);
        string name = settings.Data ?? record?.Data
            ?? throw new InputException($"DATA is missing, and {settings.Model} does not say what trained it");
        var data = JudgedData.Read(new SampleWords(settings.Model, name, settings.Header, settings.Unknown), settings.Part, model, record, terminal);
        var (judge, loss) = Judge.Of(model, data.Samples, settings.Model, cancellation);
        var result = EvaluateResult.Of(model, data, judge, loss, name);
        terminal.Output.Write(settings.Json ? $"{Json.Of(result)}\n" : EvaluateText.Of(result, data.Called, terminal.Width));
        return ExitCode.Done;
    }

    /// <summary>Loads a model, and how it was trained where it says so and its weights are those that training gave: others may have been imported.</summary>
    /// <exception cref="InputException">There is no such file.</exception>
    /// <exception cref="Backprop.Data.DataException">It is no whole model.</exception>
    public static (SavedModel<float> Model, TrainingRecord? Record) Open(string file)
    {
        if (!File.Exists(file)) throw new InputException($"{file}: there is no such file");
        var model = SavedModel<float>.Load(file);
        var record = model.Notes.TryGetValue(TrainingRecord.Key, out string? text) ? TrainingRecord.Read(text, file) : null;
        return (model, record?.Weights == Fingerprint.Of(model.Model.Parameters) ? record : null);
    }
}
