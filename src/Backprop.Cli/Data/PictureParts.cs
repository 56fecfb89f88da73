using System.Numerics;
using Backprop.Cli.Train;
using Backprop.Data;
using Backprop.Tabular;
using Backprop.Tensors;

namespace Backprop.Cli.Data;

/// <summary>From pictures with what is right for them to training data: parted, scaled, and with what changes them in training.</summary>
internal static class PictureParts
{
    /// <summary>Makes training data.</summary>
    /// <param name="train">The pictures that train, or all.</param>
    /// <param name="test">The data's own test part, if they have one.</param>
    /// <param name="called">What that part is called in the data.</param>
    /// <param name="settings">The options.</param>
    /// <param name="random">Draws the hold-out.</param>
    /// <param name="terminal">Hears every rule as it is applied.</param>
    /// <param name="names">What the pictures are called, those of the test part behind the others; null where they have no names.</param>
    /// <exception cref="InputException">The pictures cannot be parted, or an option does not suit them.</exception>
    public static TrainingData Of(
        DataSet<float> train, DataSet<float>? test, string called, TrainSettings settings, Random random, Terminal terminal, IReadOnlyList<string>? names = null)
    {
        bool classes = train.Targets is Indices;
        terminal.Note($"pictures: {train.SampleShape} (channels, height, width){(classes ? $", {train.ClassCount} classes" : "")}");
        int before = test is null ? 0 : train.Count;
        (train, test, int[] places) = Parted(train, test, called, "picture", settings, random, terminal);
        var scale = Scales.OfAll(settings.Scale, train.Inputs);
        var targetScale = classes ? null : Scales.OfColumns(settings.Scale, (Tensor<float>)train.Targets);
        terminal.Note($"pixels: {Scales.OfPixels(scale)}");
        if (settings.Augment is { } augment) terminal.Note($"augmentation: {augment.Sentence(scale)}");
        return new TrainingData(Scaled(train), Scaled(test), classes ? TaskKind.Classification : TaskKind.Regression, DataForm.Pictures)
        {
            InputTransforms = Scales.Listed(scale),
            TargetTransforms = Scales.Listed(targetScale),
            TargetScale = targetScale?.Sizes[0] ?? 1,
            Augmentation = settings.Augment?.Of(scale),
            TestOrigins = names is null ? new SampleOrigins(sample => $"picture {places[sample] + 1}") : new SampleOrigins(sample => names[before + places[sample]]),
        };

        DataSet<float> Scaled(DataSet<float> part)
        {
            var inputs = scale is null ? part.Inputs : scale.Apply(part.Inputs);
            return part.Targets is Tensor<float> numbers ? new DataSet<float>(inputs, targetScale is null ? numbers : targetScale.Apply(numbers)) : part.WithInputs(inputs);
        }
    }

    /// <summary>The parts of data that may have a test part of their own; else one is drawn.</summary>
    /// <returns>Both parts, and the places of the test part: among all samples, or among those of the data's own test part.</returns>
    /// <exception cref="InputException">The data cannot be parted, or an option does not suit them.</exception>
    public static (DataSet<T> Train, DataSet<T> Test, int[] Places) Parted<T>(
        DataSet<T> train, DataSet<T>? test, string called, string sample, TrainSettings settings, Random random, Terminal terminal)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (test is not null)
        {
            if (settings.Holdout is not null)
                throw new InputException($"--holdout: {settings.Data} has a test part of its own, {called}; leave the option out");
            terminal.Note($"test part: the data's own, {Wording.Count(test.Count, sample)} beside {train.Count} that train");
            return (train, test, [.. Enumerable.Range(0, test.Count)]);
        }
        int count = train.Count;
        if (count < 2) throw new InputException($"{settings.Data}: {Wording.Count(count, sample)} came; at least 2 are needed, one to train and one to test");
        (train, test, int[] places) = HoldOut.WithPlaces(train, settings, random);
        string how = train.Targets is Indices ? ", each class by its share" : "";
        terminal.Note($"hold-out: {test.Count} of {count} {sample}s for the test, drawn by seed {settings.Seed}{how}");
        return (train, test, places);
    }
}
