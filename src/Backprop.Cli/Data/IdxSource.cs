using Backprop.Cli.Train;
using Backprop.Data;
using Backprop.Saving;
using Backprop.Tabular;
using Backprop.Tensors;

namespace Backprop.Cli.Data;

/// <summary>A folder of IDX files; later pictures may be a single IDX file, too.</summary>
internal sealed class IdxSource : DataSource
{
    public override string Called => "a folder of pictures, whose labels are the classes";

    public override IReadOnlyList<string> Options => ["--scale"];

    public override bool Takes(TrainSettings settings) => Directory.Exists(settings.Data);

    public override TrainingData Read(TrainSettings settings, Random random, Terminal terminal)
    {
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
        var scale = Scales.OfAll(settings.Scale, train.Inputs);
        terminal.Note($"pixels: {Scales.OfPixels(scale)}");
        return new TrainingData(Scaled(train), Scaled(test), TaskKind.Classification, DataForm.Pictures)
        {
            InputTransforms = Scales.Listed(scale),
        };

        DataSet<float> Scaled(DataSet<float> part) => scale is null ? part : part.WithInputs(scale.Apply(part.Inputs));
    }

    /// <summary>A model of pictures needs no note about them: their shape is that of its input.</summary>
    public override bool Trained(SavedModel<float> model) => model.Input.Rank >= 2;

    public override Samples ReadSamples(SampleWords words, SavedModel<float> model, Terminal terminal)
    {
        if (words.Header is not null) throw new InputException($"--header belongs to a table; the model {words.Model} was trained on pictures");
        if (Directory.Exists(words.Data))
        {
            var (train, test) = IdxFolder.Read<double>(words.Data);
            var data = test ?? train;
            string part = test is null ? "training" : "test";
            terminal.Note($"data: {Wording.Count(data.Count, "picture")} with their labels, the {part} part of {words.Data}");
            return new Samples(Inputs(data.Inputs, words, model), Classes: Places(data, words, model));
        }
        var pictures = Idx.ReadTensor<double>(words.Data);
        if (pictures.Shape.Rank is not (3 or 4))
            throw new DataException(
                words.Data, $"it holds {pictures.Shape}; pictures have 3 axes [count, height, width] or 4 [count, channels, height, width]");
        terminal.Note($"data: {Wording.Count(pictures.Shape[0], "picture")}");
        return new Samples(Inputs(pictures, words, model));
    }

    /// <summary>Transformed, and with or without the axis of the single channel, as the model reads it.</summary>
    private static Tensor<float> Inputs(Tensor<double> pictures, SampleWords words, SavedModel<float> model)
    {
        if (!WithoutChannel(pictures.Shape.Without(0)).SequenceEqual(WithoutChannel(model.Input)))
            throw new DataException(words.Data, $"its pictures are {pictures.Shape.Without(0)}; the model needs {model.Input}");
        var inputs = Samples.Transformed(model, pictures);
        return Nn<float>.Tensor([pictures.Shape[0], .. model.Input.AsSpan()], inputs.Values);
    }

    private static IEnumerable<int> WithoutChannel(Shape sample) => sample.Rank == 3 && sample[0] == 1 ? sample.Skip(1) : sample;

    /// <summary>The labels as positions in the model's classes.</summary>
    private static int[] Places(DataSet<double> data, SampleWords words, SavedModel<float> model)
    {
        var names = model.ClassNames.Index().ToDictionary(entry => entry.Item, entry => entry.Index, StringComparer.Ordinal);
        var labels = ((Indices)data.Targets).Values;
        int[] places = new int[labels.Length];
        for (int i = 0; i < places.Length; i++)
            places[i] = names.TryGetValue(data.ClassNames[labels[i]], out int place) ? place : throw new DataException(
                words.Data, $"the class {data.ClassNames[labels[i]]} came; one of {Wording.List(model.ClassNames)} is needed, as in training", i + 1);
        return places;
    }
}
