using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Training;

/// <summary>Figures for classes: accuracy, the share of samples (and time steps) whose highest output stands at the right class, and which class was
/// taken for which.</summary>
/// <remarks>
/// Shapes: prediction [N, C] with targets [N], or [N, T, C] with [N, T]; logits or probabilities alike.
/// Of equal outputs the first counts; NaN is never the highest, so a row of NaN is wrong.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="ignoredClass">A class, also one that does not exist such as −1, whose samples do not count.</param>
public sealed class ClassScore<T>(int? ignoredClass = null) : Score<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The share of right classes, 0 to 1; NaN before anything was added.</summary>
    public double Accuracy => Matrix?.Accuracy ?? double.NaN;

    /// <summary>Which class was taken for which, with precision, recall and F1; null before anything was added.</summary>
    public ConfusionMatrix? Matrix { get; private set; }

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
        if (classes.Shape.Elements == 0) return;
        int outputs = prediction.Shape[^1];
        Matrix ??= new ConfusionMatrix(outputs);
        if (Matrix.Classes != outputs)
            throw new ShapeException("ClassScore", $"{prediction.Shape} has {outputs} outputs, {Matrix.Classes} came before", prediction.Shape);
        for (int i = 0; i < classes.Shape.Elements; i++)
            if (classes.Values[i] != ignoredClass) Matrix.Add(Known(classes, i), Highest(prediction.Values.Slice(i * outputs, outputs)));
    }

    private int Known(Indices classes, int i) => (uint)classes.Values[i] < (uint)Matrix!.Classes ? classes.Values[i]
        : throw new ArgumentException(
            $"ClassScore: the class {classes.Values[i]} came at {classes.Shape.Position(i)}, there are {Matrix.Classes} outputs; say ignoredClass if it does not count.");

    /// <inheritdoc/>
    public override Evaluation AddTo(Evaluation evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        return evaluation with { Accuracy = Accuracy, MacroF1 = Matrix?.Macro.F1 };
    }
}
