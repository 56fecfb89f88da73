using System.Numerics;

namespace Backprop.Kernels;

/// <summary>Where the numbers of a GRU lie, by time.</summary>
/// <param name="N">The sequences.</param>
/// <param name="Units">H.</param>
/// <param name="h">[T + 1, N, H]: the states, with what stands before the first time step in front; or their gradients.</param>
/// <param name="gates">[T, N, 3·H]: r, z and n; or δ as x sees it.</param>
/// <param name="q">[T, N, width]: n's weighted sum of h_(t−1), H wide; or δ as h_(t−1) sees it, 3·H wide.</param>
/// <param name="width">The width of q.</param>
internal readonly unsafe struct GruPlaces<T>(int N, int Units, T* h, T* gates, T* q, int width) where T : unmanaged
{
    public T* H(int t, int row) => h + ((nint)t * N + row) * Units;

    public T* Gates(int t, int row) => gates + ((nint)(t - 1) * N + row) * 3 * Units;

    public T* Q(int t, int row) => q + ((nint)(t - 1) * N + row) * width;
}

/// <summary>A gated recurrent unit: gates r and z, candidate n = tanh(x_t·Wxn + bn + r·q) with q = h_(t−1)·Whn + b′n, h_t = (1 − z)·n +
/// z·h_(t−1).</summary>
/// <param name="time">The time steps.</param>
/// <param name="units">H.</param>
/// <param name="values">h, the gates and q; forward finds x_t·Wx + b in the place of the gates.</param>
/// <param name="gradients">Their gradients.</param>
/// <param name="bias">b′, [3·H], which the product with h takes; null for none.</param>
/// <param name="product">[N, 3·H], working memory of the way forward.</param>
/// <param name="places">Where the states go, and on the way back their gradients come from.</param>
internal readonly unsafe struct GruRecurrence<T>(
    Timeline time, int units, GruPlaces<T> values, GruPlaces<T> gradients, T* bias, T* product, StatePlaces<T> places)
    : IRecurrence<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    public T* State(int t, int row) => values.H(t, row);

    public T* Delta(int t, int row) => gradients.Q(t, row);

    public T* Gradient(int t, int row) => gradients.H(t, row);

    public T* Product(int row) => product + (nint)row * 3 * units;

    public void Step(int t, int row, int rows)
    {
        for (int n = row; n < row + rows; n++)
        {
            T* gates = values.Gates(t, n), sums = Product(n);
            if (bias != null) Elementwise.Copy(new ReadOnlySpan<T>(bias, 3 * units), new Span<T>(sums, 3 * units), accumulate: true);
            ElementLoop.Run(default(SigmoidOfSum), ref *gates, ref *sums, ref *gates, ref *gates, ref *gates, 2 * units);   // r, z
            GateLoop.Run<GruStates<T>, T>(new(gates, units, sums + 2 * units, values.Q(t, n), values.H(t - 1, n), values.H(t, n)), units);
        }
        places.Give(t, row, rows, State(t, row));
    }

    public void Skip(int t, int row)
    {
        new ReadOnlySpan<T>(values.H(t - 1, row), units).CopyTo(new Span<T>(values.H(t, row), units));
        new Span<T>(values.Gates(t, row), 3 * units).Clear();
        new Span<T>(values.Q(t, row), units).Clear();
        places.GiveNothing(t, row);
    }

    public void Begin(int t, int row, int rows) => places.Take(t, row, rows, gradients.H(t, row), keep: true);

    public void StepBack(int t, int row, int rows)
    {
        for (int n = row; n < row + rows; n++)
            if (time.Has(n, t))
                GateLoop.Run<GruDeltas<T>, T>(
                    new(values.Gates(t, n), units, values.Q(t, n), values.H(t - 1, n), gradients.H(t, n), gradients.H(t - 1, n), gradients.Gates(t, n),
                        gradients.Q(t, n)), units);
            else
            {
                new Span<T>(gradients.Gates(t, n), 3 * units).Clear();
                new Span<T>(gradients.Q(t, n), 3 * units).Clear();
            }
    }
}

/// <summary>A gated recurrent unit over whole sequences.</summary>
internal static unsafe class GruKernel
{
    /// <summary>Fills h, the gates and q, and gives the states out.</summary>
    public static void Forward<T>(
        SequencePlan plan, ReadOnlySpan<int> lengths, ReadOnlySpan<T> wh, ReadOnlySpan<T> bias, Span<T> copy, Span<T> product, Span<T> h, Span<T> gates,
        Span<T> q, Span<T> y, Work threads) where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (int* l = lengths)
        fixed (T* w = wh, b = bias, place = copy, p = product, ph = h, pg = gates, pq = q, to = y)
        {
            var values = new GruPlaces<T>(plan.N, plan.Units, ph, pg, pq, plan.Units);
            plan.Forward(new GruRecurrence<T>(plan.Time(l), plan.Units, values, default, b, p, plan.Places(l, to)), l, w, place, threads);
        }
    }

    /// <summary>Fills dh and δ, as x and as h_(t−1) see it, from the gradients of the states that were given out.</summary>
    public static void Backward<T>(
        SequencePlan plan, ReadOnlySpan<int> lengths, ReadOnlySpan<T> wh, Span<T> copy, ReadOnlySpan<T> h, ReadOnlySpan<T> gates, ReadOnlySpan<T> q,
        ReadOnlySpan<T> dy, Span<T> dh, Span<T> delta, Span<T> recurrentDelta, int until, Work threads) where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (int* l = lengths)
        fixed (T* w = wh, place = copy, ph = h, pg = gates, pq = q, from = dy, gh = dh, gg = delta, gq = recurrentDelta)
        {
            var values = new GruPlaces<T>(plan.N, plan.Units, ph, pg, pq, plan.Units);
            var gradients = new GruPlaces<T>(plan.N, plan.Units, gh, gg, gq, 3 * plan.Units);
            plan.Backward(new GruRecurrence<T>(plan.Time(l), plan.Units, values, gradients, null, null, plan.Places(l, from)), l, w, place, until, threads);
        }
    }
}
