using System.Numerics;

namespace Backprop.Kernels;

/// <summary>A simple recurrent network, h_t = f(x_t·Wx + b + h_(t−1)·Wh).</summary>
/// <param name="n">The sequences.</param>
/// <param name="units">H.</param>
/// <param name="h">[T + 1, N, H], h_0 in front; forward finds x_t·Wx + b in the place of h_t.</param>
/// <param name="delta">[T, N, H]; null forward.</param>
/// <param name="gradient">dh, [T + 1, N, H]; null forward.</param>
/// <param name="product">[N, H], working memory; null backward.</param>
/// <param name="places">Where the states go, and on the way back their gradients come from.</param>
internal readonly unsafe struct RnnRecurrence<T, TFunction>(int n, int units, T* h, T* delta, T* gradient, T* product, StatePlaces<T> places) : IRecurrence<T>
    where T : unmanaged, IFloatingPointIeee754<T> where TFunction : struct, IUnary
{
    public T* State(int t, int row) => h + ((nint)t * n + row) * units;

    public T* Delta(int t, int row) => delta + ((nint)(t - 1) * n + row) * units;

    public T* Product(int row) => product + (nint)row * units;

    public T* Gradient(int t, int row) => gradient + ((nint)t * n + row) * units;

    public void Step(int t, int row, int rows)
    {
        T* state = State(t, row);
        ElementLoop.Run(default(OfSum<TFunction>), ref *state, ref *Product(row), ref *state, ref *state, ref *state, rows * units);   // h_t = f of both
        places.Give(t, row, rows, state);
    }

    public void Skip(int t, int row)
    {
        new ReadOnlySpan<T>(State(t - 1, row), units).CopyTo(new Span<T>(State(t, row), units));
        places.GiveNothing(t, row);
    }

    public void Begin(int t, int row, int rows) => places.Take(t, row, rows, Gradient(t, row), keep: false);

    public void StepBack(int t, int row, int rows)
    {
        var state = new ReadOnlySpan<T>(State(t, row), rows * units);
        var to = new Span<T>(Delta(t, row), rows * units);
        Elementwise.Backward(default(TFunction), state, state, new ReadOnlySpan<T>(Gradient(t, row), rows * units), to, accumulate: false);   // δ_t = dh_t·f′
    }
}

/// <summary>A simple recurrent network over whole sequences.</summary>
internal static unsafe class RnnKernel
{
    /// <summary>Fills h and gives the states out.</summary>
    public static void Forward<T, TFunction>(
        SequencePlan plan, ReadOnlySpan<int> lengths, ReadOnlySpan<T> wh, Span<T> copy, Span<T> product, Span<T> h, Span<T> y, Work threads)
        where T : unmanaged, IFloatingPointIeee754<T> where TFunction : struct, IUnary
    {
        fixed (int* l = lengths)
        fixed (T* w = wh, c = copy, p = product, s = h, to = y)
            plan.Forward(new RnnRecurrence<T, TFunction>(plan.N, plan.Units, s, null, null, p, plan.Places(l, to)), l, w, c, threads);
    }

    /// <summary>Fills dh and δ from the gradients of the states that were given out.</summary>
    public static void Backward<T, TFunction>(
        SequencePlan plan, ReadOnlySpan<int> lengths, ReadOnlySpan<T> wh, Span<T> copy, ReadOnlySpan<T> h, ReadOnlySpan<T> dy, Span<T> dh, Span<T> delta,
        int until, Work threads)
        where T : unmanaged, IFloatingPointIeee754<T> where TFunction : struct, IUnary
    {
        fixed (int* l = lengths)
        fixed (T* w = wh, c = copy, s = h, from = dy, g = dh, d = delta)
            plan.Backward(new RnnRecurrence<T, TFunction>(plan.N, plan.Units, s, d, g, null, plan.Places(l, from)), l, w, c, until, threads);
    }
}
