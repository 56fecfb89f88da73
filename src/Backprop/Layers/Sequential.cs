using System.Numerics;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Layers
{
    /// <summary>Layers one after the other.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    public sealed class Sequential<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Layer<T>[] layers;

        /// <summary>Chains layers. A layer without a name is called by its type and ordinal: <c>linear1</c>, <c>linear2</c>.</summary>
        /// <exception cref="ArgumentException">There is no layer, or two have the same name.</exception>
        public Sequential(params ReadOnlySpan<Layer<T>> layers) : this("", layers)
        {
        }

        /// <summary>Chains layers under a name.</summary>
        /// <exception cref="ArgumentException">There is no layer, or two have the same name.</exception>
        public Sequential(string name, params ReadOnlySpan<Layer<T>> layers) : base(name)
        {
            LayerNames = Within.NameAll("Sequential", layers);
            this.layers = layers.ToArray();
        }

        /// <summary>The layers, in order.</summary>
        public IReadOnlyList<Layer<T>> Layers => layers;

        /// <summary>The names of the layers, given or made.</summary>
        public IReadOnlyList<string> LayerNames { get; }

        /// <inheritdoc/>
        public override string Type => "sequential";

        /// <inheritdoc/>
        public override Tensor<T> Forward(Tensor<T> input) => Run(input, (layer, _, x) => layer.Forward(x));

        /// <inheritdoc/>
        public override Tensor<T> Forward(Indices input) => Run(Within.Run(LayerNames[0], layers[0], input), (layer, _, x) => layer.Forward(x), first: 1);

        /// <inheritdoc/>
        protected internal override IEnumerable<(string Path, Parameter<T> Parameter)> OwnParameters() =>
            layers.Zip(LayerNames).SelectMany(pair => Within.ParametersOf(pair.Second, pair.First));

        /// <inheritdoc/>
        protected internal override IEnumerable<(string Path, DropoutMasks Masks)> OwnMasks() =>
            layers.Zip(LayerNames).SelectMany(pair => Within.MasksOf(pair.Second, pair.First));

        /// <inheritdoc/>
        protected internal override Layer<T> Copy(Func<Parameter<T>, Parameter<T>> parameter) =>
            new Sequential<T>(Name, [.. layers.Select(layer => layer.Copy(parameter))]);

        /// <inheritdoc/>
        public override Sequential<T> Unroll(Func<RecurrentLayer<T>, int?> truncate) => new(Name, [.. layers.Select(layer => layer.Unroll(truncate))]);

        internal override Tensor<T> Describe(string path, Tensor<T> input, List<LayerRow> rows)
        {
            string prefix = path.Length > 0 ? $"{path}." : "";
            return Run(input, (layer, name, x) => layer.Describe(prefix + name, x, rows));
        }

        private Tensor<T> Run(Tensor<T> input, Func<Layer<T>, string, Tensor<T>, Tensor<T>> forward, int first = 0)
        {
            for (int i = first; i < layers.Length; i++) input = Within.Run(LayerNames[i], layers[i], input, forward);
            return input;
        }
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <inheritdoc cref="Layers.Sequential{T}(ReadOnlySpan{Layers.Layer{T}})"/>
        public static Layers.Sequential<T> Sequential(params ReadOnlySpan<Layers.Layer<T>> layers) => new(layers);

        /// <inheritdoc cref="Layers.Sequential{T}(string, ReadOnlySpan{Layers.Layer{T}})"/>
        public static Layers.Sequential<T> Sequential(string name, params ReadOnlySpan<Layers.Layer<T>> layers) => new(name, layers);
    }
}
