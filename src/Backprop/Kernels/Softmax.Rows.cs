using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Kernels;

// Many rows at once. A short row fills no vector, so its neighbours come along, one lane each.
internal static unsafe partial class Softmax
{
    private const int MostColumns = 128, RowsAtOnce = 16;

    /// <summary>For each row the loss of the right class: −log softmax(x)[class] = log Σ exp(x − largest) − (x[class] − largest).</summary>
    /// <param name="x">The rows, one behind the other.</param>
    /// <param name="classes">The right class of each row.</param>
    /// <param name="y">Gets the softmax of each row.</param>
    /// <param name="losses">Gets the loss of each row.</param>
    [SkipLocalsInit]
    public static void CrossEntropy<T>(ReadOnlySpan<T> x, ReadOnlySpan<int> classes, Span<T> y, Span<T> losses)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (losses.Length == 0) return;
        int columns = x.Length / losses.Length;
        Span<T> largest = stackalloc T[RowsAtOnce], logSums = stackalloc T[RowsAtOnce];
        for (int row = 0, rows; row < losses.Length; row += rows)
        {
            rows = Math.Min(RowsAtOnce, losses.Length - row);
            ReadOnlySpan<T> some = x.Slice(row * columns, rows * columns);
            Forward(some, y.Slice(row * columns, rows * columns), columns, largest[..rows], logSums[..rows]);
            for (int i = 0; i < rows; i++) losses[row + i] = logSums[i] - (some[i * columns + classes[row + i]] - largest[i]);
        }
    }

    private static void Forward<T>(ReadOnlySpan<T> x, Span<T> y, int columns, Span<T> largest, Span<T> logSums)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int rows = largest.Length;
        if (columns > MostColumns || rows == 1)
            for (int i = 0; i < rows; i++)
                logSums[i] = Forward(x.Slice(i * columns, columns), y.Slice(i * columns, columns), out largest[i]);
        else if (Lanes.Has512) Side<Lanes512<T>, T>(x, y, columns, largest, logSums);
        else if (Lanes.Has256) Side<Lanes256<T>, T>(x, y, columns, largest, logSums);
        else Side<Lanes128<T>, T>(x, y, columns, largest, logSums);
    }

    /// <summary>Rows side by side: lane i has row i. The order of each sum is that of <see cref="Reduce"/>.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Side<V, T>(ReadOnlySpan<T> x, Span<T> y, int columns, Span<T> largest, Span<T> logSums)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int lanes = 64 / sizeof(T), kept = Math.Min(columns, lanes);
        T* turned = stackalloc T[MostColumns * V.Count], sums = stackalloc T[lanes * V.Count], perRow = stackalloc T[2 * V.Count];
        ref T first = ref Unsafe.AsRef<T>(turned), sum = ref Unsafe.AsRef<T>(sums), one = ref Unsafe.AsRef<T>(perRow);
        nuint width = (nuint)V.Count, end = (nuint)columns * width;
        // Lanes without a row compute with zeros.
        if (largest.Length % V.Count != 0) new Span<T>(turned, columns * V.Count).Clear();
        fixed (T* from = x, to = y)
            for (int row = 0; row < largest.Length; row += V.Count)
            {
                int rows = Math.Min(V.Count, largest.Length - row);
                Turn<T>.Copy(from + row * columns, columns, rows, columns, turned, V.Count);

                V most = V.Load(ref first, 0);
                for (nuint i = width; i < end; i += width) most = V.Max(most, V.Load(ref first, i));
                for (nuint i = 0, l = 0; i < end; i += width, l++)
                {
                    V power = VectorMath.Exp(V.Load(ref first, i) - most);
                    power.Store(ref first, i);
                    nuint lane = l % (nuint)lanes * width;
                    (l < (nuint)lanes ? power : V.Load(ref sum, lane) + power).Store(ref sum, lane);
                }
                V total = Tree<V, T>(ref sum, kept);
                for (nuint i = 0; i < end; i += width) (V.Load(ref first, i) / total).Store(ref first, i);
                most.Store(ref one, 0);
                VectorMath.Log(total).Store(ref one, width);

                Turn<T>.Copy(turned, V.Count, columns, rows, to + row * columns, columns);
                new Span<T>(perRow, rows).CopyTo(largest[row..]);
                new Span<T>(perRow + V.Count, rows).CopyTo(logSums[row..]);
            }
    }

    // Halves are added until one is left; what is missing of the last is 0 and changes nothing.
    [MethodImpl(Inline)]
    private static V Tree<V, T>(ref T sum, int count)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        nuint width = (nuint)V.Count;
        for (uint half = BitOperations.RoundUpToPowerOf2((uint)count) / 2; half > 0; count = (int)half, half /= 2)
            for (nuint l = 0; l + half < (nuint)count; l++)
                (V.Load(ref sum, l * width) + V.Load(ref sum, (l + half) * width)).Store(ref sum, l * width);
        return V.Load(ref sum, 0);
    }
}
