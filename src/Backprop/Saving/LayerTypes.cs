using System.Numerics;
using Backprop.Layers;
using Backprop.Tensors;

namespace Backprop.Saving;

/// <summary>Layers from their descriptions: the one place that knows every type of layer by its name.</summary>
internal static class LayerTypes
{
    /// <summary>Builds a layer with zeros as its parameters.</summary>
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
            "flatten" => new Flatten<T>(name),
            "sigmoid" => new Sigmoid<T>(name),
            "tanh" => new Tanh<T>(name),
            "relu" => new Relu<T>(name),
            "leaky_relu" => new LeakyRelu<T>(fields.Number("slope"), name),
            "softmax" => new Softmax<T>(name),
            "rnn" => new Rnn<T>(RnnCell(fields.Whole("units")), fields.Flag("returnSequences", false), fields.WholeIfAny("truncate"), name),
            _ => null,
        };

        Linear<T> Linear(int units) => new(Zeros(Last(), units), Bias(units), name);

        RnnCell<T> RnnCell(int units) => new(Zeros(Last(), units), Zeros(units, units), Bias(units));

        Tensor<T>? Bias(int units) => fields.Flag("bias", true) ? Zeros(units) : null;

        int Last() => input.Rank >= 2 ? input[^1] : throw new ShapeException(type, $"its input {input} needs an axis beside that of the samples", input);

        static Tensor<T> Zeros(params ReadOnlySpan<int> sizes) => Nn<T>.Zeros(new Shape(sizes));
    }
}
