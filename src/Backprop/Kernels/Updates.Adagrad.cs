using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Kernels;

internal static unsafe partial class Updates
{
    /// <summary>s[i] ← s[i] + g[i]²; w[i] ← w[i] − η·g[i]/(√s[i] + ε).</summary>
    public static void Adagrad<T>(
        Span<T> w, ReadOnlySpan<T> g, Span<T> s, T rate, T epsilon, Work threads = default, Adjustment<T> adjustment = default)
        where T : unmanaged, IFloatingPointIeee754<T> => Run(new AdagradUpdate<T>(-rate, epsilon), w, g, s, s, threads, adjustment);

    private readonly struct AdagradUpdate<T>(T minusRate, T epsilon) : IUpdate<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly T minusRate = minusRate, epsilon = epsilon;

        [MethodImpl(Inline)]
        public V At<V>(V w, V g, ref T s, ref T second, nuint i) where V : struct, ILanes<V, T>
        {
            V sum = WithoutDenormals(V.Fma(g, g, V.Load(ref s, i)));
            sum.Store(ref s, i);
            return V.Fma(V.Repeat(in minusRate), g / (V.Sqrt(sum) + V.Repeat(in epsilon)), w);
        }
    }
}
