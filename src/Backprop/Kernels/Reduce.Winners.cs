using System.Numerics;

namespace Backprop.Kernels;

internal static partial class Reduce
{
    /// <summary>For each o and i the index in x of the largest x[o, ·, i]: the first of several equal ones, or the first NaN.</summary>
    public static void Winners<T>(ReadOnlySpan<T> x, Span<int> winners, int outer, int axis, int inner)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int o = 0; o < outer; o++)
        {
            int start = o * axis * inner;
            if (inner == 1)
            {
                winners[o] = start + IndexOfMax(x.Slice(start, axis));
                continue;
            }
            var row = winners.Slice(o * inner, inner);
            for (int i = 0; i < inner; i++) row[i] = start + i;
            for (int at = start + inner; at < start + axis * inner; at += inner)
                for (int i = 0; i < inner; i++)
                    if (Beats(x[at + i], x[row[i]])) row[i] = at + i;
        }
    }

    private static bool Beats<T>(T challenger, T champion) where T : unmanaged, IFloatingPointIeee754<T> =>
        challenger > champion || (T.IsNaN(challenger) && !T.IsNaN(champion));
}
