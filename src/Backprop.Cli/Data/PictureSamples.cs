using Backprop.Data;
using Backprop.Pictures;
using Backprop.Saving;
using Backprop.Tabular;
using Backprop.Tensors;

namespace Backprop.Cli.Data;

/// <summary>Later pictures for a model: a folder of IDX files or one of them; a folder of PNG, JPEG or BMP files, with classes or without,
/// or one of them.</summary>
internal static class PictureSamples
{
    /// <summary>What is white where pixels are not 0 … 255: a note in a model that NumPy's fractions trained.</summary>
    public const string WhiteNote = "white", UnknownWhite = "unknown";

    /// <summary>Reads what DATA names.</summary>
    /// <exception cref="InputException">It is not what the model was trained on.</exception>
    /// <exception cref="DataException">A file is not what it should be.</exception>
    public static Samples Read(SampleWords words, SavedModel<float> model, Terminal terminal)
    {
        if (words.Header is not null) throw new InputException($"--header belongs to a table; the model {words.Model} was trained on pictures");
        if (ArraySource.IsNamedSo(words.Data)) return ArraySource.LaterPictures(words, model, terminal);
        if (IdxFolder.IsOne(words.Data)) return OfIdxFolder(words, model, terminal);
        if (PictureFolder.IsOne(words.Data)) return OfFolder(words, model, terminal);
        if (Directory.Exists(words.Data)) throw IdxSource.Neither(words.Data);
        if (PictureFiles.IsOne(words.Data)) return OfFiles([new PictureFile(words.Data, Path.GetFileName(words.Data))], words, model, terminal);
        var pictures = Idx.ReadTensor<double>(words.Data);
        if (pictures.Shape.Rank is not (3 or 4))
            throw new DataException(
                words.Data, $"it holds {pictures.Shape}; pictures have 3 axes [count, height, width] or 4 [count, channels, height, width]");
        terminal.Note($"data: {Wording.Count(pictures.Shape[0], "picture")}");
        return new Samples(Inputs(pictures, words, model));
    }

    /// <summary>Transformed, and with or without the axis of the single channel, as the model reads it.</summary>
    public static Tensor<float> Inputs(Tensor<double> pictures, SampleWords words, SavedModel<float> model)
    {
        if (!WithoutChannel(pictures.Shape.Without(0)).SequenceEqual(WithoutChannel(model.Input)))
            throw new DataException(words.Data, $"its pictures are {pictures.Shape.Without(0)}; the model needs {model.Input}");
        var inputs = Samples.Transformed(model, pictures);
        return Nn<float>.Tensor([pictures.Shape[0], .. model.Input.AsSpan()], inputs.Values);
    }

    /// <summary>Classes as positions in the model's classes.</summary>
    public static int[] Places(ReadOnlySpan<int> labels, IReadOnlyList<string> names, SampleWords words, SavedModel<float> model)
    {
        var known = model.ClassNames.Index().ToDictionary(entry => entry.Item, entry => entry.Index, StringComparer.Ordinal);
        int[] places = new int[labels.Length];
        for (int i = 0; i < places.Length; i++)
            places[i] = known.TryGetValue(names[labels[i]], out int place) ? place : throw new DataException(
                words.Data, $"the class {names[labels[i]]} came; one of {Wording.List(model.ClassNames)} is needed, as in training", i + 1);
        return places;
    }

    private static Samples OfIdxFolder(SampleWords words, SavedModel<float> model, Terminal terminal)
    {
        var (train, test) = IdxFolder.Read<double>(words.Data);
        var data = test ?? train;
        string part = test is null ? "training" : "test";
        terminal.Note($"data: {Wording.Count(data.Count, "picture")} with their labels, the {part} part of {words.Data}");
        var inputs = Inputs(data.Inputs, words, model);
        return model.ClassNames.Count == 0 ? new Samples(inputs)
            : new Samples(inputs, Classes: Places(((Indices)data.Targets).Values, data.ClassNames, words, model));
    }

    private static Samples OfFolder(SampleWords words, SavedModel<float> model, Terminal terminal)
    {
        var folder = PictureFolder.Open(words.Data);
        var files = folder.Test.Count > 0 ? folder.Test : folder.Train;
        var samples = OfFiles(files, words, model, terminal);
        return folder.ClassNames.Count == 0 || model.ClassNames.Count == 0 ? samples
            : samples with { Classes = Places([.. files.Select(file => file.Class!.Value)], folder.ClassNames, words, model) };
    }

    /// <summary>Pictures of any size: a model was trained on one, and to that they are resized.</summary>
    private static Samples OfFiles(IReadOnlyList<PictureFile> files, SampleWords words, SavedModel<float> model, Terminal terminal)
    {
        var input = model.Input;
        int channels = input.Rank == 2 ? 1 : input[0];
        if (input.Rank is not (2 or 3) || channels is not (1 or 3))
            throw new InputException($"{words.Model}: it reads {input}; pictures from files have 1 channel or 3");
        var form = new PictureForm(channels == 1 ? PictureColour.Grey : PictureColour.Rgb, (input[^2], input[^1]));
        var pixels = PictureFiles.Read<double>([.. files.Select(file => file.Path)], form, terminal.Note);
        string? white = model.Notes.GetValueOrDefault(WhiteNote);
        if (white == UnknownWhite)
            throw new InputException(
                $"{words.Model}: it was trained on pixels that are neither 0 … 1 nor 0 … 255, so picture files do not suit it; an .npz or .npy file does");
        string labels = files.Any(file => file.Class is not null) ? " with their classes" : "";
        terminal.Note($"data: {Wording.Count(files.Count, "picture")}{labels}, as the model reads them: {Words.Of(form.Colour!.Value)}, {input[^2]}×{input[^1]}");
        if (white == "1") pixels = Nn<double>.Tensor(pixels.Shape, [.. pixels.Values.ToArray().Select(pixel => pixel / 255)]);
        return new Samples(Inputs(pixels, words, model)) { Names = [.. files.Select(file => file.Name)], Origins = SampleOrigins.Named([.. files.Select(file => file.Name)]) };
    }

    private static IEnumerable<int> WithoutChannel(Shape sample) => sample.Rank == 3 && sample[0] == 1 ? sample.Skip(1) : sample;
}
