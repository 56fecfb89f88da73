using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Backprop.Kernels;

internal static partial class Reduce
{
    /// <summary>y[o, i] (+)= Σ_a x[o, a, i]. With one inner element the axis is contiguous and is summed as <see cref="Sum{T}"/> does.</summary>
    public static void SumAxis<T>(ReadOnlySpan<T> x, Span<T> y, int outer, int axis, int inner, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int o = 0; o < outer; o++)
        {
            var part = x.Slice(o * axis * inner, axis * inner);
            if (inner != 1) SumRows(part, y.Slice(o * inner, inner), axis, accumulate);
            else if (accumulate) y[o] += Sum(part);
            else y[o] = Sum(part);
        }
    }

    /// <summary>y[j] (+)= Σ_i x[i, j] over all rows i, ascending; a sum that accumulates starts from what y holds.</summary>
    public static void SumRows<T>(ReadOnlySpan<T> x, Span<T> y, int rows, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int n = y.Length, i = 0;
        if (n == 0) return;
        if (!accumulate)
        {
            if (rows == 0) y.Clear();
            else x[..n].CopyTo(y);
            i = Math.Min(1, rows);
        }
        ref T target = ref MemoryMarshal.GetReference(y);
        for (; i + 4 <= rows; i += 4)
        {
            ref T row = ref MemoryMarshal.GetReference(x.Slice(i * n, 4 * n));
            ElementLoop.Run(new FourMore(), ref row, ref Unsafe.Add(ref row, n), ref Unsafe.Add(ref row, 2 * n), ref Unsafe.Add(ref row, 3 * n),
                ref target, n);
        }
        for (; i < rows; i++) Elementwise.Copy(x.Slice(i * n, n), y, accumulate: true);
    }

    /// <summary>(((target + a) + b) + c) + d: four rows at a time touch the target once, in the order of one at a time.</summary>
    private readonly struct FourMore : IElement
    {
        [MethodImpl(Inline)]
        public V At<V, T>(ref T a, ref T b, ref T c, ref T d, ref T target, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> =>
            V.Load(ref target, i) + V.Load(ref a, i) + V.Load(ref b, i) + V.Load(ref c, i) + V.Load(ref d, i);
    }
}
