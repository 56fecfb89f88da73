using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Kernels;

internal static unsafe partial class Updates
{
    /// <summary>adjusted[i] ← the gradient that a rule is to see; w[i] ← Keep·w[i]. For a rule that has no loop here.</summary>
    public static void Adjust<T>(Span<T> w, ReadOnlySpan<T> g, Span<T> adjusted, Adjustment<T> adjustment, Work threads = default)
        where T : unmanaged, IFloatingPointIeee754<T> => Run(default(StoredGradient<T>), w, g, adjusted, adjusted, threads, adjustment);

    private readonly struct StoredGradient<T> : IUpdate<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(Inline)]
        public V At<V>(V w, V g, ref T stored, ref T second, nuint i) where V : struct, ILanes<V, T>
        {
            g.Store(ref stored, i);
            return w;
        }
    }

    /// <summary>A rule that sees the gradient clipped and with the penalties' slopes, and the weight decayed.</summary>
    private readonly struct Adjusted<TUpdate, T>(TUpdate update, Adjustment<T> by) : IUpdate<T>
        where TUpdate : struct, IUpdate<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly T scale = by.Scale, bound = by.Bound, l1 = by.L1, l2 = by.L2, keep = by.Keep;

        [MethodImpl(Inline)]
        public V At<V>(V w, V g, ref T first, ref T second, nuint i) where V : struct, ILanes<V, T>
        {
            V limit = V.Repeat(in bound), pull = V.Repeat(in l1);
            g = V.Max(V.Min(V.Repeat(in scale) * g, limit), -limit);
            g = V.Fma(V.Repeat(in l2), w, g) + V.Select(w > V.All(0), pull, V.Select(w < V.All(0), -pull, V.All(0)));
            return update.At(V.Repeat(in keep) * w, g, ref first, ref second, i);
        }
    }
}

/// <summary>What happens before a rule sees a gradient and a weight: g ← clip(Scale·g) + L2·w + L1·sign w, then w ← Keep·w.</summary>
/// <param name="Acts">Whether anything happens; the other numbers count only then.</param>
/// <param name="Scale">The factor of the gradient, at most 1.</param>
/// <param name="Bound">No entry of the gradient is larger than this; may be infinite.</param>
/// <param name="L1">The slope of the penalty on absolute values.</param>
/// <param name="L2">The slope of the penalty on squares, for each unit of w.</param>
/// <param name="Keep">What decay leaves of a weight, 1 without it.</param>
internal readonly record struct Adjustment<T>(bool Acts, T Scale, T Bound, T L1, T L2, T Keep);
