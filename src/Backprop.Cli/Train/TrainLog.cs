using System.Globalization;
using System.Text;
using System.Text.Json;
using Backprop.Cli.Data;
using Backprop.Data;
using Backprop.Health;
using Backprop.Optimizers;
using Backprop.Training;

namespace Backprop.Cli.Train;

/// <summary>The file of <c>--log</c>, <c>backprop-log/1</c>: one JSON object in each line, written out at once, so that another program can follow.</summary>
internal sealed class TrainLog : IDisposable
{
    private const string Format = "backprop-log/1";

    private readonly StreamWriter writer;

    private TrainLog(string path) => writer = new StreamWriter(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true, NewLine = "\n" };

    /// <summary>Looks at the file before any work is done.</summary>
    /// <exception cref="InputException">It cannot be written as asked.</exception>
    /// <exception cref="DataException">Training is to go on, and the file is no log.</exception>
    public static void Check(TrainSettings settings)
    {
        if (settings.Log is not { } path) return;
        if (settings.Save is { } save && Path.GetFullPath(save) == Path.GetFullPath(path))
            throw new InputException($"--log {path}: --save names the same file; give the log a name of its own");
        foreach (string? input in (string?[])[settings.Data, settings.Network])
            if (File.Exists(input)) OutputFile.Spare(input, path, "--log");
        if (settings.Resume && File.Exists(path)) Kept(path, 0);
        else OutputFile.Check(path, settings.Force, "--log");
    }

    /// <summary>Begins the file with what is trained; a training that goes on keeps the lines up to the checkpoint that it goes on from.</summary>
    public static TrainLog? Open(TrainSettings settings, Defaults defaults, TrainingData data, Trainer<float> trainer)
    {
        if (settings.Log is not { } path) return null;
        bool goesOn = settings.Resume && File.Exists(path);
        string text = goesOn ? string.Concat(Kept(path, trainer.Epoch).Select(line => $"{line}\n")) : JsonText.Line(json => Begin(json, settings, defaults, data, trainer));
        OutputFile.Write(path, text);
        var log = new TrainLog(path);
        if (settings.Resume && trainer.Optimizer.Steps > 0)
            log.Line("resumed", json =>
            {
                json.WriteNumber("epoch", trainer.Epoch);
                json.WriteNumber("steps", trainer.Optimizer.Steps);
                json.WriteNumber("epochs", defaults.Epochs);
            });
        return log;
    }

    public void Epoch(EpochResult epoch, TrainingData data, Optimizer<float> optimizer) => Line("epoch", json =>
    {
        json.WriteNumber("epoch", epoch.Epoch);
        json.WriteNumber("steps", optimizer.Steps);
        JsonText.Write(json, "trainLoss", epoch.TrainLoss);
        if (epoch.Test is { } test)
        {
            json.WriteStartObject(data.Validation is null ? "test" : "validation");
            JsonText.Write(json, "loss", test.Loss);
            Write(json, "accuracy", test.Accuracy);
            Write(json, "macroF1", test.MacroF1);
            Write(json, "rmse", test.Rmse * data.TargetScale);
            Write(json, "mae", test.Mae * data.TargetScale);
            Write(json, "r2", test.R2);
            json.WriteEndObject();
        }
        json.WriteNumber("learningRate", optimizer.LearningRate);
        json.WriteNumber("seconds", Math.Round(epoch.Elapsed.TotalSeconds, 3));
    });

    public void Warning(TrainingWarning warning) => Line("warning", json => TrainingWarningJson.WriteFields(json, warning));

    /// <summary>The training came to its end.</summary>
    public void End(TrainResult result) => Line("end", json =>
    {
        json.WriteString("reason", "done");
        json.WritePropertyName("result");
        json.WriteRawValue(Json.Line(result));
    });

    /// <summary>The training did not come to its end.</summary>
    public void End(Exception error)
    {
        string reason = error switch
        {
            InterruptedException or OperationCanceledException => "interrupted",
            DivergedException or NotFiniteNumberException => "diverged",
            _ => "failed",
        };
        try
        {
            Line("end", json =>
            {
                json.WriteString("reason", reason);
                json.WriteString("message", error.Message);
            });
        }
        catch (IOException)
        {
            // A full disk may be why training ended: then that is what has to be said.
        }
    }

    public void Dispose() => writer.Dispose();

    private static void Begin(Utf8JsonWriter json, TrainSettings settings, Defaults defaults, TrainingData data, Trainer<float> trainer)
    {
        json.WriteString("format", Format);
        json.WriteString("version", CommandLine.Version);
        json.WriteString("started", DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        json.WriteString("data", settings.Data);
        json.WriteStartObject("options");
        foreach (var (name, text) in SavedOptions.Of(settings, defaults)) json.WriteString(name, text);
        json.WriteEndObject();
        json.WriteString("task", Words.Of(data.Task));
        json.WriteString("network", Network.Describe((Layers.Sequential<float>)trainer.Model));
        json.WriteNumber("parameters", trainer.Model.Parameters.Elements);
        json.WriteNumber("trainSamples", data.Train.Count);
        json.WriteNumber("testSamples", data.Test.Count);
        if (data.Validation is { } validation) json.WriteNumber("validationSamples", validation.Count);
        json.WriteNumber("epochs", defaults.Epochs);
        json.WriteNumber("threads", settings.Threads);
    }

    private static void Write(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number) JsonText.Write(json, name, number);
    }

    /// <summary>The lines that a training which goes on after an epoch still stands by: what it will do again is left out, and so is an end, and what a
    /// killed process left half-written.</summary>
    private static List<string> Kept(string path, int epoch)
    {
        var kept = new List<string>();
        foreach (string line in File.ReadLines(path, Encoding.UTF8))
        {
            try
            {
                using var json = JsonDocument.Parse(line);
                bool isFirst = kept.Count == 0;
                if (isFirst && (!json.RootElement.TryGetProperty("format", out var format) || format.GetString() != Format))
                    throw new DataException(path, $"it is no log of a training, whose first line says {Format}; give --log another file");
                if (isFirst || (json.RootElement.TryGetProperty("epoch", out var at) && at.GetInt32() <= epoch)) kept.Add(line);
            }
            catch (JsonException) when (kept.Count > 0)
            {
                break;
            }
            catch (Exception error) when (error is JsonException or InvalidOperationException)
            {
                throw new DataException(path, $"it is no log of a training, whose first line says {Format}; give --log another file", cause: error);
            }
        }
        return kept.Count > 0 ? kept : throw new DataException(path, "it is empty, and no log of a training; give --log another file, or remove it");
    }

    private void Line(string name, Action<Utf8JsonWriter> fields) => writer.Write(JsonText.Line(json =>
    {
        json.WriteString("event", name);
        fields(json);
    }));
}
