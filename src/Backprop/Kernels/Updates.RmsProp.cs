using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Kernels;

internal static unsafe partial class Updates
{
    /// <summary>s[i] ← α·s[i] + (1 − α)·g[i]²; w[i] ← w[i] − η·g[i]/(√s[i] + ε).</summary>
    public static void RmsProp<T>(
        Span<T> w, ReadOnlySpan<T> g, Span<T> s, RmsPropFactors<T> by, Work threads = default, Adjustment<T> adjustment = default)
        where T : unmanaged, IFloatingPointIeee754<T> => Run(new RmsPropUpdate<T>(by), w, g, s, s, threads, adjustment);

    /// <summary>As RmsProp, but the quotient goes into a velocity: v[i] ← μ·v[i] + g[i]/(√s[i] + ε); w[i] ← w[i] − η·v[i].</summary>
    public static void RmsPropWithMomentum<T>(
        Span<T> w, ReadOnlySpan<T> g, Span<T> s, Span<T> v, RmsPropFactors<T> by, T momentum, Work threads = default, Adjustment<T> adjustment = default)
        where T : unmanaged, IFloatingPointIeee754<T> => Run(new RmsPropMomentumUpdate<T>(new(by), momentum), w, g, s, v, threads, adjustment);

    private readonly struct RmsPropUpdate<T>(RmsPropFactors<T> by) : IUpdate<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly T minusRate = -by.Rate, alpha = by.Alpha, rest = by.Rest, epsilon = by.Epsilon;

        [MethodImpl(Inline)]
        public V At<V>(V w, V g, ref T s, ref T second, nuint i) where V : struct, ILanes<V, T> => Move(w, Quotient(g, ref s, i));

        [MethodImpl(Inline)]
        public V Quotient<V>(V g, ref T s, nuint i) where V : struct, ILanes<V, T>
        {
            V square = WithoutDenormals(V.Fma(V.Repeat(in rest) * g, g, V.Repeat(in alpha) * V.Load(ref s, i)));
            square.Store(ref s, i);
            return g / (V.Sqrt(square) + V.Repeat(in epsilon));
        }

        [MethodImpl(Inline)]
        public V Move<V>(V w, V step) where V : struct, ILanes<V, T> => V.Fma(V.Repeat(in minusRate), step, w);
    }

    private readonly struct RmsPropMomentumUpdate<T>(RmsPropUpdate<T> plain, T momentum) : IUpdate<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly T momentum = momentum;

        [MethodImpl(Inline)]
        public V At<V>(V w, V g, ref T s, ref T v, nuint i) where V : struct, ILanes<V, T>
        {
            V velocity = Faded(V.Fma(V.Repeat(in momentum), V.Load(ref v, i), plain.Quotient(g, ref s, i)));
            velocity.Store(ref v, i);
            return plain.Move(w, velocity);
        }
    }
}

/// <summary>The numbers that one step of RMSprop multiplies with, the same for all elements of a parameter.</summary>
/// <param name="Alpha">α.</param>
/// <param name="Rest">1 − α.</param>
/// <param name="Rate">η.</param>
/// <param name="Epsilon">ε.</param>
internal readonly record struct RmsPropFactors<T>(T Alpha, T Rest, T Rate, T Epsilon);
