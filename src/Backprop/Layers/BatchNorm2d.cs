using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Layers
{
    /// <summary>Brings every channel to mean 0 and deviation 1, then scales and shifts it by what it has learnt, y = γ·x̂ + β.</summary>
    /// <remarks>
    /// Shapes: x [N, C, H, W] or [N, C] → the same.
    /// On a tape for training it takes mean and variance from the batch, and every backward pass moves the running ones towards them; else it
    /// takes the running ones. The running statistics are parameters that never train: they stand in files and copies with the others, gradients
    /// and optimizers leave them alone.
    /// Source: Ioffe, Szegedy, Batch Normalization (2015).
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    public sealed class BatchNorm2d<T> : BatchNorm<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Makes the layer as it begins: γ 1, β 0, running mean 0, running variance 1.</summary>
        /// <param name="channels">C, 1 or more.</param>
        /// <param name="momentum">How far one step moves the running statistics towards those of its batch, from 0 to 1.</param>
        /// <param name="epsilon">Added to the variance, above 0.</param>
        /// <param name="name">The first part of the parameters' paths; may be empty.</param>
        /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
        public BatchNorm2d(int channels, double momentum = 0.1, double epsilon = 1e-5, string name = "")
            : this(
                Nn<T>.Filled([Size.AtLeastOne("BatchNorm2d", nameof(channels), channels)], T.One), Nn<T>.Zeros([channels]), Nn<T>.Zeros([channels]),
                Nn<T>.Filled([channels], T.One), momentum, epsilon, name)
        {
        }

        /// <summary>Makes the layer from given numbers.</summary>
        /// <param name="scale">γ, [C]. A parameter is taken as it is, so that two layers can share it; other tensors are copied.</param>
        /// <param name="shift">β, [C].</param>
        /// <param name="runningMean">[C].</param>
        /// <param name="runningVariance">[C], 0 or more.</param>
        /// <param name="momentum">How far one step moves the running statistics towards those of its batch, from 0 to 1.</param>
        /// <param name="epsilon">Added to the variance, above 0.</param>
        /// <param name="name">The first part of the parameters' paths; may be empty.</param>
        /// <exception cref="ShapeException">The shapes are not [C], C 1 or more.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
        public BatchNorm2d(
            Tensor<T> scale, Tensor<T> shift, Tensor<T> runningMean, Tensor<T> runningVariance, double momentum = 0.1, double epsilon = 1e-5,
            string name = "") : base("BatchNorm2d", scale, shift, runningMean, runningVariance, momentum, epsilon, name)
        {
        }

        /// <inheritdoc/>
        public override string Type => "batch_norm2d";

        /// <inheritdoc/>
        protected internal override Layer<T> Copy(Func<Parameter<T>, Parameter<T>> parameter) => new BatchNorm2d<T>(
            parameter(Scale), parameter(Shift), parameter(RunningMean), parameter(RunningVariance), Momentum, Epsilon, Name);
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <inheritdoc cref="Layers.BatchNorm2d{T}(int, double, double, string)"/>
        public static Layers.BatchNorm2d<T> BatchNorm2d(int channels, double momentum = 0.1, double epsilon = 1e-5, string name = "") =>
            new(channels, momentum, epsilon, name);

        /// <inheritdoc cref="Layers.BatchNorm2d{T}(Tensors.Tensor{T}, Tensors.Tensor{T}, Tensors.Tensor{T}, Tensors.Tensor{T}, double, double, string)"/>
        public static Layers.BatchNorm2d<T> BatchNorm2d(
            Tensors.Tensor<T> scale, Tensors.Tensor<T> shift, Tensors.Tensor<T> runningMean, Tensors.Tensor<T> runningVariance, double momentum = 0.1,
            double epsilon = 1e-5, string name = "") => new(scale, shift, runningMean, runningVariance, momentum, epsilon, name);
    }
}
