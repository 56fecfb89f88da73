using System.Numerics;

namespace Backprop.Kernels;

/// <summary>Where the numbers of an LSTM lie, by time: [T, N, 4·H] or, with what stands before the first time step, [T + 1, N,
/// H].</summary>
internal readonly unsafe struct LstmPlaces<T>(int n, int units, T* h, T* c, T* gates) where T : unmanaged
{
    public T* H(int t, int row) => h + ((nint)t * n + row) * units;

    public T* C(int t, int row) => c + ((nint)t * n + row) * units;

    public T* Gates(int t, int row) => gates + ((nint)(t - 1) * n + row) * 4 * units;
}

/// <summary>A long short-term memory: gates i, f, o and candidate g, c_t = f·c_(t−1) + i·g, h_t = o·tanh(c_t).</summary>
/// <param name="time">The time steps.</param>
/// <param name="units">H.</param>
/// <param name="values">h, c and the gates; forward finds x_t·Wx + b in the place of the gates.</param>
/// <param name="gradients">Their gradients; that of the gates is δ.</param>
/// <param name="product">[N, 4·H], working memory of the way forward.</param>
/// <param name="places">Where the states go, and on the way back their gradients come from.</param>
internal readonly unsafe struct LstmRecurrence<T>(
    Timeline time, int units, LstmPlaces<T> values, LstmPlaces<T> gradients, T* product, StatePlaces<T> places)
    : IRecurrence<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    public T* State(int t, int row) => values.H(t, row);

    public T* Delta(int t, int row) => gradients.Gates(t, row);

    public T* Gradient(int t, int row) => gradients.H(t, row);

    public T* Product(int row) => product + (nint)row * 4 * units;

    public void Step(int t, int row, int rows)
    {
        for (int n = row; n < row + rows; n++)
        {
            T* gates = values.Gates(t, n), sums = Product(n);
            Activate<SigmoidOfSum>(gates, sums, 2 * units);                                                    // i, f
            Activate<TanhOfSum>(gates + 2 * units, sums + 2 * units, units);                                   // g
            Activate<SigmoidOfSum>(gates + 3 * units, sums + 3 * units, units);                                // o
            GateLoop.Run<LstmStates<T>, T>(new(gates, units, values.C(t - 1, n), values.C(t, n), values.H(t, n)), units);
        }
        places.Give(t, row, rows, State(t, row));
        places.GiveCell(t, row, rows, values.C(t, row));
    }

    public void Skip(int t, int row)
    {
        new ReadOnlySpan<T>(values.H(t - 1, row), units).CopyTo(new Span<T>(values.H(t, row), units));
        new ReadOnlySpan<T>(values.C(t - 1, row), units).CopyTo(new Span<T>(values.C(t, row), units));
        new Span<T>(values.Gates(t, row), 4 * units).Clear();
        places.GiveNothing(t, row);
    }

    public void Begin(int t, int row, int rows)
    {
        places.Take(t, row, rows, gradients.H(t, row), keep: false);
        places.TakeCell(t, row, rows, gradients.C(t, row));
    }

    public void StepBack(int t, int row, int rows)
    {
        for (int n = row; n < row + rows; n++)
            if (time.Has(n, t))
                GateLoop.Run<LstmDeltas<T>, T>(
                    new(values.Gates(t, n), units, values.C(t - 1, n), values.C(t, n), gradients.H(t, n), gradients.C(t, n), gradients.C(t - 1, n),
                        gradients.Gates(t, n)), units);
            else new Span<T>(gradients.Gates(t, n), 4 * units).Clear();
    }

    private static void Activate<TFunction>(T* z, T* sum, int count) where TFunction : struct, IElement =>
        ElementLoop.Run(default(TFunction), ref *z, ref *sum, ref *z, ref *z, ref *z, count);
}

/// <summary>A long short-term memory over whole sequences.</summary>
internal static unsafe class LstmKernel
{
    /// <summary>Fills h, c and the gates, and gives the states out.</summary>
    public static void Forward<T>(
        SequencePlan plan, ReadOnlySpan<int> lengths, ReadOnlySpan<T> wh, Span<T> copy, Span<T> product, Span<T> h, Span<T> c, Span<T> gates, Span<T> y,
        Work threads) where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (int* l = lengths)
        fixed (T* w = wh, place = copy, p = product, ph = h, pc = c, pg = gates, to = y)
        {
            var values = new LstmPlaces<T>(plan.N, plan.Units, ph, pc, pg);
            plan.Forward(new LstmRecurrence<T>(plan.Time(l), plan.Units, values, default, p, plan.Places(l, to)), l, w, place, threads);
        }
    }

    /// <summary>Fills dh, dc and δ from the gradients of the states that were given out.</summary>
    public static void Backward<T>(
        SequencePlan plan, ReadOnlySpan<int> lengths, ReadOnlySpan<T> wh, Span<T> copy, ReadOnlySpan<T> h, ReadOnlySpan<T> c, ReadOnlySpan<T> gates,
        ReadOnlySpan<T> dy, Span<T> dh, Span<T> dc, Span<T> delta, int until, Work threads) where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (int* l = lengths)
        fixed (T* w = wh, place = copy, ph = h, pc = c, pg = gates, from = dy, gh = dh, gc = dc, gg = delta)
        {
            var (values, gradients) = (new LstmPlaces<T>(plan.N, plan.Units, ph, pc, pg), new LstmPlaces<T>(plan.N, plan.Units, gh, gc, gg));
            plan.Backward(new LstmRecurrence<T>(plan.Time(l), plan.Units, values, gradients, null, plan.Places(l, from)), l, w, place, until, threads);
        }
    }
}
