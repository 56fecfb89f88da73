using System.Numerics;

namespace Backprop.Kernels;

internal static partial class Reduce
{
    /// <summary>x[o, a, i] (+)= factor·y[o, i] for every a: the way back of a sum along an axis.</summary>
    public static void SpreadAxis<T>(T factor, ReadOnlySpan<T> y, Span<T> x, int outer, int axis, int inner, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int o = 0; o < outer; o++)
        {
            var from = y.Slice(o * inner, inner);
            var to = x.Slice(o * axis * inner, axis * inner);
            if (inner == 1) Spread(factor * from[0], to, accumulate);
            else for (int a = 0; a < axis; a++) Elementwise.Scale(factor, from, to.Slice(a * inner, inner), accumulate);
        }
    }

    private static void Spread<T>(T value, Span<T> x, bool accumulate) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!accumulate) x.Fill(value);
        else foreach (ref T element in x) element += value;
    }
}
