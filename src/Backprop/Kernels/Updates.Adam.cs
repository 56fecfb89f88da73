using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Kernels;

internal static unsafe partial class Updates
{
    /// <summary>m[i] ← β₁·m[i] + (1 − β₁)·g[i]; v[i] ← β₂·v[i] + (1 − β₂)·g[i]²; w[i] ← w[i] − rate·m[i]/(√v[i]·scale + ε).</summary>
    public static void Adam<T>(
        Span<T> w, ReadOnlySpan<T> g, Span<T> m, Span<T> v, AdamFactors<T> by, Work threads = default, Adjustment<T> adjustment = default)
        where T : unmanaged, IFloatingPointIeee754<T> => Run(new AdamUpdate<T>(by), w, g, m, v, threads, adjustment);

    private readonly struct AdamUpdate<T>(AdamFactors<T> by) : IUpdate<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly T beta1 = by.Beta1, rest1 = by.Rest1, beta2 = by.Beta2, rest2 = by.Rest2;
        private readonly T minusRate = -by.Rate, scale = by.Scale, epsilon = by.Epsilon;

        [MethodImpl(Inline)]
        public V At<V>(V w, V g, ref T m, ref T v, nuint i) where V : struct, ILanes<V, T>
        {
            V mean = Faded(V.Fma(V.Repeat(in rest1), g, V.Repeat(in beta1) * V.Load(ref m, i)));
            V square = WithoutDenormals(V.Fma(V.Repeat(in rest2) * g, g, V.Repeat(in beta2) * V.Load(ref v, i)));
            mean.Store(ref m, i);
            square.Store(ref v, i);
            V root = V.Fma(V.Sqrt(square), V.Repeat(in scale), V.Repeat(in epsilon));
            return V.Fma(V.Repeat(in minusRate), mean / root, w);
        }
    }
}

/// <summary>The numbers that one step of Adam multiplies with, the same for all elements of a parameter.</summary>
/// <param name="Beta1">β₁.</param>
/// <param name="Rest1">1 − β₁.</param>
/// <param name="Beta2">β₂.</param>
/// <param name="Rest2">1 − β₂.</param>
/// <param name="Rate">η/(1 − β₁ᵗ).</param>
/// <param name="Scale">1/√(1 − β₂ᵗ).</param>
/// <param name="Epsilon">ε.</param>
internal readonly record struct AdamFactors<T>(T Beta1, T Rest1, T Beta2, T Rest2, T Rate, T Scale, T Epsilon);
