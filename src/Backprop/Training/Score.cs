using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Training;

/// <summary>Compares predictions with targets, batch after batch: no set of predictions is ever held whole.</summary>
/// <typeparam name="T">float or double.</typeparam>
public abstract class Score<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Takes a batch of predictions with its targets.</summary>
    /// <param name="prediction">What the model said; its memory goes to the next batch, so keep a copy if you must.</param>
    /// <param name="target">What is right.</param>
    /// <exception cref="ShapeException">The shapes do not belong together.</exception>
    /// <exception cref="ArgumentException">The target is of another kind than this score compares.</exception>
    public abstract void Add(Tensor<T> prediction, IInput target);

    /// <summary>The figures over everything added so far.</summary>
    /// <param name="evaluation">What is known already; the figures of this score are put in.</param>
    public abstract Evaluation AddTo(Evaluation evaluation);

    /// <summary>The target as numbers of the prediction's shape.</summary>
    private protected static Tensor<T> Numbers(string score, Tensor<T> prediction, IInput target)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        if (target is not Tensor<T> numbers)
            throw new ArgumentException($"{score}: the target is Indices, it compares numbers with numbers; use ClassScore for classes.", nameof(target));
        return numbers.Shape == prediction.Shape ? numbers
            : throw new ShapeException(
                score, $"prediction {prediction.Shape} and target {numbers.Shape} need the same shape", prediction.Shape, numbers.Shape);
    }
}
