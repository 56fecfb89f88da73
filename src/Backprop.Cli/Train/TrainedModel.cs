using System.Security.Cryptography;
using Backprop.Cli.Data;
using Backprop.Layers;
using Backprop.Saving;
using Backprop.Training;

namespace Backprop.Cli.Train;

/// <summary>A trained model with all that is needed to use it again, and with how it was trained.</summary>
internal static class TrainedModel
{
    /// <summary>Puts it together.</summary>
    /// <param name="settings">What was asked for.</param>
    /// <param name="defaults">What the options that were left out came to.</param>
    /// <param name="read">The data as their source gave them.</param>
    /// <param name="data">The data as the network met them.</param>
    /// <param name="trainer">What trained.</param>
    /// <param name="loss">What was made small, by its name in network files.</param>
    public static SavedModel<float> Of(TrainSettings settings, Defaults defaults, TrainingData read, TrainingData data, Trainer<float> trainer, string loss) =>
        new((Sequential<float>)trainer.Model, data.Train.SampleShape)
        {
            Task = Words.Of(data.Task),
            Loss = loss,
            ClassNames = data.Train.ClassNames,
            InputTransforms = data.InputTransforms,
            TargetTransforms = data.TargetTransforms,
            Notes = new Dictionary<string, string>(data.Notes) { [TrainingRecord.Key] = Record(settings, defaults, read, trainer).Write() },
        };

    /// <summary>The SHA-256 of a data file; empty where DATA is none.</summary>
    public static string FileOf(string data)
    {
        if (!File.Exists(data)) return "";
        using var stream = File.OpenRead(data);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static TrainingRecord Record(TrainSettings settings, Defaults defaults, TrainingData read, Trainer<float> trainer) => new()
    {
        Version = CommandLine.Version,
        Data = settings.Data,
        DataFile = FileOf(settings.Data),
        Form = Words.Of(read.Form),
        Options = SavedOptions.Of(settings, defaults).Where(option => DataSources.Concerns(settings, option.Key)).ToDictionary(),
        Train = Part(read.Train),
        Test = Part(read.Test),
        Validation = read.Validation is { } validation ? Part(validation) : null,
        Weights = Fingerprint.Of(trainer.Model.Parameters),
        BestEpoch = trainer.Stopping?.BestEpoch,
        History = trainer.History,
        Warnings = trainer.Health?.Warnings ?? [],
    };

    private static RecordedPart Part(Backprop.Data.DataSet<float> data) => new(data.Count, Fingerprint.Of(data));
}
