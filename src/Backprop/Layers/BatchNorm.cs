using System.Numerics;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Layers;

/// <summary>What the layers of batch normalisation share: y = γ·x̂ + β per channel, by the batch's statistics or by running ones.</summary>
/// <remarks>
/// On a tape for training it takes mean and variance from the batch, and every backward pass moves the running ones towards them; else it
/// takes the running ones. The running statistics are parameters that never train: they stand in files and copies with the others, gradients
/// and optimizers leave them alone.
/// Source: Ioffe, Szegedy, Batch Normalization (2015).
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public abstract class BatchNorm<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private protected BatchNorm(
        string kind, Tensor<T> scale, Tensor<T> shift, Tensor<T> runningMean, Tensor<T> runningVariance, double momentum, double epsilon, string name)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(scale);
        if (scale.Shape.Rank != 1 || scale.Length == 0)
            throw new ShapeException(kind, $"the scale {scale.Shape} came, [channels] is needed", scale.Shape);
        BatchNormSettings.Check(epsilon, momentum);
        Scale = scale.AsParameter("scale");
        Shift = Fitting(kind, shift, "shift");
        (RunningMean, RunningVariance) = (Fitting(kind, runningMean, "runningMean"), Fitting(kind, runningVariance, "runningVariance"));
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

    private Parameter<T> Fitting(string kind, Tensor<T> tensor, string name)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return tensor.Shape == Scale.Shape ? tensor.AsParameter(name)
            : throw new ShapeException(
                kind, $"the {name} {tensor.Shape} came, the scale {Scale.Shape} needs the same", Scale.Shape, tensor.Shape);
    }
}
