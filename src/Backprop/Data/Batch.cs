using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Data;

/// <summary>Some samples of a data set, side by side, as a training step takes them.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Batch<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    internal Batch(Tensor<T> inputs, IInput targets)
    {
        Inputs = inputs;
        Targets = targets;
    }

    /// <summary>The inputs; the first axis counts the samples.</summary>
    public Tensor<T> Inputs { get; }

    /// <summary>What the model should say: a <see cref="Tensor{T}"/> of numbers or <see cref="Indices"/> of classes.</summary>
    public IInput Targets { get; }

    /// <summary>The number of samples.</summary>
    public int Count => Inputs.Shape[0];
}
