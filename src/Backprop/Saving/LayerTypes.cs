using System.Numerics;
using Backprop.Layers;
using Backprop.Tensors;

namespace Backprop.Saving;

/// <summary>Layers from their descriptions: the one place that knows every type of layer by its name.</summary>
internal static class LayerTypes
{
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
            "linear" => Linear(fields.Whole("units")),
            "conv2d" => Conv2d(fields.Whole("filters"), fields.Pair("kernel")),
            "max_pool2d" => new MaxPool2d<T>(fields.Pair("kernel"), Stride(), Padding(), name),
            "average_pool2d" => new AveragePool2d<T>(fields.Pair("kernel"), Stride(), Padding(), name),
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
            "batch_norm2d" => BatchNorm2d(),
            "dropout" => new Dropout<T>(fields.Number("rate"), fields.WholeIfAny("seed") ?? 0, name),
            "rnn" or "lstm" or "gru" => RecurrentTypes.Build<T>(type, fields, name, Last()),
            _ => null,
        };

        Linear<T> Linear(int units) => new(Unfilled("weight", Last(), units), Bias(units), name);

        Conv2d<T> Conv2d(int filters, (int Rows, int Columns) kernel) =>
            new(Unfilled("weight", filters, Channels(), kernel.Rows, kernel.Columns), Bias(filters), fields.Pair("stride", (1, 1)), Padding(), name);

        BatchNorm2d<T> BatchNorm2d()
        {
            int channels = input.Rank >= 2 ? input[1] : Last();
            return new(
                Unfilled("scale", channels), Unfilled("shift", channels), Unfilled("runningMean", channels), Unfilled("runningVariance", channels), fields.Number("momentum", 0.1), fields.Number("epsilon", 1e-5), name);
        }

        // A pool without a stride lays its windows side by side.
        (int Rows, int Columns) Stride() => fields.Pair("stride", fields.Pair("kernel"));

        (int Rows, int Columns) Padding() => fields.Pair("padding", (0, 0));

        Tensor<T>? Bias(int units) => fields.Flag("bias", true) ? Unfilled("bias", units) : null;

        int Last() => input.Rank >= 2 ? input[^1] : throw new ShapeException(type, $"its input {input} needs an axis beside that of the samples", input);

        int Channels() => input.Rank == 4 ? input[1] : throw new ShapeException(type, $"its input {input} needs to be [N, C, H, W]", input);

        static Parameter<T> Unfilled(string name, params ReadOnlySpan<int> sizes) => Parameter<T>.Unfilled(new Shape(sizes), name);
    }
}
