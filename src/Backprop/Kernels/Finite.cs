using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Backprop.Kernels;

/// <summary>Finds NaN and infinity.</summary>
internal static unsafe class Finite
{
    /// <summary>Whether every value is a finite number.</summary>
    public static bool All<T>(ReadOnlySpan<T> values, Work threads) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int use = threads.ForElements(values.Length);
        if (use == 1) return All(values);
        int length = Work.PieceLength(values.Length, use), others = 0;
        fixed (T* start = values)
            WorkPool.Shared.Run(new Pieces<T>(start, values.Length, length, &others), (values.Length + length - 1) / length, use);
        return others == 0;
    }

    /// <summary>Whether every value is a finite number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool All<T>(ReadOnlySpan<T> values) where T : unmanaged, IFloatingPointIeee754<T>
    {
        // x − x is 0 for a finite x and NaN for every other; equals All1.
        var sum = Vector<T>.Zero;
        var vectors = MemoryMarshal.Cast<T, Vector<T>>(values);
        foreach (var x in vectors) sum += x - x;
        return sum == Vector<T>.Zero && All1(values[(vectors.Length * Vector<T>.Count)..]);
    }

    /// <summary>The plain loop.</summary>
    public static bool All1<T>(ReadOnlySpan<T> values) where T : unmanaged, IFloatingPointIeee754<T> => IndexOfOther(values) < 0;

    /// <summary>The position of the first NaN or infinity; −1 where there is none.</summary>
    public static int IndexOfOther<T>(ReadOnlySpan<T> values) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < values.Length; i++)
            if (!T.IsFinite(values[i])) return i;
        return -1;
    }

    private readonly struct Pieces<T>(T* values, int n, int length, int* others) : IParts where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int part, int worker)
        {
            int at = part * length;
            if (!All(new ReadOnlySpan<T>(values + at, Math.Min(length, n - at)))) Volatile.Write(ref *others, 1);
        }
    }
}
