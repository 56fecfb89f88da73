using Backprop.Tensors;
using static Backprop.Nn<float>;

namespace Backprop.Compare;

/// <summary>A network with its batch, data and optimizer; PyTorch's twin is in <c>peers/pytorch.py</c>.</summary>
/// <param name="Name">W1 to W11, or G and a size for a square product of matrices.</param>
/// <param name="Title">What it is, for the report.</param>
/// <param name="Goal">How many times faster than PyTorch is wanted.</param>
internal sealed record Workload(string Name, string Title, double Goal)
{
    /// <summary>Samples in a batch.</summary>
    public int Batch { get; init; } = 1;

    /// <summary>The shape of one sample.</summary>
    public Shape Sample { get; init; } = [];

    /// <summary>The number of classes; 0 for a number between 0 and 1 as the target.</summary>
    public int Classes { get; init; } = 10;

    public double LearningRate { get; init; } = 0.1;

    public bool Adam { get; init; }

    /// <summary>Adds the layers for a number of time steps.</summary>
    public Func<Network, int, Network>? Layers { get; init; }

    /// <summary>The sides of the matrices of a product; 0 for a network.</summary>
    public int Side { get; init; }

    /// <summary>Time steps, for recurrent networks.</summary>
    public int Length { get; init; }

    /// <summary>Whether it draws masks: then losses are compared without them.</summary>
    public bool HasDropout { get; init; }

    /// <summary>After how many steps losses are compared.</summary>
    public int ComparedSteps { get; init; } = 20;

    /// <summary>Whether <c>peers/plain.c</c> knows it: at its own sizes only.</summary>
    public bool HasPlainTwin { get; init; }

