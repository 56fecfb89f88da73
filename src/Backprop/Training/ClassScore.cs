using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Training;

/// <summary>Accuracy for classes: the share of samples (and time steps) whose highest output stands at the right class.</summary>
/// <remarks>
/// Shapes: prediction [N, C] with targets [N], or [N, T, C] with [N, T]; logits or probabilities alike.
/// Of equal outputs the first counts; NaN is never the highest, so a row of NaN is wrong.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class ClassScore<T> : Score<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private long right;
    private long count;

    /// <summary>The share of right classes, 0 to 1; NaN before anything was added.</summary>
    public double Accuracy => (double)right / count;

    /// <summary>The position of the highest value, the first of equals; −1 where all are NaN.</summary>
    public static int Highest(ReadOnlySpan<T> values)
    {
        int best = -1;
        for (int i = 0; i < values.Length; i++)
            if (!T.IsNaN(values[i]) && (best < 0 || values[i] > values[best])) best = i;
        return best;
    }

    /// <inheritdoc/>
    public override void Add(Tensor<T> prediction, IInput target)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        if (target is not Indices classes)
            throw new ArgumentException("ClassScore: the target is a tensor, it compares with Indices; use RegressionScore or BinaryScore for numbers.", nameof(target));
        if (prediction.Shape.Rank == 0 || prediction.Shape.Without(prediction.Shape.Rank - 1) != classes.Shape)
            throw new ShapeException(
                "ClassScore", $"prediction {prediction.Shape} needs the axes of the classes {classes.Shape} and one more for the outputs",
                prediction.Shape, classes.Shape);
        int outputs = prediction.Shape[^1];
        for (int i = 0; i < classes.Shape.Elements; i++)
            if (Highest(prediction.Values.Slice(i * outputs, outputs)) == classes.Values[i]) right++;
        count += classes.Shape.Elements;
    }

    /// <inheritdoc/>
    public override Evaluation AddTo(Evaluation evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        return evaluation with { Accuracy = Accuracy };
    }
}
