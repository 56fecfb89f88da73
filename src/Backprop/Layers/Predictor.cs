using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Layers;

/// <summary>An immutable snapshot of a model: predicts from any thread, also while the model trains.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Predictor<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Layer<T> snapshot;

    internal Predictor(Layer<T> snapshot) => this.snapshot = snapshot;

    /// <summary>The output of a batch, in inference mode.</summary>
    /// <param name="input">The batch; its first axis counts the samples.</param>
    /// <exception cref="ShapeException">The model was built for another shape.</exception>
    public Tensor<T> Predict(Tensor<T> input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return snapshot.Forward(input.Unwatched());
    }

    /// <summary>The output of a batch of tokens, in inference mode.</summary>
    /// <param name="input">The tokens; the first axis counts the samples.</param>
    /// <exception cref="NotSupportedException">The model reads no tokens.</exception>
    public Tensor<T> Predict(Indices input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return snapshot.Forward(new Indices(input.Shape, input.Values));
    }
}
