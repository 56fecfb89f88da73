using Backprop.Data;
using Backprop.Tabular;

namespace Backprop.Cli.Train;

/// <summary>From a folder of IDX files to training data; every rule is said as it is applied.</summary>
internal static class TrainingPictures
{
    public static TrainingData Read(TrainSettings settings, Random random, Terminal terminal)
    {
        RefuseTableOptions(settings);
        var (train, test) = IdxFolder.Read<float>(settings.Data);
        terminal.Note($"pictures: {train.SampleShape} (channels, height, width), {train.ClassCount} classes");
        if (test is not null)
        {
            if (settings.Holdout is not null)
                throw new InputException($"--holdout: {settings.Data} has a test part of its own, t10k-…; leave the option out");
            terminal.Note($"test part: the folder's own, {test.Count} pictures beside {train.Count} that train");
        }
        else
        {
            int count = train.Count;
            if (count < 2) throw new InputException($"{settings.Data}: {count} pictures came; at least 2 are needed, one to train and one to test");
            (train, test) = HoldOut.Of(train, settings, random);
            terminal.Note($"hold-out: {test.Count} of {count} pictures for the test, drawn by seed {settings.Seed}, each class by its share");
        }
        var scale = Standardizer.OfAll(train.Inputs);
        string mean = ProgressLines.Number(scale.Means[0]), deviation = ProgressLines.Number(scale.Deviations[0]);
        terminal.Note($"pixels: standardised by the training part, mean {mean}, deviation {deviation}");
        return new TrainingData(
            train.WithInputs(scale.Apply(train.Inputs)), test.WithInputs(scale.Apply(test.Inputs)), TaskKind.Classification, scale, null, null);
    }

    private static void RefuseTableOptions(TrainSettings settings)
    {
        string? option = settings.Target is not null ? "--target"
            : settings.Header is not null ? "--header"
            : settings.Ignore.Count > 0 ? "--ignore"
            : settings.Task == TaskKind.Regression ? "--task regression" : null;
        if (option is not null)
            throw new InputException($"{option} belongs to a table; {settings.Data} is a folder of pictures, whose labels are the classes");
    }
}
