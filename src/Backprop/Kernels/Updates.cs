using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Backprop.Kernels;

/// <summary>How an optimizer changes the weights w at a place, by the gradient g there and by up to two numbers that it remembers.</summary>
internal interface IUpdate<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    void At<V>(ref T w, ref T g, ref T first, ref T second, nuint i) where V : struct, ILanes<V, T>;
}

/// <summary>The updates of the optimizers, each in one pass over memory, with the same bits at every vector width.</summary>
internal static unsafe class Updates
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>w[i] ← w[i] − η·g[i].</summary>
    public static void Sgd<T>(Span<T> w, ReadOnlySpan<T> g, T rate, Work threads = default) where T : unmanaged, IFloatingPointIeee754<T> =>
        Run(new SgdUpdate<T>(-rate), w, g, w, w, threads);

    /// <summary>v[i] ← μ·v[i] + g[i]; w[i] ← w[i] − η·v[i], or w[i] − η·(g[i] + μ·v[i]) with Nesterov's look ahead.</summary>
    public static void Momentum<T>(Span<T> w, ReadOnlySpan<T> g, Span<T> v, T rate, T momentum, bool nesterov, Work threads = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (nesterov) Run(new NesterovUpdate<T>(-rate, momentum), w, g, v, v, threads);
        else Run(new MomentumUpdate<T>(-rate, momentum), w, g, v, v, threads);
    }

    /// <summary>m[i] ← β₁·m[i] + (1 − β₁)·g[i]; v[i] ← β₂·v[i] + (1 − β₂)·g[i]²; w[i] ← w[i] − rate·m[i]/(√v[i]·scale + ε).</summary>
    public static void Adam<T>(Span<T> w, ReadOnlySpan<T> g, Span<T> m, Span<T> v, AdamFactors<T> by, Work threads = default)
        where T : unmanaged, IFloatingPointIeee754<T> => Run(new AdamUpdate<T>(by), w, g, m, v, threads);

    private static void Run<TUpdate, T>(TUpdate update, Span<T> w, ReadOnlySpan<T> g, Span<T> first, Span<T> second, Work threads)
        where TUpdate : struct, IUpdate<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int n = w.Length, use = threads.ForElements(n);
        ref T weight = ref MemoryMarshal.GetReference(w);
        ref T gradient = ref Elementwise.First(g, n), one = ref Elementwise.First<T>(first, n), two = ref Elementwise.First<T>(second, n);
        if (use == 1) Run(update, ref weight, ref gradient, ref one, ref two, n);
        else Share(update, ref weight, ref gradient, ref one, ref two, n, use);
    }

    private static void Run<TUpdate, T>(TUpdate update, ref T w, ref T g, ref T first, ref T second, int n)
        where TUpdate : struct, IUpdate<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        nuint done = 0;
        // Widest first; the narrower ones take what is left over.
        if (Lanes.Has512 && n >= Lanes512<T>.Count) done = Run<TUpdate, Lanes512<T>, T>(update, ref w, ref g, ref first, ref second, done, n);
        if (Lanes.Has256 && n - (int)done >= Lanes256<T>.Count) done = Run<TUpdate, Lanes256<T>, T>(update, ref w, ref g, ref first, ref second, done, n);
        if (Lanes.Has128 && n - (int)done >= Lanes128<T>.Count) done = Run<TUpdate, Lanes128<T>, T>(update, ref w, ref g, ref first, ref second, done, n);
        if (n > (int)done) Run<TUpdate, Lanes1<T>, T>(update, ref w, ref g, ref first, ref second, done, n);
    }

    /// <summary>Takes as many whole vectors as there are.</summary>
    /// <returns>The first place that is left over.</returns>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static nuint Run<TUpdate, V, T>(TUpdate update, ref T w, ref T g, ref T first, ref T second, nuint i, int n)
        where TUpdate : struct, IUpdate<T>
        where V : struct, ILanes<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (; i + (nuint)V.Count <= (nuint)n; i += (nuint)V.Count) update.At<V>(ref w, ref g, ref first, ref second, i);
        return i;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Share<TUpdate, T>(TUpdate update, ref T w, ref T g, ref T first, ref T second, int n, int threads)
        where TUpdate : struct, IUpdate<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int length = Work.PieceLength(n, threads);
        fixed (T* a = &w, b = &g, c = &first, d = &second)
            WorkPool.Shared.Run(new Pieces<TUpdate, T>(update, a, b, c, d, n, length), (n + length - 1) / length, threads);
    }

    /// <summary>The elements in pieces.</summary>
    private readonly struct Pieces<TUpdate, T>(TUpdate update, T* w, T* g, T* first, T* second, int n, int length) : IParts
        where TUpdate : struct, IUpdate<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int part, int worker)
        {
            int at = part * length;
            Updates.Run(update, ref w[at], ref g[at], ref first[at], ref second[at], Math.Min(length, n - at));
        }
    }

    /// <summary>What is too small to move a weight becomes 0: a fading mean would otherwise stick at a denormal for ever, and denormals are slow.</summary>
    [MethodImpl(Inline)]
    private static V Faded<V>(V value) where V : struct, ILanes<V> =>
        V.Select(V.Abs(value) < V.All(1e-290, 1e-30), V.All(0), value);

    private readonly struct SgdUpdate<T>(T minusRate) : IUpdate<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly T minusRate = minusRate;

        [MethodImpl(Inline)]
        public void At<V>(ref T w, ref T g, ref T first, ref T second, nuint i) where V : struct, ILanes<V, T> =>
            V.Fma(V.Repeat(in minusRate), V.Load(ref g, i), V.Load(ref w, i)).Store(ref w, i);
    }

    private readonly struct MomentumUpdate<T>(T minusRate, T momentum) : IUpdate<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly T minusRate = minusRate, momentum = momentum;

        [MethodImpl(Inline)]
        public void At<V>(ref T w, ref T g, ref T v, ref T second, nuint i) where V : struct, ILanes<V, T>
        {
            V velocity = Faded(V.Fma(V.Repeat(in momentum), V.Load(ref v, i), V.Load(ref g, i)));
            velocity.Store(ref v, i);
            V.Fma(V.Repeat(in minusRate), velocity, V.Load(ref w, i)).Store(ref w, i);
        }
    }

    private readonly struct NesterovUpdate<T>(T minusRate, T momentum) : IUpdate<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly T minusRate = minusRate, momentum = momentum;

        [MethodImpl(Inline)]
        public void At<V>(ref T w, ref T g, ref T v, ref T second, nuint i) where V : struct, ILanes<V, T>
        {
            V gradient = V.Load(ref g, i), mu = V.Repeat(in momentum);
            V velocity = Faded(V.Fma(mu, V.Load(ref v, i), gradient));
            velocity.Store(ref v, i);
            V.Fma(V.Repeat(in minusRate), V.Fma(mu, velocity, gradient), V.Load(ref w, i)).Store(ref w, i);
        }
    }

    private readonly struct AdamUpdate<T>(AdamFactors<T> by) : IUpdate<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly T beta1 = by.Beta1, rest1 = by.Rest1, beta2 = by.Beta2, rest2 = by.Rest2;
        private readonly T minusRate = -by.Rate, scale = by.Scale, epsilon = by.Epsilon;

        [MethodImpl(Inline)]
        public void At<V>(ref T w, ref T g, ref T m, ref T v, nuint i) where V : struct, ILanes<V, T>
        {
            V gradient = V.Load(ref g, i);
            V mean = Faded(V.Fma(V.Repeat(in rest1), gradient, V.Repeat(in beta1) * V.Load(ref m, i)));
            V square = V.Fma(V.Repeat(in rest2) * gradient, gradient, V.Repeat(in beta2) * V.Load(ref v, i));
            // Squares may well be smaller than what fades: only a denormal one is let go.
            square = V.Select(square < V.All(2.2250738585072014e-308, 1.17549435e-38), V.All(0), square);
            mean.Store(ref m, i);
            square.Store(ref v, i);
            V root = V.Fma(V.Sqrt(square), V.Repeat(in scale), V.Repeat(in epsilon));
            V.Fma(V.Repeat(in minusRate), mean / root, V.Load(ref w, i)).Store(ref w, i);
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
