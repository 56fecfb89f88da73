using Backprop.Data;
using Backprop.Layers;
using Backprop.Operations;
using Backprop.Saving;
using Backprop.Tensors;
using static Backprop.Nn<float>;

namespace Backprop.Tests.Exporting;

/// <summary>Models of every layer of the library and of the networks that people build of them, each with numbers drawn anew.</summary>
internal static class ExportCases
{
    private const int Vocabulary = 7;

    public static IReadOnlyList<SavedModel<float>> All()
    {
        var random = new Random(11);
        SavedModel<float>[] models = [.. Layers(random).Concat(Networks(random)).Select(pair => new SavedModel<float>(pair.Layer, pair.Sample)), .. Saved(random)];
        foreach (var model in models) Draw(model.Model, random);
        return models;
    }

    /// <summary>Samples that a model can read: tokens where it begins with an embedding.</summary>
    public static Tensor<float> Batch(SavedModel<float> model, int count, Random random)
    {
        Shape shape = [count, .. model.Input.AsSpan()];
        bool tokens = ReadsTokens(model.Model);
        return Tensor(shape, [.. Enumerable.Range(0, shape.Elements).Select(_ => tokens ? random.Next(Vocabulary) : 2 * random.NextSingle() - 1)]);
    }

    private static bool ReadsTokens(Layer<float> layer) => layer is Embedding<float> or EmbeddedColumns<float> || (layer is Sequential<float> chain && ReadsTokens(chain.Layers[0]))
        || (layer is Branches<float> branches && ReadsTokens(branches.Layers[0]));

