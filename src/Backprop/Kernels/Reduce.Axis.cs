using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Backprop.Kernels;

internal static unsafe partial class Reduce
{
    /// <summary>y[o, i] (+)= Σ_a x[o, a, i]. With one inner element the axis is contiguous and is summed as <see cref="Sum{T}"/> does.</summary>
    public static void SumAxis<T>(ReadOnlySpan<T> x, Span<T> y, int outer, int axis, int inner, bool accumulate,
        Work threads = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int o = 0; o < outer; o++)
        {
            var part = x.Slice(o * axis * inner, axis * inner);
            if (inner != 1) SumRows(part, y.Slice(o * inner, inner), axis, accumulate, threads);
            else if (accumulate) y[o] += Sum(part);
            else y[o] = Sum(part);
        }
    }

    /// <summary>y[j] (+)= Σ_i x[i, j] over all rows i, ascending; a sum that accumulates starts from what y holds.</summary>
    public static void SumRows<T>(ReadOnlySpan<T> x, Span<T> y, int rows, bool accumulate, Work threads = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int n = y.Length, use = threads.ForElements((long)rows * n);
        if (n == 0) return;
        if (use == 1)
        {
            SumColumns(x, n, y, rows, accumulate);
            return;
        }
        int length = Work.PieceLength(n, use);
        fixed (T* from = x[..(rows * n)], to = y)
            WorkPool.Shared.Run(new Columns<T>(from, to, rows, n, length, accumulate), (n + length - 1) / length, use);
    }

    // The rows of x lie so many numbers apart; y is as wide as what is summed of them.
    private static void SumColumns<T>(ReadOnlySpan<T> x, int pitch, Span<T> y, int rows, bool accumulate) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int n = y.Length, i = 0;
        if (!accumulate)
        {
            if (rows == 0) y.Clear();
            else x[..n].CopyTo(y);
            i = Math.Min(1, rows);
        }
        ref T target = ref MemoryMarshal.GetReference(y);
        for (; i + 4 <= rows; i += 4)
        {
            ref T row = ref MemoryMarshal.GetReference(x.Slice(i * pitch, 3 * pitch + n));
            ElementLoop.Run(
                new FourMore(), ref row, ref Unsafe.Add(ref row, pitch), ref Unsafe.Add(ref row, 2 * pitch),
                ref Unsafe.Add(ref row, 3 * pitch), ref target, n);
        }
        for (; i < rows; i++) Elementwise.Copy(x.Slice(i * pitch, n), y, accumulate: true);
    }

    /// <summary>The columns in pieces.</summary>
    private readonly struct Columns<T>(T* x, T* y, int rows, int n, int length, bool accumulate) : IParts
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int part, int worker)
        {
            int at = part * length;
            SumColumns(new ReadOnlySpan<T>(x + at, rows * n - at), n, new Span<T>(y + at, Math.Min(length, n - at)), rows, accumulate);
        }
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
