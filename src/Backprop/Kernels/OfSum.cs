using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Kernels;

/// <summary>f(a + b): a gate from what x and what h_(t−1) gave.</summary>
internal readonly struct OfSum<TFunction> : IElement where TFunction : struct, IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V At<V, T>(ref T a, ref T b, ref T c, ref T d, ref T target, nuint i)
        where V : struct, ILanes<V, T> where T : unmanaged, IFloatingPointIeee754<T> => default(TFunction).Value(V.Load(ref a, i) + V.Load(ref b, i));
}

/// <summary>σ(a + b).</summary>
internal readonly struct SigmoidOfSum : IElement
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V At<V, T>(ref T a, ref T b, ref T c, ref T d, ref T target, nuint i)
        where V : struct, ILanes<V, T> where T : unmanaged, IFloatingPointIeee754<T> => VectorMath.Sigmoid(V.Load(ref a, i) + V.Load(ref b, i));
}

/// <summary>tanh(a + b).</summary>
internal readonly struct TanhOfSum : IElement
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V At<V, T>(ref T a, ref T b, ref T c, ref T d, ref T target, nuint i)
        where V : struct, ILanes<V, T> where T : unmanaged, IFloatingPointIeee754<T> => VectorMath.Tanh(V.Load(ref a, i) + V.Load(ref b, i));
}
