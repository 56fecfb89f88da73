using System.Numerics;

namespace Backprop.Kernels;

/// <summary>The updates of the optimizers, each in one pass over memory.</summary>
internal static class Updates
{
    /// <summary>w[i] ← w[i] − η·g[i].</summary>
    public static void Sgd<T>(Span<T> w, ReadOnlySpan<T> g, T rate) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < w.Length; i++) w[i] = T.FusedMultiplyAdd(-rate, g[i], w[i]);
    }

    /// <summary>v[i] ← μ·v[i] + g[i]; w[i] ← w[i] − η·v[i], or − η·(g[i] + μ·v[i]) with Nesterov's look ahead.</summary>
    public static void Momentum<T>(Span<T> w, ReadOnlySpan<T> g, Span<T> v, T rate, T momentum, bool nesterov)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < w.Length; i++)
        {
            T velocity = Faded(T.FusedMultiplyAdd(momentum, v[i], g[i]));
            v[i] = velocity;
            w[i] = T.FusedMultiplyAdd(-rate, nesterov ? T.FusedMultiplyAdd(momentum, velocity, g[i]) : velocity, w[i]);
        }
    }

    /// <summary>m[i] ← β₁·m[i] + (1 − β₁)·g[i]; v[i] ← β₂·v[i] + (1 − β₂)·g[i]²; w[i] ← w[i] − rate·m[i]/(√v[i]·scale + ε).</summary>
    public static void Adam<T>(Span<T> w, ReadOnlySpan<T> g, Span<T> m, Span<T> v, AdamFactors<T> by) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < w.Length; i++)
        {
            T mean = Faded(T.FusedMultiplyAdd(by.OneMinusBeta1, g[i], by.Beta1 * m[i]));
            T square = T.FusedMultiplyAdd(by.OneMinusBeta2 * g[i], g[i], by.Beta2 * v[i]);
            if (square < Smallest<T>()) square = T.Zero;
            m[i] = mean;
            v[i] = square;
            w[i] = T.FusedMultiplyAdd(-by.Rate, mean / T.FusedMultiplyAdd(T.Sqrt(square), by.Scale, by.Epsilon), w[i]);
        }
    }

    /// <summary>What is too small to move a weight becomes 0: a fading mean would otherwise stick at a denormal for ever, and denormals are slow.</summary>
    internal static T Faded<T>(T value) where T : unmanaged, IFloatingPointIeee754<T> =>
        T.Abs(value) < (typeof(T) == typeof(double) ? T.CreateTruncating(1e-290) : T.CreateTruncating(1e-30)) ? T.Zero : value;

    /// <summary>The smallest normal number. Squares may well be smaller than what <see cref="Faded"/> spares.</summary>
    internal static T Smallest<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        typeof(T) == typeof(double) ? T.CreateTruncating(2.2250738585072014e-308) : T.CreateTruncating(1.17549435e-38f);
}

/// <summary>The numbers that one step of Adam multiplies with, the same for all elements of a parameter.</summary>
/// <param name="Beta1">β₁.</param>
/// <param name="OneMinusBeta1">1 − β₁.</param>
/// <param name="Beta2">β₂.</param>
/// <param name="OneMinusBeta2">1 − β₂.</param>
/// <param name="Rate">η/(1 − β₁ᵗ).</param>
/// <param name="Scale">1/√(1 − β₂ᵗ).</param>
/// <param name="Epsilon">ε.</param>
internal readonly record struct AdamFactors<T>(T Beta1, T OneMinusBeta1, T Beta2, T OneMinusBeta2, T Rate, T Scale, T Epsilon);
