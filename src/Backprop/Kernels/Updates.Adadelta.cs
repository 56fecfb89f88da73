using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Kernels;

internal static unsafe partial class Updates
{
    /// <summary>s[i] ← ρ·s[i] + (1 − ρ)·g[i]²; d = g[i]·√(u[i] + ε)/√(s[i] + ε); u[i] ← ρ·u[i] + (1 − ρ)·d²; w[i] ← w[i] − η·d.</summary>
    public static void Adadelta<T>(
        Span<T> w, ReadOnlySpan<T> g, Span<T> s, Span<T> u, AdadeltaFactors<T> by, Work threads = default, Adjustment<T> adjustment = default)
        where T : unmanaged, IFloatingPointIeee754<T> => Run(new AdadeltaUpdate<T>(by), w, g, s, u, threads, adjustment);

    private readonly struct AdadeltaUpdate<T>(AdadeltaFactors<T> by) : IUpdate<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly T minusRate = -by.Rate, rho = by.Rho, rest = by.Rest, epsilon = by.Epsilon;

        [MethodImpl(Inline)]
        public V At<V>(V w, V g, ref T s, ref T u, nuint i) where V : struct, ILanes<V, T>
        {
            V bias = V.Repeat(in epsilon), steps = V.Load(ref u, i);
            V square = Mean(g, V.Load(ref s, i));
            V step = V.Sqrt(steps + bias) / V.Sqrt(square + bias) * g;
            square.Store(ref s, i);
            Mean(step, steps).Store(ref u, i);
            return V.Fma(V.Repeat(in minusRate), step, w);
        }

        /// <summary>ρ·mean + (1 − ρ)·x².</summary>
        [MethodImpl(Inline)]
        private V Mean<V>(V x, V mean) where V : struct, ILanes<V, T> =>
            WithoutDenormals(V.Fma(V.Repeat(in rest) * x, x, V.Repeat(in rho) * mean));
    }
}

/// <summary>The numbers that one step of Adadelta multiplies with, the same for all elements of a parameter.</summary>
/// <param name="Rho">ρ.</param>
/// <param name="Rest">1 − ρ.</param>
/// <param name="Rate">η.</param>
/// <param name="Epsilon">ε.</param>
internal readonly record struct AdadeltaFactors<T>(T Rho, T Rest, T Rate, T Epsilon);
