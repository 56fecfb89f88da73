using System.Numerics;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Layers
{
    /// <summary>Several layers on the same input; what they compute is joined along an axis.</summary>
    /// <remarks>
    /// Shapes: x → [N, a, ..], [N, b, ..], … → y [N, a + b + …, ..] for axis 1.
    /// Source: Szegedy and others, Going Deeper with Convolutions (2014), the inception module.
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    public sealed class Branches<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Layer<T>[] layers;

        /// <summary>Puts layers side by side. A layer without a name is called by its type and ordinal: <c>conv2d1</c>, <c>conv2d2</c>.</summary>
        /// <param name="axis">Along which what they compute is joined, 1 or more: 1 are the channels of pictures and the columns of rows.</param>
        /// <param name="layers">The branches, each on the same input.</param>
        /// <exception cref="ArgumentOutOfRangeException">The axis is that of the samples, or below 0.</exception>
        /// <exception cref="ArgumentException">There is no layer, or two have the same name.</exception>
        public Branches(int axis, params ReadOnlySpan<Layer<T>> layers) : this("", axis, layers)
        {
        }

        /// <summary>Puts layers side by side, under a name.</summary>
        /// <param name="name">The first part of the parameters' paths; may be empty.</param>
        /// <param name="axis">Along which what they compute is joined, 1 or more.</param>
        /// <param name="layers">The branches, each on the same input.</param>
        /// <exception cref="ArgumentOutOfRangeException">The axis is that of the samples, or below 0.</exception>
        /// <exception cref="ArgumentException">There is no layer, or two have the same name.</exception>
        public Branches(string name, int axis, params ReadOnlySpan<Layer<T>> layers) : base(name)
        {
            if (axis < 1)
                throw new ArgumentOutOfRangeException(null, $"Branches: axis {axis} came, it is 1 or more; axis 0 counts the samples.");
            (Axis, LayerNames) = (axis, Within.NameAll("Branches", layers));
            this.layers = layers.ToArray();
        }

        /// <summary>The axis along which what the branches compute is joined.</summary>
        public int Axis { get; }

        /// <summary>The branches, in order.</summary>
        public IReadOnlyList<Layer<T>> Layers => layers;

        /// <summary>The names of the branches, given or made.</summary>
        public IReadOnlyList<string> LayerNames { get; }

        /// <inheritdoc/>
        public override string Type => "branches";

        /// <inheritdoc/>
        public override IReadOnlyList<(string Key, object Value)> Settings => [("axis", Axis)];

        /// <inheritdoc/>
        public override Tensor<T> Forward(Tensor<T> input) => Run(input, (layer, _, x) => layer.Forward(x));

        /// <inheritdoc/>
        protected internal override IEnumerable<(string Path, Parameter<T> Parameter)> OwnParameters() =>
            layers.Zip(LayerNames).SelectMany(pair => Within.ParametersOf(pair.Second, pair.First));

        /// <inheritdoc/>
        protected internal override IEnumerable<(string Path, DropoutMasks Masks)> OwnMasks() =>
            layers.Zip(LayerNames).SelectMany(pair => Within.MasksOf(pair.Second, pair.First));

        /// <inheritdoc/>
        protected internal override Layer<T> Copy(Func<Parameter<T>, Parameter<T>> parameter) =>
            new Branches<T>(Name, Axis, [.. layers.Select(layer => layer.Copy(parameter))]);

        /// <inheritdoc/>
        public override Branches<T> Unroll(Func<RecurrentLayer<T>, int?> truncate) => new(Name, Axis, [.. layers.Select(layer => layer.Unroll(truncate))]);

        internal override Tensor<T> Describe(string path, Tensor<T> input, List<LayerRow> rows) =>
            Within.Describe(this, path, rows, forward => Run(input, forward));

        private Tensor<T> Run(Tensor<T> input, Func<Layer<T>, string, Tensor<T>, Tensor<T>> forward)
        {
            var outputs = new Tensor<T>[layers.Length];
            for (int i = 0; i < layers.Length; i++) outputs[i] = Within.Run(LayerNames[i], layers[i], input, forward);
            return Nn<T>.Concat(Axis, outputs);
        }
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <inheritdoc cref="Layers.Branches{T}(int, ReadOnlySpan{Layers.Layer{T}})"/>
        public static Layers.Branches<T> Branches(int axis, params ReadOnlySpan<Layers.Layer<T>> layers) => new(axis, layers);

        /// <inheritdoc cref="Layers.Branches{T}(string, int, ReadOnlySpan{Layers.Layer{T}})"/>
        public static Layers.Branches<T> Branches(string name, int axis, params ReadOnlySpan<Layers.Layer<T>> layers) => new(name, axis, layers);
    }
}
