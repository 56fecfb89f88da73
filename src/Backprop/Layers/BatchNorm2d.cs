using System.Numerics;
using Backprop.Operations;
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
    public sealed class BatchNorm2d<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
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
            string name = "") : base(name)
        {
            ArgumentNullException.ThrowIfNull(scale);
            if (scale.Shape.Rank != 1 || scale.Length == 0)
                throw new ShapeException("BatchNorm2d", $"the scale {scale.Shape} came, [channels] is needed", scale.Shape);
            BatchNormSettings.Check(epsilon, momentum);
            Scale = scale.AsParameter("scale");
            Shift = Fitting(shift, "shift");
            (RunningMean, RunningVariance) = (Fitting(runningMean, "runningMean"), Fitting(runningVariance, "runningVariance"));
            RunningMean.Trainable = RunningVariance.Trainable = false;
            (Momentum, Epsilon) = (momentum, epsilon);
        }

        /// <summary>γ, [C].</summary>
        public Parameter<T> Scale { get; }

        /// <summary>β, [C].</summary>
        public Parameter<T> Shift { get; }

        /// <summary>The mean that inference takes, [C]; not trainable.</summary>
        public Parameter<T> RunningMean { get; }

        /// <summary>The variance that inference takes, [C]; not trainable.</summary>
        public Parameter<T> RunningVariance { get; }

        /// <summary>The channels of what comes in.</summary>
        public int Channels => Scale.Length;

        /// <summary>How far one step moves the running statistics towards those of its batch.</summary>
        public double Momentum { get; }

        /// <summary>Added to the variance.</summary>
        public double Epsilon { get; }

        /// <inheritdoc/>
        public override string Type => "batch_norm2d";

        /// <inheritdoc/>
        public override IReadOnlyList<(string Key, object Value)> Settings => [("momentum", Momentum), ("epsilon", Epsilon)];

        /// <inheritdoc/>
        /// <exception cref="ShapeException">Training on a batch with a single number in a channel, whose deviation is 0.</exception>
        public override Tensor<T> Forward(Tensor<T> input)
        {
            ArgumentNullException.ThrowIfNull(input);
            // Data that nobody watches are trained on all the same: the tape watches the scale.
            bool trains = (input.Tape ?? Scale.Tape) is { IsOpen: true, Training: true };
            return trains ? input.BatchNorm(Scale, Shift, Epsilon, RunningMean, RunningVariance, Momentum)
                : input.Normalize(RunningMean, RunningVariance, Scale, Shift, Epsilon);
        }

        /// <inheritdoc/>
        protected internal override IEnumerable<(string Path, Parameter<T> Parameter)> OwnParameters() =>
            [("scale", Scale), ("shift", Shift), ("runningMean", RunningMean), ("runningVariance", RunningVariance)];

        /// <inheritdoc/>
        protected internal override Layer<T> Copy(Func<Parameter<T>, Parameter<T>> parameter) => new BatchNorm2d<T>(
            parameter(Scale), parameter(Shift), parameter(RunningMean), parameter(RunningVariance), Momentum, Epsilon, Name);

        private Parameter<T> Fitting(Tensor<T> tensor, string name)
        {
            ArgumentNullException.ThrowIfNull(tensor);
            return tensor.Shape == Scale.Shape ? tensor.AsParameter(name)
                : throw new ShapeException(
                    "BatchNorm2d", $"the {name} {tensor.Shape} came, the scale {Scale.Shape} needs the same", Scale.Shape, tensor.Shape);
        }
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
