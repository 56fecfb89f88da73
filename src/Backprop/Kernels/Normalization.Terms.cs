using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Kernels;

internal static partial class Normalization
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>(x − center)².</summary>
    private readonly struct SquaredDistance : ITerm
    {
        [MethodImpl(Inline)]
        public V At<V, T>(ref T x, ref T b, ref T center, ref T d, ref T target, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> => AddTo(V.All(0), ref x, ref b, ref center, ref d, i);

        [MethodImpl(Inline)]
        public V AddTo<V, T>(V sum, ref T x, ref T b, ref T center, ref T d, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            V distance = V.Load(ref x, i) - V.Repeat(ref center);
            return V.Fma(distance, distance, sum);
        }
    }

    /// <summary>dy·(x − center).</summary>
    private readonly struct TimesDistance : ITerm
    {
        [MethodImpl(Inline)]
        public V At<V, T>(ref T dy, ref T x, ref T center, ref T d, ref T target, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> => AddTo(V.All(0), ref dy, ref x, ref center, ref d, i);

        [MethodImpl(Inline)]
        public V AddTo<V, T>(V sum, ref T dy, ref T x, ref T center, ref T d, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> => V.Fma(V.Load(ref dy, i), V.Load(ref x, i) - V.Repeat(ref center), sum);
    }

    /// <summary>(x − center)·factor + shift.</summary>
    private readonly struct Mapped(double center, double factor, double shift) : IElement
    {
        public static Mapped Of<T>(T center, T factor, T shift) where T : unmanaged, IFloatingPointIeee754<T> =>
            new(double.CreateTruncating(center), double.CreateTruncating(factor), double.CreateTruncating(shift));

        [MethodImpl(Inline)]
        public V At<V, T>(ref T x, ref T b, ref T c, ref T d, ref T y, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> => V.Fma(V.Load(ref x, i) - V.All(center), V.All(factor), V.All(shift));
    }

    /// <summary>factor·(dy − mean − (x − center)·slope).</summary>
    private readonly struct MappedBack(double center, double factor, double mean, double slope) : ITerm
    {
        public static MappedBack Of<T>(T center, T factor, T mean, T slope) where T : unmanaged, IFloatingPointIeee754<T> =>
            new(double.CreateTruncating(center), double.CreateTruncating(factor), double.CreateTruncating(mean), double.CreateTruncating(slope));

        [MethodImpl(Inline)]
        public V At<V, T>(ref T x, ref T dy, ref T c, ref T d, ref T dx, nuint i)
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
