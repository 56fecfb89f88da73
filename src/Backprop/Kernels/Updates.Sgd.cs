using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Kernels;

internal static unsafe partial class Updates
{
    /// <summary>w[i] ← w[i] − η·g[i].</summary>
    public static void Sgd<T>(Span<T> w, ReadOnlySpan<T> g, T rate, Work threads = default, Adjustment<T> adjustment = default)
        where T : unmanaged, IFloatingPointIeee754<T> => Run(new SgdUpdate<T>(-rate), w, g, w, w, threads, adjustment);

    /// <summary>v[i] ← μ·v[i] + g[i]; w[i] ← w[i] − η·v[i], or w[i] − η·(g[i] + μ·v[i]) with Nesterov's look ahead.</summary>
    public static void Momentum<T>(
        Span<T> w, ReadOnlySpan<T> g, Span<T> v, T rate, T momentum, bool nesterov, Work threads = default, Adjustment<T> adjustment = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (nesterov) Run(new NesterovUpdate<T>(-rate, momentum), w, g, v, v, threads, adjustment);
        else Run(new MomentumUpdate<T>(-rate, momentum), w, g, v, v, threads, adjustment);
    }

    private readonly struct SgdUpdate<T>(T minusRate) : IUpdate<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly T minusRate = minusRate;

        [MethodImpl(Inline)]
        public V At<V>(V w, V g, ref T first, ref T second, nuint i) where V : struct, ILanes<V, T> => V.Fma(V.Repeat(in minusRate), g, w);
    }

    private readonly struct MomentumUpdate<T>(T minusRate, T momentum) : IUpdate<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly T minusRate = minusRate, momentum = momentum;

        [MethodImpl(Inline)]
        public V At<V>(V w, V g, ref T v, ref T second, nuint i) where V : struct, ILanes<V, T>
        {
            V velocity = Faded(V.Fma(V.Repeat(in momentum), V.Load(ref v, i), g));
            velocity.Store(ref v, i);
            return V.Fma(V.Repeat(in minusRate), velocity, w);
        }
    }

    private readonly struct NesterovUpdate<T>(T minusRate, T momentum) : IUpdate<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly T minusRate = minusRate, momentum = momentum;

        [MethodImpl(Inline)]
        public V At<V>(V w, V g, ref T v, ref T second, nuint i) where V : struct, ILanes<V, T>
        {
            V mu = V.Repeat(in momentum), velocity = Faded(V.Fma(mu, V.Load(ref v, i), g));
            velocity.Store(ref v, i);
            return V.Fma(V.Repeat(in minusRate), V.Fma(mu, velocity, g), w);
        }
    }
}
