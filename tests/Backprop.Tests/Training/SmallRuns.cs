using Backprop.Data;
using Backprop.Layers;
using Backprop.Randomness;
using Backprop.Tensors;
using Backprop.Tests.Kernels;
using Backprop.Training;
using static Backprop.Nn<float>;

namespace Backprop.Tests.Training;

/// <summary>Trainings of the three kinds of network on made-up data, and the hash of all their parameters at the end.</summary>
internal static class SmallRuns
{
    /// <summary>200 steps each, below a million multiply-adds per step: quick enough where every fused multiply-add is emulated.</summary>
    public static IEnumerable<(string Name, Func<int, ulong> Hash)> Small =>
    [
        ("mlp", threads => Run(Mlp(12, 24), Waves([160, 12], 5), 16, 20, threads)),
        ("cnn", threads => Run(Cnn(3, 5), Waves([160, 1, 8, 8], 5), 16, 20, threads)),
        ("rnn", threads => Run(Recurrent(4, 10), Waves([160, 5, 4], 5), 16, 20, threads)),
    ];

    /// <summary>A few steps each, large enough to be shared among threads.</summary>
    public static IEnumerable<(string Name, Func<int, ulong> Hash)> Large =>
    [
        ("large mlp", threads => Run(Mlp(200, 300), Waves([512, 200], 5), 250, 2, threads)),
        ("large cnn", threads => Run(Cnn(12, 40), Waves([128, 1, 28, 28], 5), 60, 1, threads)),
        ("large rnn", threads => Run(Recurrent(64, 128), Waves([300, 6, 64], 5), 280, 2, threads)),
    ];

    public static Sequential<float> Mlp(int inputs, int hidden)
    {
        var random = new SeededRandom(1);
        return Sequential(Linear(inputs, hidden, random), Tanh(), Linear(hidden, hidden, random), Sigmoid(), Linear(hidden, 5, random));
    }

    public static Sequential<float> Cnn(int filters, int more)
    {
        var random = new SeededRandom(2);
        var features = Sequential(
            Conv2d(1, filters, 3, random, padding: 1), Relu(), MaxPool2d(2), Conv2d(filters, more, 3, random), Tanh(), AveragePool2d(2), Flatten());
        return Sequential(features, Linear(filters == 3 ? more : more * 36, 5, random));
    }

    public static Sequential<float> Recurrent(int inputs, int hidden)
    {
        var random = new SeededRandom(3);
        return Sequential(Rnn(inputs, hidden, random), Linear(hidden, 5, random));
    }

    public static DataSet<float> Waves(Shape shape, int classes) => new(
        Tensor(shape, [.. Enumerable.Range(0, shape.Elements).Select(i => (float)((i * 7919L % 1000 - 500) / 250.0))]),
        Indices([shape[0]], [.. Enumerable.Range(0, shape[0]).Select(i => i * 13 % classes)]));

    public static Trainer<float> TrainerOf(Layer<float> model, int batch, int threads) =>
        new(model, (y, t) => SoftmaxCrossEntropy(y, t), Adam(model.Parameters, 0.003)) { BatchSize = batch, Threads = threads };

    private static ulong Run(Layer<float> model, DataSet<float> data, int batch, int epochs, int threads)
    {
        foreach (var _ in TrainerOf(model, batch, threads).Epochs(data, epochs, cancellation: TestContext.Current.CancellationToken)) { }
        return model.Parameters.Aggregate(17UL, (hash, parameter) => hash * 31 + Bits.Hash(parameter.Values));
    }
}