    private static IEnumerable<(Layer<float> Layer, Shape Sample)> Layers(Random random) =>
    [
        (Embedding(Vocabulary, 2, random, name: "tokens"), [3]),
        (EmbeddedColumns([0], Embedding(Vocabulary, 2, random)), [3]),
        (EmbeddedColumns("embedding", [1, 2], Embedding(Vocabulary, 3, random, name: "town"), Embedding(Vocabulary, 1, random)), [4]),
        (Linear(3, 2, random), [3]),
        (Linear(3, 2, random, bias: false, name: "out"), [4, 3]),
        (Linear(3, 2, random), [4, 3]),
        (Linear(3, 2, random, bias: false), [3]),
        (Conv2d(2, 3, 2, random), [2, 4, 5]),
        (Conv2d(2, 3, (2, 3), random, stride: (1, 2), padding: (1, 0), bias: false, name: "edges"), [2, 4, 5]),
        (Conv2d(4, 6, 3, random, padding: 2, dilation: (2, 1), groups: 2), [4, 5, 6]),
        (Conv1d(2, 3, 2, random), [2, 6]),
        (Conv1d(2, 4, 3, random, 2, 3, 2, 2, bias: false, name: "edges"), [2, 6]),
        (ConvTranspose2d(2, 3, 2, random), [2, 3, 4]),
        (ConvTranspose2d(4, 2, (3, 2), random, 2, (1, 0), 1, (1, 2), 2, bias: false, name: "up"), [4, 3, 2]),
        (MaxPool2d(2), [2, 4, 6]),
        (MaxPool2d((2, 3), stride: 1, padding: (0, 1), name: "pool"), [2, 4, 6]),
        (MaxPool2d(2, ceilMode: true), [2, 5, 3]),
        (MaxPool2d(3, 3, 1, ceilMode: true), [2, 4, 5]),
        (MaxPool1d(2), [2, 6]),
        (MaxPool1d(3, 2, 1, ceilMode: true, name: "pool"), [2, 6]),
        (AveragePool2d(2), [2, 4, 6]),
        (AveragePool2d((3, 2), stride: (1, 2), padding: (1, 0)), [2, 4, 6]),
        (AveragePool2d(3, 2, 1, countPadding: false), [2, 6, 4]),
        (AveragePool2d(3, 2, 1, ceilMode: true, countPadding: false), [2, 6, 4]),
        (AveragePool2d(3, 2, 1, ceilMode: true), [2, 6, 4]),
        (AveragePool2d(2, 3, (2, 1)), [2, 5, 4]),
        (AveragePool2d(2, 3, (2, 1), ceilMode: true), [2, 5, 6]),
        (AveragePool1d(2), [2, 6]),
        (AveragePool1d(3, 2, 1, ceilMode: true), [2, 6]),
        (AveragePool1d(3, 2, 1, ceilMode: true, countPadding: false, name: "pool"), [2, 6]),
        (GlobalAveragePool2d(), [2, 3, 4]),
        (GlobalMaxPool2d("largest"), [2, 3, 4]),
        (Upsample2d(2), [2, 3, 4]),
        (Upsample2d((1, 3)), [2, 3, 4]),
        (Upsample2d((1, 3), bilinear: true, name: "up"), [2, 3, 4]),
        (Upsample2d(2, bilinear: true), [2, 1, 4]),
        (BatchNorm1d(3), [3]),
        (BatchNorm1d(2, momentum: 0.2, epsilon: 1e-3, name: "norm"), [2, 4]),
        (BatchNorm2d(2), [2, 3, 4]),
        (LayerNorm([4]), [3, 4]),
        (LayerNorm([3, 4], epsilon: 1e-3, name: "norm"), [2, 3, 4]),
        (Flatten(), [2, 3, 4]),
        (Dropout(0.3, random), [4, 3]),
        (Dropout2d(0.3, random), [2, 3, 4]),
        (Sigmoid(), [3]), (Tanh(), [3]), (Relu(), [3]), (LeakyRelu(0.3), [3]), (Elu(0.3), [3]), (Selu(), [3]), (Gelu(), [3]), (Gelu(true, "near"), [3]),
        (Silu(), [3]), (Softplus(), [3]), (Softsign(), [3]), (HardSigmoid(), [3]), (Softmax(), [3]), (Softmax(), [4, 3]),
        (PRelu(), [3]), (PRelu(3), [3]), (PRelu(2, name: "learnt"), [2, 3, 4]),
        (Rnn(3, 2, random), [4, 3]),
        (Rnn(3, 2, random, returnSequences: true, truncate: 2, bias: false, name: "memory"), [4, 3]),
        (Rnn(3, 2, random, activation: RnnActivation.Relu, layers: 3), [4, 3]),
        (Lstm(3, 2, random), [4, 3]),
        (Lstm(3, 2, random, unrolled: true), [4, 3]),
        (Lstm(3, 2, random, returnSequences: true, bias: false, layers: 2, name: "memory"), [4, 3]),
        (Gru(3, 2, random), [4, 3]),
        (Gru(3, 2, random, returnSequences: true, layers: 2), [4, 3]),
        (Gru(3, 2, random, bias: false), [4, 3]),
        (Bidirectional(Rnn(3, 2, random, activation: RnnActivation.Relu), Rnn(3, 2, random, bias: false)), [4, 3]),
        (Bidirectional(Lstm(3, 2, random, true), Lstm(3, 2, random, true)), [4, 3]),
        (Bidirectional(Gru(3, 2, random), Gru(3, 2, random)), [4, 3]),
        (Bidirectional(Lstm(3, 2, random), Gru(3, 4, random, layers: 2)), [4, 3]),
        (Bidirectional(Gru(3, 2, random, true, layers: 2), Lstm(3, 4, random, true)), [4, 3]),
        (Residual(Linear(3, 3, random)), [3]),
        (Branches(1, Linear(3, 2, random), Tanh()), [3]),
        (Sequential(Dropout(0.5, random), Dropout(0.5, random)), [3]),
    ];

