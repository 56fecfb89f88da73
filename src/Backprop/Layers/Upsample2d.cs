using System.Numerics;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Layers
{
    /// <summary>Makes pictures larger by a whole factor, without weights.</summary>
    /// <remarks>Shapes: x [N, C, H, W] → y [N, C, H·rows, W·columns]. Bilinear is PyTorch's with align_corners = false.</remarks>
    /// <typeparam name="T">float or double.</typeparam>
    public sealed class Upsample2d<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Makes the layer.</summary>
        /// <param name="factor">How many times as many rows and columns, 1 or more: one number or (rows, columns).</param>
        /// <param name="bilinear">Whether each number is blended from the four around it; if not, it is the one under it.</param>
        /// <param name="name">The name of the layer; may be empty.</param>
        /// <exception cref="ArgumentOutOfRangeException">A factor is below 1.</exception>
        public Upsample2d(Size2d factor, bool bilinear = false, string name = "") : base(name)
        {
            Upsample2dOp<T>.Check(factor);
            (Factor, Bilinear) = (factor, bilinear);
        }

        /// <summary>How many times as many rows and columns.</summary>
        public Size2d Factor { get; }

        /// <summary>Whether each number is blended from the four around it.</summary>
        public bool Bilinear { get; }

        /// <inheritdoc/>
        public override string Type => "upsample2d";

        /// <inheritdoc/>
        public override IReadOnlyList<(string Key, object Value)> Settings =>
            [("factor", Factor.Setting), ("bilinear", Bilinear)];

        /// <inheritdoc/>
        public override Tensor<T> Forward(Tensor<T> input) => input.Upsample2d(Factor, Bilinear);

        /// <inheritdoc/>
        protected internal override Layer<T> Copy(Func<Parameter<T>, Parameter<T>> parameter) => new Upsample2d<T>(Factor, Bilinear, Name);
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <inheritdoc cref="Layers.Upsample2d{T}(Operations.Size2d, bool, string)"/>
        public static Layers.Upsample2d<T> Upsample2d(Operations.Size2d factor, bool bilinear = false, string name = "") => new(factor, bilinear, name);
    }
}
