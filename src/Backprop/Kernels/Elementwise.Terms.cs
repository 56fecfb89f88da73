using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Kernels;

internal static partial class Elementwise
{
    /// <summary>How an operand is read: its own element at each place, or one element for all.</summary>
    private interface IReading
    {
        static abstract V Load<V, T>(ref T source, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T>;
    }

    private readonly struct Each : IReading
    {
        [MethodImpl(Inline)]
        public static V Load<V, T>(ref T source, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> => V.Load(ref source, i);
    }

    private readonly struct One : IReading
    {
        [MethodImpl(Inline)]
        public static V Load<V, T>(ref T source, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> => V.Repeat(ref source);
    }

    /// <summary>f(a, b).</summary>
    private readonly struct BinaryValue<TOp, A, B>(TOp op) : IElement
        where TOp : struct, IBinary where A : struct, IReading where B : struct, IReading
    {
        [MethodImpl(Inline)]
        public V At<V, T>(ref T a, ref T b, ref T c, ref T d, ref T y, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> => op.Value(A.Load<V, T>(ref a, i), B.Load<V, T>(ref b, i));
    }

    /// <summary>dy·∂f/∂a.</summary>
    private readonly struct PartialA<TOp, A, B>(TOp op) : ITerm
        where TOp : struct, IBinary where A : struct, IReading where B : struct, IReading
    {
        [MethodImpl(Inline)]
        public V At<V, T>(ref T a, ref T b, ref T y, ref T dy, ref T da, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> =>
            V.Load(ref dy, i) * op.DerivativeA(A.Load<V, T>(ref a, i), B.Load<V, T>(ref b, i), V.Load(ref y, i));

        [MethodImpl(Inline)]
        public V AddTo<V, T>(V sum, ref T a, ref T b, ref T y, ref T dy, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> =>
            V.Fma(V.Load(ref dy, i), op.DerivativeA(A.Load<V, T>(ref a, i), B.Load<V, T>(ref b, i), V.Load(ref y, i)), sum);
    }

    /// <summary>dy·∂f/∂b.</summary>
    private readonly struct PartialB<TOp, A, B>(TOp op) : ITerm
        where TOp : struct, IBinary where A : struct, IReading where B : struct, IReading
    {
        [MethodImpl(Inline)]
        public V At<V, T>(ref T a, ref T b, ref T y, ref T dy, ref T db, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> =>
            V.Load(ref dy, i) * op.DerivativeB(A.Load<V, T>(ref a, i), B.Load<V, T>(ref b, i), V.Load(ref y, i));

        [MethodImpl(Inline)]
        public V AddTo<V, T>(V sum, ref T a, ref T b, ref T y, ref T dy, nuint i)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IFloatingPointIeee754<T> =>
            V.Fma(V.Load(ref dy, i), op.DerivativeB(A.Load<V, T>(ref a, i), B.Load<V, T>(ref b, i), V.Load(ref y, i)), sum);
    }
}