    /// <summary>All workloads, in the order of the report.</summary>
    public static IReadOnlyList<Workload> All { get; } =
    [
        new("W1", "MLP 2-4-1, tanh, sigmoid, MSE, SGD, batch 1", 250)
        {
            Sample = [2], Classes = 0, HasPlainTwin = true,
            Layers = (net, _) => net.Linear(2, 4).Add(Tanh()).Linear(4, 1).Add(Sigmoid()),
        },
        new("W2", "RNN 2-4-1, T = 3, MSE, SGD, batch 1", 250)
        {
            Sample = [3, 2], Length = 3, Classes = 0, HasPlainTwin = true,
            Layers = (net, t) => net.Rnn(t, 2, 4).Linear(4, 1).Add(Sigmoid()),
        },
        new("W3", "MLP 784-128-10, ReLU, softmax CE, SGD, batch 64", 1.25)
        {
            Batch = 64, Sample = [784],
            Layers = (net, _) => net.Linear(784, 128).Add(Relu()).Linear(128, 10),
        },
        new("W4", "MLP 784-1024-1024-10, ReLU, softmax CE, Adam, batch 256", 1.1)
        {
            Batch = 256, Sample = [784], Adam = true, LearningRate = 0.001,
            Layers = (net, _) => net.Linear(784, 1024).Add(Relu()).Linear(1024, 1024).Add(Relu()).Linear(1024, 10),
        },
        new("W5", "LeNet-5 on 28×28, tanh, average pooling, SGD, batch 64", 1.25)
        {
            Batch = 64, Sample = [1, 28, 28], LearningRate = 0.5,
            Layers = (net, _) => net
                .Conv(1, 6, 5, 28, padding: 2).Add(Tanh()).AveragePool(6, 14).Conv(6, 16, 5, 10).Add(Tanh()).AveragePool(16, 5).Add(Flatten())
                .Linear(400, 120).Add(Tanh()).Linear(120, 84).Add(Tanh()).Linear(84, 10),
        },
        new("W6", "conv 32 and 64 @3×3, ReLU, max pooling, dropout, 128, dropout, 10, Adam, batch 64", 1.25)
        {
            Batch = 64, Sample = [1, 28, 28], Adam = true, LearningRate = 0.001,
            HasDropout = true,
            Layers = (net, _) => net
                .Conv(1, 32, 3, 26).Add(Relu()).Conv(32, 64, 3, 24).Add(Relu()).MaxPool(64, 12).Dropout(0.25).Add(Flatten())
                .Linear(9216, 128).Add(Relu()).Dropout(0.5).Linear(128, 10),
        },
        new("W7", "3 × (conv, batch norm, ReLU twice, max pooling) 32-64-128 on 3×32×32, Adam, batch 32", 1.25)
        {
            // Batch normalisation with Adam multiplies differences by ten at every step: PyTorch with two threads leaves itself with one by 3e-3 in twenty.
            Batch = 32, Sample = [3, 32, 32], Adam = true, LearningRate = 0.001, ComparedSteps = 4,
            Layers = (net, _) => net
                .Normalised(3, 32, 32).Normalised(32, 32, 32).MaxPool(32, 16).Normalised(32, 64, 16).Normalised(64, 64, 16).MaxPool(64, 8)
                .Normalised(64, 128, 8).Normalised(128, 128, 8).MaxPool(128, 4).Add(Flatten()).Linear(2048, 10),
        },
        new("W8", "RNN (tanh) 64 → 256, T = 64, 10 on the last state, Adam, batch 32", 1.25)
        {
            Batch = 32, Sample = [64, 64], Length = 64, Adam = true, LearningRate = 0.001,
            Layers = (net, t) => net.Rnn(t, 64, 256).Linear(256, 10),
        },
        new("W9", "LSTM 64 → 256, T = 64, 10 on the last state, Adam, batch 32", 1.25)
        {
            Batch = 32, Sample = [64, 64], Length = 64, Adam = true, LearningRate = 0.001,
            Layers = (net, t) => net.Lstm(t, 64, 256).Linear(256, 10),
        },
        new("W10", "GRU 64 → 256, T = 64, 10 on the last state, Adam, batch 32", 1.25)
        {
            Batch = 32, Sample = [64, 64], Length = 64, Adam = true, LearningRate = 0.001,
            Layers = (net, t) => net.Gru(t, 64, 256).Linear(256, 10),
        },
        new("W11", "LSTM 28 → 128 over the rows of 28×28, 10 on the last state, Adam, batch 64", 1.25)
        {
            Batch = 64, Sample = [28, 28], Length = 28, Adam = true, LearningRate = 0.001,
            Layers = (net, t) => net.Lstm(t, 28, 128).Linear(128, 10),
        },
        Product(512), Product(768), Product(1024), Product(1536), Product(2304),
    ];

    /// <summary>The workload with another batch or another number of time steps, where it has one.</summary>
    public Workload Resized(int? batch, int? length)
    {
        if (Side > 0) return this;
        var resized = this with { Batch = batch ?? Batch };
        if (length is { } steps && Length > 0) resized = resized with { Length = steps, Sample = Sample.With(0, steps) };
        bool same = resized.Batch == Batch && resized.Length == Length;
        return same ? this : resized with
        {
            HasPlainTwin = false,
            Title = Title + (resized.Batch == Batch ? "" : $"; here batch {resized.Batch}") + (resized.Length == Length ? "" : $"; here T = {resized.Length}"),
        };
    }

    /// <summary>A network with the initial weights.</summary>
    public Network Build(bool dropout = true) => Layers!(new Network(Batch, dropout), Length);

    /// <summary>The operations of one step.</summary>
    public double Operations => Side > 0 ? 2.0 * Side * Side * Side : Build().Cost.Operations;

    /// <summary>The bytes that one step moves at least.</summary>
    public double Bytes => Side > 0 ? 4.0 * 3 * Side * Side : Build().Cost.Bytes((double)Batch * Sample.Elements, Adam);

    private static Workload Product(int side) => new($"G{side}", $"product of matrices, {side}³", 1) { Side = side };
}
