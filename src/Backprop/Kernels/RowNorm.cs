using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Kernels;

/// <summary>Rows brought to mean 0 and deviation 1, then scaled and shifted by a number per column, and the gradients.</summary>
/// <remarks>Sums along a row run in the lanes of <see cref="Reduce"/>, sums along a column are chains of fused multiply-adds in ascending rows. Threads
/// take rows, or for the gradient of the scale columns.</remarks>
internal static unsafe class RowNorm
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>mean, variance = those of each row; y = (x − mean)·slope·scale + shift, slope = 1/√(variance + epsilon).</summary>
    public static void Forward<T>(
        ReadOnlySpan<T> x, ReadOnlySpan<T> scale, ReadOnlySpan<T> shift, Span<T> y, Span<T> mean, Span<T> variance, T epsilon, Work threads = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* from = x[..y.Length], factors = scale, added = shift[..scale.Length], to = y, means = mean, variances = variance[..mean.Length])
            Share(new ForwardRows<T>(from, factors, added, to, means, variances, epsilon, scale.Length, mean.Length, 0), mean.Length, y.Length, threads);
    }

    /// <summary>dx (+)= slope·(g − mean of g − x̂·mean of (g·x̂)), with g = dy·scale and x̂ = (x − mean)·slope.</summary>
    public static void InputGradient<T>(
        ReadOnlySpan<T> x, ReadOnlySpan<T> dy, ReadOnlySpan<T> scale, ReadOnlySpan<T> mean, ReadOnlySpan<T> variance, T epsilon, Span<T> dx,
        bool accumulate, Work threads = default) where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* from = x[..dx.Length], gradients = dy[..dx.Length], factors = scale, to = dx, means = mean, variances = variance[..mean.Length])
            Share(
                new BackwardRows<T>(from, gradients, factors, to, means, variances, epsilon, scale.Length, mean.Length, accumulate, 0), mean.Length,
                dx.Length, threads);
    }

    /// <summary>dScale (+)= Σ over the rows of dy·x̂.</summary>
    public static void ScaleGradient<T>(
        ReadOnlySpan<T> x, ReadOnlySpan<T> dy, ReadOnlySpan<T> mean, ReadOnlySpan<T> variance, T epsilon, Span<T> dScale, bool accumulate,
        Work threads = default) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!accumulate) dScale.Clear();
        int use = threads.ForElements(dy.Length), length = Work.PieceLength(dScale.Length, use);
        fixed (T* from = x[..dy.Length], gradients = dy, to = dScale, means = mean, variances = variance[..mean.Length])
            WorkPool.Shared.Run(
                new Columns<T>(from, gradients, to, means, variances, epsilon, dScale.Length, mean.Length, length),
                (dScale.Length + length - 1) / length, use);
    }

    /// <summary>1/√(variance + epsilon).</summary>
    public static T Slope<T>(T variance, T epsilon) where T : unmanaged, IFloatingPointIeee754<T> => T.One / T.Sqrt(variance + epsilon);

    private static void Share<TRows>(TRows rows, int count, long elements, Work threads) where TRows : struct, IShared<TRows>
    {
        int use = threads.ForElements(elements), length = Work.PartLength(count, use);
        WorkPool.Shared.Run(rows.InPartsOf(length), (count + length - 1) / length, use);
    }

    private interface IShared<TSelf> : IParts where TSelf : struct
    {
        /// <summary>The same work in parts of so many rows.</summary>
        TSelf InPartsOf(int length);
    }

    private readonly struct ForwardRows<T>(
        T* x, T* scale, T* shift, T* y, T* mean, T* variance, T epsilon, int columns, int rows, int length) : IShared<ForwardRows<T>>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public ForwardRows<T> InPartsOf(int length) => new(x, scale, shift, y, mean, variance, epsilon, columns, rows, length);

        public void Run(int part, int worker)
        {
            T count = T.CreateTruncating(columns);
            for (int row = part * length; row < Math.Min((part + 1) * length, rows); row++)
            {
                T* from = x + (nint)row * columns;
                T center = mean[row] = Reduce.Sum(new ReadOnlySpan<T>(from, columns)) / count;
                T spread = variance[row] =
                    Reduce.Total(new SquaredDistance(double.CreateTruncating(center)), ref *from, ref *from, ref *from, ref *from, columns) / count;
                var element = new Normalized(double.CreateTruncating(center), double.CreateTruncating(Slope(spread, epsilon)));
                ElementLoop.Run(element, ref *from, ref *scale, ref *shift, ref *from, ref y[(nint)row * columns], columns);
            }
        }
    }

    private readonly struct BackwardRows<T>(
        T* x, T* dy, T* scale, T* dx, T* mean, T* variance, T epsilon, int columns, int rows, bool accumulate, int length) : IShared<BackwardRows<T>>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public BackwardRows<T> InPartsOf(int length) => new(x, dy, scale, dx, mean, variance, epsilon, columns, rows, accumulate, length);

        public void Run(int part, int worker)
        {
            T count = T.CreateTruncating(columns);
            for (int row = part * length; row < Math.Min((part + 1) * length, rows); row++)
            {
                T* from = x + (nint)row * columns, gradient = dy + (nint)row * columns;
                T center = mean[row], slope = Slope(variance[row], epsilon);
                T sum = Reduce.Dot(new ReadOnlySpan<T>(gradient, columns), new ReadOnlySpan<T>(scale, columns));
                T product = Reduce.Total(
                    new ScaledTimesDistance(double.CreateTruncating(center)), ref *from, ref *gradient, ref *scale, ref *from, columns);
                var term = new Back(
                    double.CreateTruncating(center), double.CreateTruncating(slope), double.CreateTruncating(sum / count),
                    double.CreateTruncating(slope * slope * product / count));
                ElementLoop.Run(term, ref *from, ref *gradient, ref *scale, ref *from, ref dx[(nint)row * columns], columns, accumulate);
            }
        }
    }

    private readonly struct Columns<T>(T* x, T* dy, T* dScale, T* mean, T* variance, T epsilon, int columns, int rows, int length) : IParts
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int part, int worker)
        {
            int at = part * length, count = Math.Min(length, columns - at);
            for (int row = 0; row < rows; row++)
            {
                var term = new TimesNormalized(double.CreateTruncating(mean[row]), double.CreateTruncating(Slope(variance[row], epsilon)));
                T* from = x + (nint)row * columns + at;
                ElementLoop.Run(term, ref *from, ref dy[(nint)row * columns + at], ref *from, ref *from, ref dScale[at], count, accumulate: true);
            }
        }
    }

    // (x − center)², summed.
    private readonly struct SquaredDistance(double center) : ITerm
    {
        [MethodImpl(Inline)]
        public V At<V, T>(ref T x, ref T b, ref T c, ref T d, ref T target, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            V distance = V.Load(ref x, i) - V.All(center);
            return distance * distance;
        }

        [MethodImpl(Inline)]
        public V AddTo<V, T>(V sum, ref T x, ref T b, ref T c, ref T d, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            V distance = V.Load(ref x, i) - V.All(center);
            return V.Fma(distance, distance, sum);
        }
    }

    // dy·scale·(x − center), summed.
    private readonly struct ScaledTimesDistance(double center) : ITerm
    {
        [MethodImpl(Inline)]
        public V At<V, T>(ref T x, ref T dy, ref T scale, ref T d, ref T target, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> => V.Load(ref dy, i) * V.Load(ref scale, i) * (V.Load(ref x, i) - V.All(center));

        [MethodImpl(Inline)]
        public V AddTo<V, T>(V sum, ref T x, ref T dy, ref T scale, ref T d, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> =>
            V.Fma(V.Load(ref dy, i) * V.Load(ref scale, i), V.Load(ref x, i) - V.All(center), sum);
    }

    // (x − center)·slope·scale + shift.
    private readonly struct Normalized(double center, double slope) : IElement
    {
        [MethodImpl(Inline)]
        public V At<V, T>(ref T x, ref T scale, ref T shift, ref T d, ref T target, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> =>
            V.Fma((V.Load(ref x, i) - V.All(center)) * V.All(slope), V.Load(ref scale, i), V.Load(ref shift, i));
    }

    // dy·(x − center)·slope.
    private readonly struct TimesNormalized(double center, double slope) : ITerm
    {
        [MethodImpl(Inline)]
        public V At<V, T>(ref T x, ref T dy, ref T c, ref T d, ref T target, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> => V.Load(ref dy, i) * ((V.Load(ref x, i) - V.All(center)) * V.All(slope));

        [MethodImpl(Inline)]
        public V AddTo<V, T>(V sum, ref T x, ref T dy, ref T c, ref T d, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> =>
            V.Fma(V.Load(ref dy, i), (V.Load(ref x, i) - V.All(center)) * V.All(slope), sum);
    }

    // slope·(dy·scale − mean − (x − center)·stretch).
    private readonly struct Back(double center, double slope, double mean, double stretch) : ITerm
    {
        [MethodImpl(Inline)]
        public V At<V, T>(ref T x, ref T dy, ref T scale, ref T d, ref T target, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> => V.All(slope) * Inner<V, T>(ref x, ref dy, ref scale, i);

        [MethodImpl(Inline)]
        public V AddTo<V, T>(V sum, ref T x, ref T dy, ref T scale, ref T d, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> => V.Fma(V.All(slope), Inner<V, T>(ref x, ref dy, ref scale, i), sum);

        [MethodImpl(Inline)]
        private V Inner<V, T>(ref T x, ref T dy, ref T scale, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> =>
            V.Fma(V.All(center) - V.Load(ref x, i), V.All(stretch), V.Load(ref dy, i) * V.Load(ref scale, i) - V.All(mean));
    }
}
