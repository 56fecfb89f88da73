using System.Numerics;
using Backprop.Layers;
using Backprop.Tensors;

namespace Backprop.Saving;

/// <summary>Layers from their descriptions: the one place that knows every type of layer by its name.</summary>
internal static class LayerTypes
{
    /// <summary>Every type that is known.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "embedding", "linear", "conv2d", "conv1d", "conv_transpose2d", "max_pool2d", "max_pool1d", "average_pool2d",
        "average_pool1d", "global_average_pool2d", "global_max_pool2d", "upsample2d", "flatten", "sigmoid", "tanh", "relu",
        "leaky_relu", "prelu", "elu", "selu", "gelu", "silu", "softplus", "softsign", "hard_sigmoid", "softmax", "batch_norm1d",
        "batch_norm2d", "layer_norm", "dropout2d", "dropout", "rnn", "lstm", "gru",
    ];

    /// <summary>Builds a layer, its parameters not yet filled.</summary>
    /// <param name="type">The type as network files say it.</param>
    /// <param name="fields">Its settings.</param>
    /// <param name="name">Its name; may be empty.</param>
    /// <param name="input">The shape that it will meet, with the axis of the samples.</param>
    /// <returns>The layer, or null where the type is unknown.</returns>
    public static Layer<T>? Build<T>(string type, JsonFields fields, string name, Shape input) where T : unmanaged, IFloatingPointIeee754<T>
    {
        return type switch
        {
            "embedding" => new Embedding<T>(Unfilled("weight", fields.Size("vocabulary"), fields.Size("units")), name),
            "linear" => Linear(fields.Size("units")),
            "conv2d" => Conv2d(fields.Size("filters"), fields.Pair("kernel")),
            "conv1d" => Conv1d(fields.Size("filters"), fields.Size("kernel")),
            "conv_transpose2d" => ConvTranspose2d(fields.Size("filters"), fields.Pair("kernel")),
            "max_pool2d" => new MaxPool2d<T>(fields.Pair("kernel"), Stride(), Padding(), fields.Flag("ceil", false), name),
            "max_pool1d" => new MaxPool1d<T>(
                fields.Size("kernel"), fields.WholeIfAny("stride"), fields.WholeIfAny("padding") ?? 0, fields.Flag("ceil", false), name),
            "average_pool2d" => new AveragePool2d<T>(
                fields.Pair("kernel"), Stride(), Padding(), fields.Flag("ceil", false), fields.Flag("countPadding", true), name),
            "average_pool1d" => new AveragePool1d<T>(
                fields.Size("kernel"), fields.WholeIfAny("stride"), fields.WholeIfAny("padding") ?? 0, fields.Flag("ceil", false),
                fields.Flag("countPadding", true), name),
            "global_average_pool2d" => new GlobalAveragePool2d<T>(name),
            "global_max_pool2d" => new GlobalMaxPool2d<T>(name),
            "upsample2d" => new Upsample2d<T>(fields.Pair("factor"), fields.Flag("bilinear", false), name),
            "flatten" => new Flatten<T>(name),
            "sigmoid" => new Sigmoid<T>(name),
            "tanh" => new Tanh<T>(name),
            "relu" => new Relu<T>(name),
            "leaky_relu" => new LeakyRelu<T>(fields.Number("slope", 0.01), name),
            "prelu" => new PRelu<T>(fields.Flag("perChannel", false) ? Unfilled("slope", input.Rank >= 2 ? input[1] : Last()) : Unfilled("slope"), name),
            "elu" => new Elu<T>(fields.Number("alpha", 1), name),
            "selu" => new Selu<T>(name),
            "gelu" => new Gelu<T>(fields.Flag("approximate", false), name),
            "silu" => new Silu<T>(name),
            "softplus" => new Softplus<T>(name),
            "softsign" => new Softsign<T>(name),
            "hard_sigmoid" => new HardSigmoid<T>(name),
            "softmax" => new Softmax<T>(name),
            "batch_norm1d" => BatchNorm((scale, shift, mean, variance, momentum, epsilon) => new BatchNorm1d<T>(scale, shift, mean, variance, momentum, epsilon, name)),
            "batch_norm2d" => BatchNorm((scale, shift, mean, variance, momentum, epsilon) => new BatchNorm2d<T>(scale, shift, mean, variance, momentum, epsilon, name)),
            "layer_norm" => LayerNorm(fields.Whole("axes")),
            "dropout2d" => new Dropout2d<T>(fields.Number("rate"), fields.WholeIfAny("seed") ?? 0, name),
            "dropout" => new Dropout<T>(fields.Number("rate"), fields.WholeIfAny("seed") ?? 0, name),
            "rnn" or "lstm" or "gru" => RecurrentTypes.Build<T>(type, fields, name, Last()),
            _ => null,
        };

        Linear<T> Linear(int units) => new(Unfilled("weight", Last(), units), Bias(units), name);

        Conv2d<T> Conv2d(int filters, (int Rows, int Columns) kernel) =>
            new(
                Unfilled("weight", filters, PerGroup(Channels()), kernel.Rows, kernel.Columns), Bias(filters), fields.Pair("stride", (1, 1)), Padding(),
                fields.Pair("dilation", (1, 1)), Groups(), name);

        Conv1d<T> Conv1d(int filters, int kernel) =>
            new(
                Unfilled("weight", filters, PerGroup(input.Rank == 3 ? input[1] : throw Needs("[N, C, L]")), kernel), Bias(filters),
                fields.WholeIfAny("stride") ?? 1, fields.WholeIfAny("padding") ?? 0, fields.WholeIfAny("dilation") ?? 1, Groups(), name);

        ConvTranspose2d<T> ConvTranspose2d(int filters, (int Rows, int Columns) kernel) =>
            new(
                Unfilled("weight", Channels(), PerGroup(filters), kernel.Rows, kernel.Columns), Bias(filters), fields.Pair("stride", (1, 1)), Padding(),
                fields.Pair("outputPadding", (0, 0)), fields.Pair("dilation", (1, 1)), Groups(), name);

        int Groups() => fields.WholeIfAny("groups") ?? 1;

        int PerGroup(int channels) => Groups() >= 1 && channels % Groups() == 0 ? channels / Groups()
            : throw fields.Error($"{Groups()} groups cannot share {channels} channels evenly");

        BatchNorm<T> BatchNorm(Func<Parameter<T>, Parameter<T>, Parameter<T>, Parameter<T>, double, double, BatchNorm<T>> make)
        {
            int channels = input.Rank >= 2 ? input[1] : Last();
            return make(
                Unfilled("scale", channels), Unfilled("shift", channels), Unfilled("runningMean", channels), Unfilled("runningVariance", channels),
                fields.Number("momentum", 0.1), fields.Number("epsilon", 1e-5));
        }

        LayerNorm<T> LayerNorm(int axes)
        {
            if (axes < 1 || axes >= input.Rank) throw fields.Error($"{axes} axes came, its input {input} has 1 … {input.Rank - 1} beside that of the samples");
            var last = input.AsSpan()[^axes..];
            return new(Unfilled("scale", last), Unfilled("shift", last), fields.Number("epsilon", 1e-5), name);
        }

        // A pool without a stride lays its windows side by side.
        (int Rows, int Columns) Stride() => fields.Pair("stride", fields.Pair("kernel"));

        (int Rows, int Columns) Padding() => fields.Pair("padding", (0, 0));

        Tensor<T>? Bias(int units) => fields.HasBias() ? Unfilled("bias", units) : null;

        int Last() => input.Rank >= 2 ? input[^1] : throw new ShapeException(type, $"its input {input} needs an axis beside that of the samples", input);

        int Channels() => input.Rank == 4 ? input[1] : throw Needs("[N, C, H, W]");

        ShapeException Needs(string axes) => new(type, $"its input {input} needs to be {axes}", input);

        static Parameter<T> Unfilled(string name, params ReadOnlySpan<int> sizes) => Parameter<T>.Unfilled(new Shape(sizes), name);
    }
}
