using Backprop.Cli.Data;
using Backprop.Data;
using Backprop.Layers;
using Backprop.Tensors;
using static Backprop.Nn<float>;

namespace Backprop.Cli.Train;

/// <summary>Builds the network that was asked for, as large as the data need it.</summary>
internal static class Network
{
    private const int LeastSide = 12, RecurrentUnits = 128, SeriesUnits = 8, TextUnits = 256, TokenUnits = 64;

    /// <summary>The data in the shape that the network reads.</summary>
    /// <exception cref="InputException">The network does not suit the data, or an option not the network.</exception>
    public static TrainingData Suited(ModelKind model, TrainSettings settings, TrainingData data)
    {
        Check(model, settings, data);
        return IsRecurrent(model) && data.Form == DataForm.Pictures ? AsRows(data) : data;
    }

    /// <summary>Pictures [N, 1, H, W] as sequences [N, H, W] of rows.</summary>
    public static TrainingData AsRows(TrainingData data) => data with
    {
        Train = AsRows(data.Train),
        Test = AsRows(data.Test),
        Validation = data.Validation is { } kept ? AsRows(kept) : null,
    };

    /// <summary>Makes the network with drawn weights; it gives a logit for each class, or one number.</summary>
    public static GivenNetwork.Plan Create(ModelKind model, TrainSettings settings, TrainingData data, Random random) =>
        new(Layers(model, settings, data, random), data.Train.SampleShape, null, null, loss => loss, []);

    private static Sequential<float> Layers(ModelKind model, TrainSettings settings, TrainingData data, Random random)
    {
        var sample = data.Train.SampleShape;
        int outputs = data.Train.Targets is Indices ? data.Train.ClassCount : data.Train.Targets.Shape[^1];
        return model switch
        {
            ModelKind.Lenet => Lenet(sample, outputs, random),
            ModelKind.Mlp => Mlp(data, settings.Hidden ?? (data.Form == DataForm.Pictures ? [128] : [32, 16]), outputs, random),
            _ when data.Form == DataForm.Text => Sequential(
                Embedding(outputs, TokenUnits, random), Recurrent(model, TokenUnits, settings.Hidden?[0] ?? TextUnits, random, returnSequences: true),
                Linear(settings.Hidden?[0] ?? TextUnits, outputs, random)),
            _ => Recurrent(model, sample, settings.Hidden?[0] ?? (data.Form == DataForm.Series ? SeriesUnits : RecurrentUnits), outputs, random),
        };
    }

    /// <summary>The layers and their sizes: <c>linear 16, relu, linear 3</c>.</summary>
    public static string Describe(Sequential<float> model) => string.Join(", ", model.Layers.Select(layer =>
        layer is EmbeddedColumns<float> embedded ? $"{layer.Type} {string.Join('+', embedded.Embeddings.Select(column => column.Weight.Shape[1]))}"
        : layer.Settings.FirstOrDefault(setting => setting.Key is "units" or "filters") is { Value: int size } ? $"{layer.Type} {size}" : layer.Type));

    private static bool IsRecurrent(ModelKind model) => model is ModelKind.Rnn or ModelKind.Lstm or ModelKind.Gru;

    private static void Check(ModelKind model, TrainSettings settings, TrainingData data)
    {
        var sample = data.Train.SampleShape;
        string word = Words.Of(model);
        if (data.Form == DataForm.Table && model != ModelKind.Mlp)
            throw new InputException(
                $"--model {word} reads pictures{(IsRecurrent(model) ? ", row by row as time goes on" : "")}; " +
                $"{settings.Data} is a table, whose columns have no order in {(IsRecurrent(model) ? "time" : "space")}; --model mlp suits it");
        if (data.Form is DataForm.Series or DataForm.Text && model == ModelKind.Lenet)
            throw new InputException($"--model lenet reads pictures; {settings.Data} goes on in time; --model lstm suits it");
        if (data.Form == DataForm.Text && model == ModelKind.Mlp)
            throw new InputException($"--model mlp: a text is read token by token; --model lstm, gru or rnn suits {settings.Data}");
        if (model == ModelKind.Lenet && (sample[1] < LeastSide || sample[2] < LeastSide))
            throw new InputException(
                $"--model lenet needs pictures of {LeastSide}×{LeastSide} pixels or more; those in {settings.Data} have {sample[1]}×{sample[2]}");
        if (IsRecurrent(model) && data.Form == DataForm.Pictures && sample[0] != 1)
            throw new InputException($"--model {word} reads pictures with one channel; those in {settings.Data} have {sample[0]}");
        if (model == ModelKind.Lenet && settings.Hidden is not null)
            throw new InputException("--hidden: LeNet-5's layers are given; leave the option out, or take --model mlp");
        if (IsRecurrent(model) && settings.Hidden is { Length: > 1 })
            throw new InputException("--hidden: a recurrent network has one layer here; give one size");
    }

    private static DataSet<float> AsRows(DataSet<float> pictures)
    {
        var shape = pictures.Inputs.Shape;
        return pictures.WithInputs(Tensor([shape[0], shape[2], shape[3]], pictures.Inputs.Values));
    }

    private static Sequential<float> Mlp(TrainingData data, int[] hidden, int outputs, Random random)
    {
        var layers = new List<Layer<float>>();
        if (data.Train.SampleShape.Rank > 1) layers.Add(Flatten());
        if (EmbeddedColumn.Layer(data.Embedded, random) is { } embedding) layers.Add(embedding);
        int inputs = data.Train.SampleShape.Elements + data.Embedded.Sum(column => column.Units - 1);
        foreach (int units in hidden)
        {
            layers.Add(Linear(inputs, units, random, HeUniform()));
            layers.Add(Relu());
            inputs = units;
        }
        layers.Add(Linear(inputs, outputs, random));
        return new Sequential<float>([.. layers]);
    }

    /// <summary>LeNet-5 with its input padded instead of enlarged.</summary>
    /// <remarks>Source: LeCun et al., Gradient-Based Learning Applied to Document Recognition (1998), §II.B.</remarks>
    private static Sequential<float> Lenet(Shape sample, int outputs, Random random)
    {
        static int Side(int pixels) => (pixels / 2 - 4) / 2;
        return Sequential(
            Conv2d(sample[0], 6, 5, random, padding: 2), Tanh(), AveragePool2d(2),
            Conv2d(6, 16, 5, random), Tanh(), AveragePool2d(2),
            Flatten(),
            Linear(16 * Side(sample[1]) * Side(sample[2]), 120, random), Tanh(),
            Linear(120, 84, random), Tanh(),
            Linear(84, outputs, random));
    }

    /// <summary>What came at one time after the other; the last state decides.</summary>
    private static Sequential<float> Recurrent(ModelKind model, Shape sample, int units, int outputs, Random random) =>
        Sequential(Recurrent(model, sample[^1], units, random, returnSequences: false), Linear(units, outputs, random));

    private static Layer<float> Recurrent(ModelKind model, int inputs, int units, Random random, bool returnSequences) => model switch
    {
        ModelKind.Lstm => Lstm(inputs, units, random, returnSequences),
        ModelKind.Gru => Gru(inputs, units, random, returnSequences),
        _ => Rnn(inputs, units, random, returnSequences),
    };
}
