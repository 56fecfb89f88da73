using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Backprop.Kernels;

/// <summary>Numbers of several samples, each with <paramref name="channels"/> planes of <paramref name="plane"/> neighbours in memory, seen
/// channel by channel. A sum over a channel adds the sums of its planes (in the lanes of <see cref="Reduce"/>) in the order of the samples.</summary>
internal readonly struct Channels(int samples, int channels, int plane)
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>How many numbers a channel has.</summary>
    public long Count => (long)samples * plane;

    /// <summary>Σ x over a channel.</summary>
    public T Sum<T>(ReadOnlySpan<T> x, int channel) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T sum = T.Zero;
        for (int n = 0; n < samples; n++) sum += Reduce.Sum(Plane(x, n, channel));
        return sum;
    }

    /// <summary>Σ a·(b − center) over a channel.</summary>
    public T SumOfProducts<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, T center, int channel) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var term = new TimesDistance(double.CreateTruncating(center));
        T sum = T.Zero;
        for (int n = 0; n < samples; n++)
        {
            ref T first = ref MemoryMarshal.GetReference(Plane(a, n, channel));
            sum += Reduce.Total(term, ref first, ref MemoryMarshal.GetReference(Plane(b, n, channel)), ref first, ref first, plane);
        }
        return sum;
    }

    /// <summary>Σ (x − center)² over a channel.</summary>
    public T SumOfSquares<T>(ReadOnlySpan<T> x, T center, int channel) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var term = new SquaredDistance(double.CreateTruncating(center));
        T sum = T.Zero;
        for (int n = 0; n < samples; n++)
        {
            ref T first = ref MemoryMarshal.GetReference(Plane(x, n, channel));
            sum += Reduce.Total(term, ref first, ref first, ref first, ref first, plane);
        }
        return sum;
    }

    /// <summary>y = (x − center)·factor + shift in a channel, rounded after the subtraction and at the end.</summary>
    public void Map<T>(ReadOnlySpan<T> x, Span<T> y, T center, T factor, T shift, int channel) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var element = new Mapped(double.CreateTruncating(center), double.CreateTruncating(factor), double.CreateTruncating(shift));
        for (int n = 0; n < samples; n++)
        {
            ref T first = ref MemoryMarshal.GetReference(Plane(x, n, channel));
            ElementLoop.Run(element, ref first, ref first, ref first, ref first, ref MemoryMarshal.GetReference(Plane(y, n, channel)), plane);
        }
    }

    /// <summary>dx (+)= factor·(dy − mean − (x − center)·slope) in a channel.</summary>
    public void MapBack<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx, T center, T factor, T mean, T slope, int channel, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var term = new MappedBack(
            double.CreateTruncating(center), double.CreateTruncating(factor), double.CreateTruncating(mean), double.CreateTruncating(slope));
        for (int n = 0; n < samples; n++)
        {
            ref T first = ref MemoryMarshal.GetReference(Plane(x, n, channel));
            ElementLoop.Run(
                term, ref first, ref MemoryMarshal.GetReference(Plane(dy, n, channel)), ref first, ref first,
                ref MemoryMarshal.GetReference(Plane(dx, n, channel)), plane, accumulate);
        }
    }

    /// <summary>y (+)= factor·x in a channel.</summary>
    public void Scale<T>(T factor, ReadOnlySpan<T> x, Span<T> y, int channel, bool accumulate) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int n = 0; n < samples; n++) Elementwise.Scale(factor, Plane(x, n, channel), Plane(y, n, channel), accumulate);
    }

    private ReadOnlySpan<T> Plane<T>(ReadOnlySpan<T> x, int sample, int channel) => x.Slice((sample * channels + channel) * plane, plane);

    private Span<T> Plane<T>(Span<T> x, int sample, int channel) => x.Slice((sample * channels + channel) * plane, plane);

    private readonly struct TimesDistance(double center) : ITerm
    {
        [MethodImpl(Inline)]
        public V At<V, T>(ref T a, ref T b, ref T c, ref T d, ref T target, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> => V.Load(ref a, i) * (V.Load(ref b, i) - V.All(center));

        [MethodImpl(Inline)]
        public V AddTo<V, T>(V sum, ref T a, ref T b, ref T c, ref T d, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> => V.Fma(V.Load(ref a, i), V.Load(ref b, i) - V.All(center), sum);
    }

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

    private readonly struct Mapped(double center, double factor, double shift) : IElement
    {
        [MethodImpl(Inline)]
        public V At<V, T>(ref T x, ref T b, ref T c, ref T d, ref T target, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> => V.Fma(V.Load(ref x, i) - V.All(center), V.All(factor), V.All(shift));
    }

    private readonly struct MappedBack(double center, double factor, double mean, double slope) : ITerm
    {
        [MethodImpl(Inline)]
        public V At<V, T>(ref T x, ref T dy, ref T c, ref T d, ref T target, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> => V.All(factor) * Inner<V, T>(ref x, ref dy, i);

        [MethodImpl(Inline)]
        public V AddTo<V, T>(V sum, ref T x, ref T dy, ref T c, ref T d, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> => V.Fma(V.All(factor), Inner<V, T>(ref x, ref dy, i), sum);

        [MethodImpl(Inline)]
        private V Inner<V, T>(ref T x, ref T dy, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> =>
            V.Fma(V.All(center) - V.Load(ref x, i), V.All(slope), V.Load(ref dy, i) - V.All(mean));
    }
}
