using Backprop.Tensors;

namespace Backprop.Checking;

/// <summary>Holds a gradient that was given against that of a right tape.</summary>
internal static class Comparison
{
    private const double RightUpTo = 1e-6;
    private const double WrongFrom = 1e-4;

    /// <summary>What an entry is measured against at least, relative to the largest: rounding elsewhere is as large for small entries as for large ones.</summary>
    private const double Floor = 1e-2;

    public static ParameterCheck Of(string name, Tensor<double> tensor, double[] given, double least)
    {
        var right = tensor.HasGradient ? tensor.Gradient.ToArray() : new double[tensor.Length];
        double largest = right.Concat(given).Where(double.IsFinite).Select(Math.Abs).Append(least).Max();
        var worst = new EntryCheck(Verdict.Right, -1, 0, 0, 0, "");
        for (int i = 0; i < right.Length; i++)
        {
            double scale = Math.Max(Math.Max(Math.Abs(right[i]), Math.Abs(given[i])), Floor * largest);
            double error = right[i].Equals(given[i]) || scale == 0 ? 0 : Math.Abs(right[i] - given[i]) / scale;
            var verdict = error <= RightUpTo ? Verdict.Right : error >= WrongFrom || double.IsNaN(error) ? Verdict.Wrong : Verdict.CannotTell;
            if (worst.Index < 0 || (verdict, error).CompareTo((worst.Verdict, worst.Error)) > 0)
                worst = new(verdict, i, given[i], right[i], error, verdict == Verdict.CannotTell ? "the error lies between right (1e-6) and wrong (1e-4)" : "");
        }
        return new(name, tensor.Shape, right.Length, worst);
    }
}
