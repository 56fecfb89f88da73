using Backprop.Cli.Train;
using Backprop.Data;
using Backprop.Tabular;

namespace Backprop.Cli.Data;

/// <summary>From pictures with their classes to training data: parted, scaled, and with what changes them in training.</summary>
internal static class PictureParts
{
    /// <summary>Makes training data.</summary>
    /// <param name="train">The pictures that train, or all.</param>
    /// <param name="test">The data's own test part, if they have one.</param>
    /// <param name="called">What that part is called in the data.</param>
    /// <param name="settings">The options.</param>
    /// <param name="random">Draws the hold-out.</param>
    /// <param name="terminal">Hears every rule as it is applied.</param>
    /// <exception cref="InputException">The pictures cannot be parted, or an option does not suit them.</exception>
    public static TrainingData Of(DataSet<float> train, DataSet<float>? test, string called, TrainSettings settings, Random random, Terminal terminal)
    {
        terminal.Note($"pictures: {train.SampleShape} (channels, height, width), {train.ClassCount} classes");
        if (test is not null)
        {
            if (settings.Holdout is not null)
                throw new InputException($"--holdout: {settings.Data} has a test part of its own, {called}; leave the option out");
            terminal.Note($"test part: the data's own, {Wording.Count(test.Count, "picture")} beside {train.Count} that train");
        }
        else
        {
            int count = train.Count;
            if (count < 2) throw new InputException($"{settings.Data}: {Wording.Count(count, "picture")} came; at least 2 are needed, one to train and one to test");
            (train, test) = HoldOut.Of(train, settings, random);
            terminal.Note($"hold-out: {test.Count} of {count} pictures for the test, drawn by seed {settings.Seed}, each class by its share");
        }
        var scale = Scales.OfAll(settings.Scale, train.Inputs);
        terminal.Note($"pixels: {Scales.OfPixels(scale)}");
        if (settings.Augment is { } augment) terminal.Note($"augmentation: {augment.Sentence(scale)}");
        return new TrainingData(Scaled(train), Scaled(test), TaskKind.Classification, DataForm.Pictures)
        {
            InputTransforms = Scales.Listed(scale),
            Augmentation = settings.Augment?.Of(scale),
        };

        DataSet<float> Scaled(DataSet<float> part) => scale is null ? part : part.WithInputs(scale.Apply(part.Inputs));
    }
}
