using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Training;

/// <summary>Accuracy for yes or no: the share of outputs on the right side of a threshold.</summary>
/// <remarks>An output above the threshold or on it says yes; a target above ½ is a yes, and of two classes the second. NaN is wrong.</remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class BinaryScore<T> : Score<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T threshold;

    private BinaryScore(T threshold) => this.threshold = threshold;

    /// <summary>The share of right answers, 0 to 1; NaN before anything was added.</summary>
    public double Accuracy => Matrix.Accuracy;

    /// <summary>Which was taken for which: 0 is no, 1 is yes; <c>Matrix.Of(1)</c> has precision, recall and F1 of the yes.</summary>
    public ConfusionMatrix Matrix { get; } = new(2);

    /// <summary>For outputs that are probabilities: yes from <paramref name="threshold"/> on.</summary>
    public static BinaryScore<T> OnProbabilities(double threshold = 0.5) => new(T.CreateChecked(threshold));

    /// <summary>For outputs that are logits: yes from <paramref name="threshold"/> on; 0 is a probability of ½.</summary>
    public static BinaryScore<T> OnLogits(double threshold = 0) => new(T.CreateChecked(threshold));

    /// <inheritdoc/>
    public override void Add(Tensor<T> prediction, IInput target)
    {
        if (target is Indices classes) Add(prediction, classes);
        else
        {
            var numbers = Numbers("BinaryScore", prediction, target);
            T half = T.CreateChecked(0.5);
            for (int i = 0; i < prediction.Length; i++) Count(prediction.Values[i], numbers.Values[i] > half);
        }
    }

    /// <inheritdoc/>
    public override Evaluation AddTo(Evaluation evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        return evaluation with { Accuracy = Accuracy, MacroF1 = Matrix.Macro.F1 };
    }

    private void Add(Tensor<T> prediction, Indices classes)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        if (prediction.Shape.Rank == 0 || prediction.Shape[^1] != 1 || prediction.Shape.Without(prediction.Shape.Rank - 1) != classes.Shape)
            throw new ShapeException(
                "BinaryScore", $"prediction {prediction.Shape} needs the axes of the classes {classes.Shape} and one more with a single output",
                prediction.Shape, classes.Shape);
        classes.Check("BinaryScore", 2);
        for (int i = 0; i < prediction.Length; i++) Count(prediction.Values[i], classes.Values[i] == 1);
    }

    private void Count(T said, bool yes) => Matrix.Add(yes ? 1 : 0, T.IsNaN(said) ? -1 : said >= threshold ? 1 : 0);
}
