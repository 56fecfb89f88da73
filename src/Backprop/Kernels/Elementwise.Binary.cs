using System.Numerics;
using System.Runtime.InteropServices;

namespace Backprop.Kernels;

/// <summary>A function of two numbers and its partial derivatives.</summary>
internal interface IBinary
{
    /// <summary>y = f(a, b).</summary>
    V Value<V>(V a, V b) where V : struct, ILanes<V>;

    /// <summary>∂f/∂a, for which y = f(a, b) is at hand.</summary>
    V DerivativeA<V>(V a, V b, V y) where V : struct, ILanes<V>;

    /// <summary>∂f/∂b, for which y = f(a, b) is at hand.</summary>
    V DerivativeB<V>(V a, V b, V y) where V : struct, ILanes<V>;
}

internal static partial class Elementwise
{
    /// <summary>
    /// y[i] = f(a[i], b[i]). One operand may be shorter: its length divides the other's, and it is repeated over the leading axes.
    /// y may be the longer operand itself.
    /// </summary>
    public static void Map<TOp, T>(TOp op, ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y, Work threads = default)
        where TOp : struct, IBinary
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int n = y.Length;
        if (n == 0) return;
        CheckRepeats(a.Length, b.Length, n);
        ref T left = ref MemoryMarshal.GetReference(a), right = ref MemoryMarshal.GetReference(b), target = ref MemoryMarshal.GetReference(y);
        if (a.Length == 1 && n > 1) ElementLoop.Run(new BinaryValue<TOp, One, Each>(op), ref left, ref right, ref left, ref left, ref target, n, threads);
        else if (b.Length == 1 && n > 1) ElementLoop.Run(new BinaryValue<TOp, Each, One>(op), ref left, ref right, ref left, ref left, ref target, n, threads);
        else
        {
            int row = Math.Min(a.Length, b.Length);
            var value = new BinaryValue<TOp, Each, Each>(op);
            Rows(
                value, value, ref left, a.Length == n ? row : 0, ref right, b.Length == n ? row : 0, ref left, ref left, 0, ref target, row, row, n / row,
                threads);
        }
    }

    /// <summary>da[i] (+)= dy[i]·∂f/∂a. Where a is the repeated operand, its gradient is the sum over the repeats, in ascending order.</summary>
    public static void BackwardA<TOp, T>(TOp op, ReadOnlySpan<T> a, ReadOnlySpan<T> b, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> da, bool accumulate,
        Work threads = default)
        where TOp : struct, IBinary
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (a.Length == 1 && y.Length > 1) BinaryBackward(new PartialA<TOp, One, Each>(op), a, b, y, dy, da, accumulate, threads);
        else if (b.Length == 1 && y.Length > 1) BinaryBackward(new PartialA<TOp, Each, One>(op), a, b, y, dy, da, accumulate, threads);
        else BinaryBackward(new PartialA<TOp, Each, Each>(op), a, b, y, dy, da, accumulate, threads);
    }

    /// <summary>db[i] (+)= dy[i]·∂f/∂b. Where b is the repeated operand, its gradient is the sum over the repeats, in ascending order.</summary>
    public static void BackwardB<TOp, T>(TOp op, ReadOnlySpan<T> a, ReadOnlySpan<T> b, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> db, bool accumulate,
        Work threads = default)
        where TOp : struct, IBinary
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (a.Length == 1 && y.Length > 1) BinaryBackward(new PartialB<TOp, One, Each>(op), a, b, y, dy, db, accumulate, threads);
        else if (b.Length == 1 && y.Length > 1) BinaryBackward(new PartialB<TOp, Each, One>(op), a, b, y, dy, db, accumulate, threads);
        else BinaryBackward(new PartialB<TOp, Each, Each>(op), a, b, y, dy, db, accumulate, threads);
    }

    private static void BinaryBackward<TTerm, T>(
        TTerm term, ReadOnlySpan<T> a, ReadOnlySpan<T> b, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> target, bool accumulate,
        Work threads)
        where TTerm : struct, ITerm
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int n = y.Length;
        if (n == 0)
        {
            if (!accumulate) target.Clear();
            return;
        }
        CheckRepeats(a.Length, b.Length, n);
        ref T left = ref MemoryMarshal.GetReference(a), right = ref MemoryMarshal.GetReference(b);
        ref T value = ref MemoryMarshal.GetReference(y), dValue = ref First(dy, n), sum = ref MemoryMarshal.GetReference(target);
        if (target.Length == 1 && n > 1)
        {
            // A sum over neighbours in memory: in fixed lanes, like every other one.
            T total = Reduce.Total(term, ref left, ref right, ref value, ref dValue, n);
            sum = accumulate ? sum + total : total;
            return;
        }
        // An operand of one element does not move (its term reads One); otherwise rows of the shorter one's length.
        int row = a.Length == 1 || b.Length == 1 ? n : Math.Min(a.Length, b.Length);
        int aStep = a.Length == n ? row : 0, bStep = b.Length == n ? row : 0, step = target.Length == n ? row : 0, rows = n / row;
        if (target.Length != n && target.Length != row) throw new ArgumentException("The gradient is not as long as its operand.", nameof(target));
        var added = new Added<TTerm>(term);
        if (accumulate) Rows(added, added, ref left, aStep, ref right, bStep, ref value, ref dValue, row, ref sum, step, row, rows, threads);
        else if (step == 0) Rows(term, added, ref left, aStep, ref right, bStep, ref value, ref dValue, row, ref sum, step, row, rows, threads);
        else Rows(term, term, ref left, aStep, ref right, bStep, ref value, ref dValue, row, ref sum, step, row, rows, threads);
    }

    private static void CheckRepeats(int a, int b, int n)
    {
        if (Math.Max(a, b) != n || n % Math.Min(a, b) != 0) throw new ArgumentException($"Lengths {a} and {b} do not give {n} elements.");
    }
}
