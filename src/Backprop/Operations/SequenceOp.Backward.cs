using Backprop.Kernels;

namespace Backprop.Operations;

// The way back: the walk finds δ of all time steps, and what it gives to inputs and weights is one product each.
internal abstract partial class SequenceOp<T>
{
    /// <summary>The first time step that a gradient reaches, from 0. Of sequences of different lengths each has one of its own.</summary>
    protected int First => options.All || options.Truncate is null || options.Lengths is not null ? 0 : Math.Max(0, Steps - options.Truncate.Value);

    /// <summary>The last time step, from 1, that the walk back visits; 0 for the state before the first.</summary>
    protected int Until => First == 0 && WantsStart ? 0 : First + 1;

    /// <summary>Whether the walk back goes to what stands before the first time step.</summary>
    protected virtual bool WantsStart => Wants(1);

    /// <summary>Fills dh and δ, from the last time step down to <see cref="Until"/>.</summary>
    protected abstract void WalkBack();

    protected override void Backward()
    {
        WalkBack();
        int first = First, rows = (Steps - first) * N;
        var h = States.Values;
        var δ = Delta!.Values[(first * N * G)..];
        if (Wants(1)) Elementwise.Copy(StateGradients!.Values[..(N * H)], GradientOf(1), Accumulate(1));                             // dh_0
        if (Wants(2)) Gemm.TN(InputsByTime()[(first * N * D)..], δ, GradientOf(2), D, G, rows, Accumulate(2), threads: Work);        // dWx (+)= Σ x_tᵀ·δ_t
        if (Wants(0)) BackwardInput(δ, first, rows);
        if (Wants(3))
            Gemm.TN(                                                                                                                 // dWh (+)= Σ h_(t−1)ᵀ·δ_t
                h[(first * N * H)..], RecurrentDelta!.Values[(first * N * G)..], GradientOf(3), H, G, rows, Accumulate(3), threads: Work);
        BackwardMore();
        if (bias is not null && Wants(BiasAt)) Reduce.SumAxis(δ, GradientOf(BiasAt), 1, rows, G, Accumulate(BiasAt), Work);         // db (+)= Σ δ_t
    }

    /// <summary>The gradients of the inputs between Wh and b.</summary>
    protected virtual void BackwardMore()
    {
    }

    private void BackwardInput(ReadOnlySpan<T> δ, int first, int rows)
    {
        // The inputs by time have been read: their place serves the gradients.
        bool inPlace = ReadsInPlace;
        var dx = inPlace ? GradientOf(0) : inputs.Span;
        bool adds = inPlace && Accumulate(0);
        if (!adds) dx[..(first * N * D)].Clear();
        Gemm.NT(δ, inputWeight.Values, dx[(first * N * D)..], rows, D, G, adds, threads: Work);                                      // dx_t (+)= δ_t·Wxᵀ
        if (!inPlace) ByTime.Scatter(inputs.Span, GradientOf(0), N, Steps, D, Accumulate(0), Work);
    }
}
