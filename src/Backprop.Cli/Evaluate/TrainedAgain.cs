using Backprop.Cli.Data;
using Backprop.Cli.Train;
using Backprop.Data;
using Backprop.Randomness;
using Backprop.Saving;
using Backprop.Training;

namespace Backprop.Cli.Evaluate;

/// <summary>Parts data once more as training parted them: the options and the seed are in the model.</summary>
internal static class TrainedAgain
{
    /// <summary>Reads the data, with the parts that training had; null where they are others than then.</summary>
    public static TrainingData? Read(string data, TrainingRecord record)
    {
        try
        {
            var quiet = new Terminal(TextWriter.Null, TextWriter.Null);
            var settings = SavedOptions.With(new TrainSettings { Data = data, Threads = 1 }, record.Options);
            var random = new SeededRandom(settings.Seed);
            var read = HoldOut.WithValidation(DataSources.Read(settings, random, quiet), settings, random, quiet);
            return Fingerprint.Of(read.Test) == record.Test.Fingerprint && Fingerprint.Of(read.Train) == record.Train.Fingerprint ? read : null;
        }
        // Other data may be anything: what they lack is said by who reads them as later data.
        catch (Exception error) when (error is InputException or DataException)
        {
            return null;
        }
    }
}
