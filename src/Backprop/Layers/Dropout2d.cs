using System.Numerics;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Layers
{
    /// <summary>Leaves whole channels out at random while training (spatial dropout), so that the layers behind it cannot rely on single ones.</summary>
    /// <remarks>
    /// In inference everything passes.
    /// Shapes: x [N, C, H, W] or [N, C, L] → the same. What is left is divided by 1 − rate, so that inference needs no correction.
    /// It drops on a tape for training that watches what comes in: as the first layer, only if the data are given to Record.
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    public sealed class Dropout2d<T> : DropoutLayer<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Makes the layer.</summary>
        /// <param name="rate">The part of the channels that is left out, from 0 up to, not including, 1; 0.1 to 0.5 is usual behind
        /// convolutions.</param>
        /// <param name="random">Draws the seed of the masks, one number.</param>
        /// <param name="name">The name of the layer; may be empty.</param>
        /// <exception cref="ArgumentOutOfRangeException">The rate is outside its range.</exception>
        public Dropout2d(double rate, Random random, string name = "") : this(rate, Draw(random), name)
        {
        }

        /// <summary>Makes the layer with a given seed.</summary>
        /// <param name="rate">The part of the channels that is left out, from 0 up to, not including, 1.</param>
        /// <param name="seed">The seed of the masks. Layers of one model need different ones, or they leave out the same channels.</param>
        /// <param name="name">The name of the layer; may be empty.</param>
        /// <exception cref="ArgumentOutOfRangeException">The rate is outside its range.</exception>
        public Dropout2d(double rate, int seed, string name = "") : base(rate, seed, name)
        {
        }

        /// <inheritdoc/>
        public override string Type => "dropout2d";

        /// <inheritdoc/>
        public override Tensor<T> Forward(Tensor<T> input)
        {
            ArgumentNullException.ThrowIfNull(input);
            return input.Dropout2d(Rate, Masks);
        }

        /// <inheritdoc/>
        protected internal override Layer<T> Copy(Func<Parameter<T>, Parameter<T>> parameter) =>
            new Dropout2d<T>(Rate, Masks.Seed, Name) { Masks = { Step = Masks.Step } };
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <inheritdoc cref="Layers.Dropout2d{T}(double, Random, string)"/>
        public static Layers.Dropout2d<T> Dropout2d(double rate, Random random, string name = "") => new(rate, random, name);

        /// <inheritdoc cref="Layers.Dropout2d{T}(double, int, string)"/>
        public static Layers.Dropout2d<T> Dropout2d(double rate, int seed, string name = "") => new(rate, seed, name);
    }
}
