using System.Numerics;

namespace Backprop.Explaining;

/// <summary>Lengths of vectors and angles between them, in double, whatever the size of their entries.</summary>
internal static class Norm
{
    /// <summary>√Σ v².</summary>
    public static double Of<T>(IReadOnlyList<T> values) where T : unmanaged, IFloatingPointIeee754<T>
    {
        double largest = Largest(values);
        // Scaled, so that no square overflows.
        return largest == 0 || !double.IsFinite(largest) ? largest : largest * Math.Sqrt(Dot(values, values, largest, largest));
    }

    /// <summary>The cosine of the angle between two vectors; NaN where one is 0.</summary>
    public static double Cosine<T>(IReadOnlyList<T> a, IReadOnlyList<T> b) where T : unmanaged, IFloatingPointIeee754<T>
    {
        double ofA = Largest(a), ofB = Largest(b);
        double cosine = Dot(a, b, ofA, ofB) / (Math.Sqrt(Dot(a, a, ofA, ofA)) * Math.Sqrt(Dot(b, b, ofB, ofB)));
        return Math.Min(1, Math.Max(-1, cosine));
    }

    /// <summary>a·b / b·b: how often b goes into the part of a that points its way; NaN where b is 0.</summary>
    public static double Projection<T>(IReadOnlyList<T> a, IReadOnlyList<T> b) where T : unmanaged, IFloatingPointIeee754<T> =>
        Largest(b) is var largest ? Dot(a, b, largest, largest) / Dot(b, b, largest, largest) : 0;

    /// <summary>The largest size of an entry; NaN where one is.</summary>
    public static double Largest<T>(IReadOnlyList<T> values) where T : unmanaged, IFloatingPointIeee754<T>
    {
        double largest = 0;
        foreach (T value in values) largest = Math.Max(largest, Math.Abs(double.CreateChecked(value)));
        return largest;
    }

    private static double Dot<T>(IReadOnlyList<T> a, IReadOnlyList<T> b, double ofA, double ofB) where T : unmanaged, IFloatingPointIeee754<T>
    {
        double sum = 0;
        for (int i = 0; i < a.Count; i++) sum += double.CreateChecked(a[i]) / ofA * (double.CreateChecked(b[i]) / ofB);
        return sum;
    }
}