    private static IEnumerable<(Layer<float> Layer, Shape Sample)> Networks(Random random)
    {
        yield return (Sequential("classifier", Linear(4, 16, random), Relu(), Dropout(0.5, random), Linear(16, 3, random), Softmax()), [4]);
        yield return (
            Sequential(
                "cnn", Conv2d(1, 4, 3, random, padding: 1, bias: false), BatchNorm2d(4), Relu(), MaxPool2d(2), Conv2d(4, 8, 3, random), BatchNorm2d(8), Relu(),
                Dropout2d(0.2, random), AveragePool2d(2), Flatten(), Linear(32, 10, random)), [1, 12, 12]);
        yield return (
            Sequential(
                Residual(
                    Sequential("path", Conv2d(2, 4, 3, random, 2, 1), BatchNorm2d(4), Residual(Conv2d(4, 4, 3, random, padding: 1))),
                    Conv2d(2, 4, 1, random, 2), "block"), Relu(), GlobalAveragePool2d(), Linear(4, 2, random)), [2, 6, 5]);
        yield return (
            Branches("inception", 2, Sequential(Conv2d(2, 1, 1, random), Conv2d(1, 2, 3, random, padding: 1)), Residual(Tanh("bend"))), [2, 3, 4]);
        yield return (Sequential(Embedding(Vocabulary, 5, random), Lstm(5, 6, random, layers: 2), Linear(6, Vocabulary, random)), [8]);
        yield return (Sequential(Embedding(Vocabulary, 5, random), Lstm(5, 6, random, returnSequences: true), Linear(6, Vocabulary, random)), [8]);
        yield return (
            Sequential(
                Embedding(Vocabulary, 5, random), Dropout(0.1, random), Bidirectional(Gru(5, 4, random, true), Gru(5, 4, random, true)), Rnn(8, 3, random),
                LayerNorm([3]), Linear(3, 1, random), Sigmoid()), [8]);
        yield return (Sequential(Branches(2, Embedding(Vocabulary, 5, random), Embedding(Vocabulary, 2, random)), Flatten(), Linear(21, 2, random)), [3]);
        yield return (Sequential(EmbeddedColumns([0, 2], Embedding(Vocabulary, 4, random), Embedding(Vocabulary, 2, random)), Linear(8, 3, random), Relu()), [4]);
        // Names that the graph needs for itself.
        yield return (Sequential(Linear(3, 3, random, name: "input"), Linear(3, 3, random, name: "output"), Relu()), [3]);
    }

    private static IEnumerable<SavedModel<float>> Saved(Random random)
    {
        yield return new SavedModel<float>(Sequential(Linear(2, 4, random), Tanh(), Linear(4, 1, random)), [2])
        {
            Task = "regression",
            Loss = "mean_squared_error",
            InputTransforms = [new Standardizer([1949.6, -0.2], [3.4, 0])],
            TargetTransforms = [new Standardizer([280.3], [119.5])],
        };
        yield return new SavedModel<float>(Sequential(Gru(2, 3, random), Linear(3, 1, random)), [4, 2])
        {
            Task = "regression",
            Loss = "mean_squared_error",
            InputTransforms = [new MinMaxScaler([104, 7], [622, 7])],
            TargetTransforms = [new MinMaxScaler([104], [622])],
        };
        yield return new SavedModel<float>(Sequential(Conv2d(1, 2, 3, random), Flatten(), Linear(8, 3, random)), [1, 4, 4])
        {
            Task = "classification",
            Loss = "softmax_cross_entropy",
            ClassNames = ["weiß", "\"rot\"", "c"],
            InputTransforms = [new Standardizer([0.13], [0.31])],
            Notes = new Dictionary<string, string> { ["made by"] = "a test" },
        };
    }

    private static void Draw(Layer<float> layer, Random random)
    {
        foreach (string name in layer.Parameters.Names)
        {
            var parameter = layer.Parameters[name];
            bool positive = name.EndsWith("runningVariance", StringComparison.Ordinal);
            parameter.Set([.. Enumerable.Range(0, parameter.Length).Select(_ => positive ? 0.2f + random.NextSingle() : 2 * random.NextSingle() - 1)]);
        }
    }
}
