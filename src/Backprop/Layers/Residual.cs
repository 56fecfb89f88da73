using System.Numerics;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Layers
{
    /// <summary>A layer and a way around it: y = f(x) + x, or y = f(x) + g(x). What f cannot improve, passes as it is, and so does the gradient.</summary>
    /// <remarks>
    /// Shapes: those of f, which g (or x itself) must have too.
    /// Source: He, Zhang, Ren, Sun, Deep Residual Learning for Image Recognition (2015), §3.
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    public sealed class Residual<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        private const string BodyName = "body", ShortcutName = "shortcut";

        /// <summary>Puts a way around a layer.</summary>
        /// <param name="body">f, most often several layers: <c>Sequential(…)</c>.</param>
        /// <param name="shortcut">g, where f changes the shape: a 1×1 convolution of the same stride; x itself if left out.</param>
        /// <param name="name">The first part of the parameters' paths; may be empty.</param>
        public Residual(Layer<T> body, Layer<T>? shortcut = null, string name = "") : base(name)
        {
            ArgumentNullException.ThrowIfNull(body);
            (Body, Shortcut) = (body, shortcut);
        }

        /// <summary>f.</summary>
        public Layer<T> Body { get; }

        /// <summary>g, if the way around is not x itself.</summary>
        public Layer<T>? Shortcut { get; }

        /// <inheritdoc/>
        public override string Type => "residual";

        /// <inheritdoc/>
        /// <exception cref="ShapeException">f and the way around it give different shapes.</exception>
        public override Tensor<T> Forward(Tensor<T> input) => Run(input, (layer, _, x) => layer.Forward(x));

        /// <inheritdoc/>
        protected internal override IEnumerable<(string Path, Parameter<T> Parameter)> OwnParameters() =>
            [.. Within.ParametersOf(BodyName, Body), .. Shortcut is null ? [] : Within.ParametersOf(ShortcutName, Shortcut)];

        /// <inheritdoc/>
        protected internal override IEnumerable<(string Path, DropoutMasks Masks)> OwnMasks() =>
            [.. Within.MasksOf(BodyName, Body), .. Shortcut is null ? [] : Within.MasksOf(ShortcutName, Shortcut)];

        /// <inheritdoc/>
        protected internal override Layer<T> Copy(Func<Parameter<T>, Parameter<T>> parameter) =>
            new Residual<T>(Body.Copy(parameter), Shortcut?.Copy(parameter), Name);

        /// <inheritdoc/>
        public override Residual<T> Unroll(Func<RecurrentLayer<T>, int?> truncate) => new(Body.Unroll(truncate), Shortcut?.Unroll(truncate), Name);

        internal override Tensor<T> Describe(string path, Tensor<T> input, List<LayerRow> rows) =>
            Within.Describe(this, path, rows, forward => Run(input, forward));

        private Tensor<T> Run(Tensor<T> input, Func<Layer<T>, string, Tensor<T>, Tensor<T>> forward)
        {
            ArgumentNullException.ThrowIfNull(input);
            var output = Within.Run(BodyName, Body, input, forward);
            var around = Shortcut is null ? input : Within.Run(ShortcutName, Shortcut, input, forward);
            // A sum would repeat a smaller operand.
            if (output.Shape != around.Shape)
                throw new ShapeException(
                    "Residual", $"the body makes {output.Shape} of x {input.Shape}, and the way around it {around.Shape}; both need one shape. "
                    + (Shortcut is null ? "Give a shortcut, such as a 1×1 convolution of the same stride" : "Give the shortcut the stride and filters of the body"),
                    output.Shape, around.Shape);
            return output + around;
        }
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <inheritdoc cref="Layers.Residual{T}(Layers.Layer{T}, Layers.Layer{T}, string)"/>
        public static Layers.Residual<T> Residual(Layers.Layer<T> body, Layers.Layer<T>? shortcut = null, string name = "") => new(body, shortcut, name);
    }
}
