using Backprop.Data;
using Backprop.Layers;
using Backprop.Tensors;

namespace Backprop.Saving;

// Reading the file.
public sealed partial class NetworkFile<T>
{
    private NetworkFile(JsonFields fields)
    {
        NetworkFile.CheckFormat(fields);
        Name = fields.Text("name", "");
        Source = fields.Text("source", "");
        // The caller has chosen T by it.
        fields.Text("precision", "");
        Seed = fields.WholeIfAny("seed") ?? 1;
        if (Seed < 0) throw fields.Wrong("seed", "a whole number from 0 on");
        randomOf = NetworkFile.RandomOf(fields);
        Input = ReadInput(fields);
        var (model, output, numbers) = ReadModel(fields, Input);
        Model = model;
        Labels = numbers.Labels.ToDictionary(pair => Model.Parameters.NameOf(pair.Key), IReadOnlyList<string> (pair) => pair.Value);
        if (Array.Find(["loss", "optimizer", "data"], part => !fields.Has(part)) is { } part)
            throw fields.ErrorAt(part, "is missing; a network that takes steps of its own needs loss, optimizer, data, only one that trains on other data does not");
        loss = LossFunction<T>.Read(fields, Model, output);
        L2 = ReadPenalty(fields);
        data = ReadData(fields.Object("data"), output, loss.ReadsClasses);
        BatchSize = fields.WholeIfAny("batch") ?? data.Count;
        if (BatchSize < 1 || BatchSize > data.Count) throw fields.Wrong("batch", $"1 to {data.Count}, the number of samples,");
        Shuffles = fields.Flag("shuffle", false);
        Optimizer = OptimizerTypes.Build(fields.Object("optimizer"), Model.Parameters);
        fields.Finish();
        numbers.Draw(randomOf(Seed));
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataException">It is no network file, or what it says does not fit; the message has the place, what was found and what is needed.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static NetworkFile<T> Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Parse(File.ReadAllText(path), path);
    }

    /// <summary>Reads the text of a file.</summary>
    /// <param name="json">The text. Numbers are read as double and rounded to T, whatever precision the file asks for.</param>
    /// <param name="file">What the file is called in messages.</param>
    /// <exception cref="DataException">It is no network file, or what it says does not fit; the message has the place, what was found and what is needed.</exception>
    public static NetworkFile<T> Parse(string json, string file)
    {
        ArgumentNullException.ThrowIfNull(json);
        NetworkFile.IsSinglePrecision(json, file);
        return new NetworkFile<T>(JsonFields.Parse(json, "$", file, networkFile: true, toRead: true));
    }

    internal static Shape ReadInput(JsonFields fields)
    {
        int[] sizes = fields.Wholes("input");
        return sizes.Length > 0 && Array.TrueForAll(sizes, size => size > 0) ? [.. sizes]
            : throw fields.Wrong("input", "the shape of one sample, sizes from 1 on such as [2] or [1,28,28],");
    }

    internal static (Sequential<T> Model, Shape Output, LayerNumbers<T> Numbers) ReadModel(JsonFields fields, Shape input)
    {
        var numbers = new LayerNumbers<T>();
        try
        {
            var (tape, batch) = Tape<T>.Trace([1, .. input.AsSpan()]);
            using (tape)
            {
                var model = new Sequential<T>(NetworkDescription.ReadLayers<T>(fields, ref batch, numbers.Read));
                return (model, batch.Shape, numbers);
            }
        }
        catch (ArgumentException error)
        {
            throw fields.ErrorAt("layers", $"cannot be put together; {ArgumentText.Of(error)}");
        }
    }

    internal static double ReadPenalty(JsonFields fields)
    {
        if (!fields.Has("penalty")) return 0;
        var penalty = fields.Object("penalty");
        double l2 = penalty.Number("l2");
        penalty.Finish();
        return double.IsFinite(l2) && l2 >= 0 ? l2 : throw penalty.Wrong("l2", "0 or a finite number above it");
    }

    private DataSet<T> ReadData(JsonFields fields, Shape output, bool classes)
    {
        var (shape, numbers) = fields.Nested("inputs");
        if (shape.Rank != Input.Rank + 1 || shape.Without(0) != Input)
            throw fields.ErrorAt("inputs", $"is {shape}, {Of("N", Input)} is needed: the samples N, also where there is one, then $.input");
        for (int i = 0; i < numbers.Length; i++)
            if (Vocabulary(Model.Layers[0], i % Math.Max(1, shape[^1])) is { } vocabulary) CheckWhole(fields, "inputs", "token", shape, numbers, i, vocabulary);
        var inputs = Nn<T>.Tensor(shape, [.. numbers.Select(T.CreateTruncating)]);
        Shape needed = classes ? output.With(0, shape[0]).Without(output.Rank - 1) : output.With(0, shape[0]);
        var (found, targets) = fields.Nested("targets");
        if (found != needed)
            throw fields.ErrorAt("targets", classes ? $"is {found}, {needed} is needed: a class, counted from 0, for each output of {output[^1]} numbers"
                : $"is {found}, {needed} is needed: the shape of the network's output");
        fields.Finish();
        if (!classes) return new DataSet<T>(inputs, Nn<T>.Tensor(found, [.. targets.Select(T.CreateTruncating)]));
        for (int i = 0; i < targets.Length; i++) CheckWhole(fields, "targets", "class", found, targets, i, output[^1]);
        return new DataSet<T>(inputs, new Indices(found, [.. targets.Select(target => (int)target)]));
    }

    /// <summary>How many tokens there are where the first layer reads some in a column; null where it reads numbers.</summary>
    private static int? Vocabulary(Layer<T> first, int column) => first switch
    {
        Embedding<T> embedding => embedding.Weight.Shape[0],
        EmbeddedColumns<T> embedded => embedded.Columns.Zip(embedded.Embeddings)
            .Where(pair => pair.First == column).Select(pair => (int?)pair.Second.Weight.Shape[0]).FirstOrDefault(),
        _ => null,
    };

    private static void CheckWhole(JsonFields fields, string name, string what, Shape shape, double[] numbers, int at, int count)
    {
        if (numbers[at] != Math.Floor(numbers[at]) || numbers[at] < 0 || numbers[at] >= count)
            throw fields.ErrorAt(
                $"{name}{shape.Position(at).Replace(",", "][", StringComparison.Ordinal)}",
                FormattableString.Invariant($"is {numbers[at]}, a {what} is needed: a whole number 0 … {count - 1}"));
    }

    private static string Of(string first, Shape rest) => $"[{first}, {string.Join(", ", rest)}]";
}
