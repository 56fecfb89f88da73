using Backprop.Tensors;

namespace Backprop.Checking;

/// <summary>How far the rounding of a forward run can move its output.</summary>
/// <param name="Amount">By how much.</param>
/// <param name="IsLarge">Whether numbers are not finite, or so large that products of them are not.</param>
/// <remarks>Every number on the tape is rounded, and its gradient carries that to the output: together about ε·√Σ(gradient·value)².</remarks>
internal readonly record struct Noise(double Amount, bool IsLarge)
{
    /// <summary>How many rounding errors a number has behind it, generously.</summary>
    private const double Roundings = 16;

    /// <summary>From here on products of two numbers may not be finite.</summary>
    private const double Large = 1e100;

    /// <summary>Whether all numbers are finite and their products too.</summary>
    public bool IsModerate => !IsLarge;

    /// <summary>What a number of this size is rounded by.</summary>
    public static double Of(double size) => Roundings * double.ScaleB(size, -52);

    /// <summary>The noise of a run.</summary>
    /// <param name="values">All tensors that it reads and writes.</param>
    /// <param name="gradients">The gradients of some of them.</param>
    public static Noise Of(IEnumerable<Tensor<double>> values, IEnumerable<(Tensor<double> Tensor, double[] Gradient)> gradients)
    {
        double squares = 0;
        foreach (var (tensor, gradient) in gradients)
            for (int i = 0; i < gradient.Length; i++)
            {
                double carried = gradient[i] * tensor.Values[i];
                squares += carried * carried;
            }
        return new(Of(Math.Sqrt(squares)), !values.All(tensor => AreModerate(tensor.Values)));
    }

    /// <summary>Whether numbers are finite, and their products too.</summary>
    public static bool AreModerate(ReadOnlySpan<double> values)
    {
        foreach (double value in values)
            if (!(Math.Abs(value) < Large)) return false;
        return true;
    }

    /// <summary>The noise of the output divided by a factor.</summary>
    public Noise By(double factor) => this with { Amount = Amount / Math.Abs(factor) };
}
