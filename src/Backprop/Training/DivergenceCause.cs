using System.Numerics;
using Backprop.Losses;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Training;

/// <summary>Why an operation made a NaN or an infinity, by what it read, and what helps.</summary>
internal static class DivergenceCause
{
    private const string Smaller = "Take a smaller learning rate, clip the norm of the gradient, or standardise the inputs.";

    /// <summary>Numbers from here on overflow when they are multiplied with each other.</summary>
    private static double Huge<T>() => typeof(T) == typeof(float) ? 1e15 : 1e120;

    /// <summary>The step read a number that is not finite: from where.</summary>
    public static (string Cause, string Remedy) OfInput<T>(Tape<T> tape, Tensor<T> bad) where T : unmanaged, IFloatingPointIeee754<T> =>
        bad is Parameter<T> ? ("The weights themselves are not finite: an update before this one overflowed, or they were set so.", Smaller)
        : tape.Inputs.Contains(bad) ? ("The data have a value that is no finite number.", "Look for missing values and divisions by 0 in the data, and fill or leave out such samples.")
        : ("A constant that the model reads is no finite number.", "Look at how the constant is made.");

    /// <summary>The step made one forward out of finite numbers.</summary>
    public static (string Cause, string Remedy) Forward<T>(Operation<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (least, most) = Range(step.Inputs[0]);
        return step switch
        {
            LogOp<T> when least < 0 => ("The logarithm of a negative number is not a number.", "Take the logarithm of what cannot be negative: clip it from below, or square it."),
            LogOp<T> => ("The logarithm of 0 is −∞.", "Add a small number before it, or take a loss that reads logits: softmax cross entropy, or binary cross entropy with logits."),
            ExpOp<T> => ($"eˣ overflows above {(typeof(T) == typeof(float) ? "88.7" : "709.8")}.", "Subtract the largest x first, take a loss that reads logits, or a smaller learning rate."),
            DivideOp<T> when step.Inputs[1].Values.Contains(T.Zero) => ("It divides by 0.", "Add a small number to the divisor."),
            SqrtOp<T> when least < 0 => ("The root of a negative number is not a number.", "Take the root of what cannot be negative: clip it from below."),
            PowerOp<T> when least <= 0 => ("A power of 0 or of a negative number is not finite where the exponent is negative or not whole.", "Clip the base from below."),
            _ when Math.Max(-least, most) > Huge<T>() || step.Inputs.Any(input => Range(input) is var range && Math.Max(-range.Least, range.Most) > Huge<T>()) =>
                ("The numbers have grown so large that the result overflows, as they do when each update overshoots the last.", Smaller),
            _ => ("Sums or products of these numbers are too large for the type, or have no value.", Smaller),
        };
    }

    /// <summary>The step made one on the way back.</summary>
    public static (string Cause, string Remedy) Backward<T>(Operation<T> step) where T : unmanaged, IFloatingPointIeee754<T> => step switch
    {
        LogOp<T> => ("The slope 1/x of the logarithm overflows near 0.", "Add a small number before the logarithm, or take a loss that reads logits."),
        SqrtOp<T> => ("The slope of the root is infinite at 0.", "Add a small number before the root."),
        PowerOp<T> => ("The slope of the power is infinite at 0.", "Add a small number to the base."),
        DivideOp<T> => ("The slope of the quotient overflows near a divisor of 0.", "Add a small number to the divisor."),
        BinaryCrossEntropyOp<T> => ("The slope of the logarithm is infinite at a probability of 0 or 1.", "Take the sigmoid away and binary cross entropy with logits."),
        _ => ("The gradient has grown so large on its way back that it overflows.", "Clip the norm of the gradient, draw smaller initial weights, or take a smaller learning rate."),
    };

    private static (double Least, double Most) Range<T>(Tensor<T> tensor) where T : unmanaged, IFloatingPointIeee754<T>
    {
        double least = double.PositiveInfinity, most = double.NegativeInfinity;
        foreach (T value in tensor.Values)
        {
            double number = double.CreateTruncating(value);
            (least, most) = (Math.Min(least, number), Math.Max(most, number));
        }
        return (least, most);
    }
}
