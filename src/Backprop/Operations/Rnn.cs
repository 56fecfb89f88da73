using System.Numerics;
using System.Runtime.CompilerServices;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>A simple recurrent network over a whole sequence.</summary>
public static class RnnOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Runs a simple recurrent network over sequences in one step, h_t = tanh(x_t·W_x + h_{t−1}·W_h + b).</summary>
        /// <param name="initialState">h_0, [N, H].</param>
        /// <param name="inputWeight">W_x, [D, H].</param>
        /// <param name="recurrentWeight">W_h, [H, H].</param>
        /// <param name="bias">b, [H]; none if left out.</param>
        /// <param name="returnSequences">Whether the output holds the states of all time steps instead of the last.</param>
        /// <param name="truncate">Over how many time steps a gradient flows back, 1 or more, counted from the end; over all if left out.</param>
        /// <remarks>
        /// Shapes: x [N, T, D] → the last state [N, H], or all of them, [N, T, H].
        /// Backward: δ_t = (dh_t + δ_{t+1}·W_hᵀ) · (1 − h_t²), dx_t = δ_t·W_xᵀ, dh_0 = δ_1·W_hᵀ, and summed over time
        /// dW_x = Σ x_tᵀ·δ_t, dW_h = Σ h_{t−1}ᵀ·δ_t, db = Σ δ_t.
        /// Keeps h, [T + 1, N, H], with h_0 in front, and after the backward pass δ, [T, N, H]: δ_1 is its first entry.
        /// The states have the bits of the time steps one by one; what does not hang on a state is one product for all of them.
        /// Source: Elman, Finding Structure in Time (1990); Werbos, Backpropagation Through Time (1990).
        /// </remarks>
        /// <exception cref="ShapeException">The shapes do not belong together, or there is no time step.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The truncation is below 1.</exception>
        public Tensor<T> Rnn(
            Tensor<T> initialState, Tensor<T> inputWeight, Tensor<T> recurrentWeight, Tensor<T>? bias = null, bool returnSequences = false,
            int? truncate = null)
        {
            if (truncate is < 1) throw new ArgumentOutOfRangeException(null, $"Rnn: truncate is {truncate}, 1 or more is needed.");
            return new RnnOp<T>(x, initialState, inputWeight, recurrentWeight, bias, returnSequences, truncate).Apply();
        }

        /// <summary>The same out of simple steps, each time step's input and state with its name.</summary>
        internal Tensor<T> UnrolledRnn(
            Tensor<T> initialState, Tensor<T> inputWeight, Tensor<T> recurrentWeight, Tensor<T>? bias, bool returnSequences, int? truncate)
        {
            int steps = x.Shape[1];
            var states = new Tensor<T>[steps];
            var carried = initialState;
            for (int t = 1; t <= steps; t++)
            {
                var state = states[t - 1] = x.Select(1, t - 1).Named($"x_{t}").RnnStep(carried, inputWeight, recurrentWeight, bias).Named($"h_{t}");
                bool cut = t < steps && truncate is { } reach && (steps - t) % reach == 0;
                carried = cut ? state.Detach() : state;
            }
            return returnSequences ? Nn<T>.Stack(1, states) : carried;
        }

        /// <summary>One time step, of x_t and h_{t−1}.</summary>
        internal Tensor<T> RnnStep(Tensor<T> state, Tensor<T> inputWeight, Tensor<T> recurrentWeight, Tensor<T>? bias) =>
            x.Linear(inputWeight, bias).Add(state.MatMul(recurrentWeight)).Tanh();
    }
}

internal sealed class RnnOp<T>(Tensor<T> x, Tensor<T> start, Tensor<T> wx, Tensor<T> wh, Tensor<T>? bias, bool all, int? truncate)
    : Operation<T>(bias is null ? [x, start, wx, wh] : [x, start, wx, wh, bias]) where T : unmanaged, IFloatingPointIeee754<T>
{
    private Tensor<T> states = null!;
    private Tensor<T>? delta;
    private Memory<T> inputs;
    private Memory<T> carried;

    private int N => x.Shape[0];
    private int Steps => x.Shape[1];
    private int D => x.Shape[2];
    private int H => wx.Shape[1];

    /// <summary>How many numbers the states of one time step are.</summary>
    private int Width => N * H;

    /// <summary>The first time step that a gradient reaches, from 0.</summary>
    private int First => all || truncate is null ? 0 : Math.Max(0, Steps - truncate.Value);

    public override string Formula => $"h_t = tanh({{0}}_t·{{2}} + h_(t−1)·{{3}}{(bias is null ? "" : " + {4}")}), h_0 = {{1}}";

    public override long MultiplyAdds => (long)N * Steps * H * (D + H);

    public override string GradientFormula(int input)
    {
        string delta = all ? ", δ_t = ({dy}_t + δ_(t+1)·{3}ᵀ) · (1 − h_t²)"
            : $", δ_t = δ_(t+1)·{{3}}ᵀ · (1 − h_t²), δ_{Steps} = {{dy}} · (1 − h_{Steps}²)";
        string product = input switch
        {
            0 => "δ_t·{2}ᵀ",
            1 => "δ_1·{3}ᵀ",
            2 => "Σ t of {0}_tᵀ·δ_t",
            3 => "Σ t of h_(t−1)ᵀ·δ_t",
            _ => "Σ t and rows of δ_t",
        };
        return product + delta;
    }

    protected override Shape InferShape()
    {
        if (x.Shape.Rank != 3 || x.Shape[1] == 0)
            throw new ShapeException("Rnn", $"x {x.Shape} came, [N, T, D] with at least one time step is needed", x.Shape);
        if (wx.Shape.Rank != 2 || wx.Shape[0] != D)
            throw new ShapeException("Rnn", $"W_x {wx.Shape} came, x {x.Shape} needs [{D}, H]", x.Shape, wx.Shape);
        if (wh.Shape != [H, H]) throw new ShapeException("Rnn", $"W_h {wh.Shape} came, W_x {wx.Shape} needs [{H}, {H}]", wx.Shape, wh.Shape);
        if (bias is not null && bias.Shape != [H])
            throw new ShapeException("Rnn", $"b {bias.Shape} came, W_x {wx.Shape} needs [{H}]", wx.Shape, bias.Shape);
        if (start.Shape != [N, H])
            throw new ShapeException(
                "Rnn", $"the first state {start.Shape} came, x {x.Shape} and W_x {wx.Shape} need [{N}, {H}]", start.Shape, x.Shape, wx.Shape);
        return all ? [N, Steps, H] : [N, H];
    }

    protected override void Prepare()
    {
        states = Keep("h", [Steps + 1, N, H]);
        inputs = Reserve(x.Length);
        carried = Reserve(Width);
        if (!Enumerable.Range(0, Inputs.Count).Any(Wants)) return;
        delta = Keep("δ", [Steps, N, H]);
        Write(delta).Clear();
    }

    protected override void Forward()
    {
        var h = Write(states);
        start.Values.CopyTo(h);
        Gemm.NN(InputsByTime(), wx.Values, h[Width..], Steps * N, H, D, accumulate: false, threads: Work);         // x·Wx, of all time steps
        if (bias is not null) Blocks.AddRow(bias.Values, h[Width..], Work);                                        // + b
        for (int t = 1; t <= Steps; t++)
        {
            Gemm.NN(At(h, t - 1), wh.Values, carried.Span, N, H, H, accumulate: false, threads: Work);             // h_(t−1)·Wh
            Elementwise.Map(default(TanhOfSum), At(h, t), carried.Span, At(h, t), threads: Work);                  // h_t = tanh of both
        }
        if (all) Blocks.Exchange(h[Width..], Result, 1, Steps, 1, N, H, accumulate: false);
        else At(h, Steps).CopyTo(Result);
    }

    protected override void Backward()
    {
        var h = states.Values;
        var δ = Write(delta!);
        WalkBack(h, δ);
        int first = First, rows = (Steps - first) * N;
        var reached = δ[(first * Width)..];
        if (Wants(2)) Gemm.TN(InputsByTime()[(first * N * D)..], reached, GradientOf(2), D, H, rows, Accumulate(2), threads: Work);   // dWx (+)= Σ x_tᵀ·δ_t
        if (Wants(0)) BackwardInput(reached, first, rows);
        if (Wants(1) && first == 0) Gemm.NT(At(δ, 0), wh.Values, GradientOf(1), N, H, H, Accumulate(1), threads: Work);               // dh_0 (+)= δ_1·Whᵀ
        else if (Wants(1) && !Accumulate(1)) GradientOf(1).Clear();
        if (Wants(3)) Gemm.TN(h[(first * Width)..], reached, GradientOf(3), H, H, rows, Accumulate(3), threads: Work);                // dWh (+)= Σ h_(t−1)ᵀ·δ_t
        if (bias is not null && Wants(4)) Reduce.SumAxis(reached, GradientOf(4), 1, rows, H, Accumulate(4), Work);                    // db (+)= Σ δ_t
    }

    /// <summary>Fills δ from the last time step to the first that a gradient reaches.</summary>
    private void WalkBack(ReadOnlySpan<T> h, Span<T> δ)
    {
        var dh = carried.Span;
        for (int t = Steps - 1; t >= First; t--)
        {
            bool isLast = t == Steps - 1, flowsOn = !isLast && !(truncate is { } reach && (Steps - 1 - t) % reach == 0);
            if (all) Blocks.Copy(OutputGradient, t * H, Steps * H, dh, 0, H, N, H, accumulate: false);             // dh_t = dy_t
            else if (isLast) OutputGradient.CopyTo(dh);
            if (flowsOn) Gemm.NT(At(δ, t + 1), wh.Values, dh, N, H, H, accumulate: all, threads: Work);            // dh_t (+)= δ_(t+1)·Whᵀ
            Elementwise.Backward(default(TanhFunction), At(h, t + 1), At(h, t + 1), dh, At(δ, t), accumulate: false, Work);   // δ_t = dh_t·(1 − h_t²)
        }
    }

    private void BackwardInput(ReadOnlySpan<T> reached, int first, int rows)
    {
        // The inputs by time have been read: their place serves the gradients.
        bool inPlace = N == 1;
        var dx = inPlace ? GradientOf(0) : inputs.Span;
        bool adds = inPlace && Accumulate(0);
        if (!adds) dx[..(first * N * D)].Clear();
        Gemm.NT(reached, wx.Values, dx[(first * N * D)..], rows, D, H, adds, threads: Work);                       // dx_t (+)= δ_t·Wxᵀ
        if (!inPlace) Blocks.Exchange(inputs.Span, GradientOf(0), 1, Steps, 1, N, D, Accumulate(0));
    }

    public override IEnumerable<Term<T>> Terms(int input, int index)
    {
        var δ = delta!;
        var (row, column) = Math.DivRem(index, input is 0 ? D : H);
        switch (input)
        {
            case 0:
                var (n, t) = Math.DivRem(row, Steps);
                return t < First ? []
                    : Enumerable.Range(0, H).Select(j => new Term<T>(Factor.Of(δ, t * Width + n * H + j), Factor.Of(wx, column * H + j)));
            case 1:
                return First > 0 ? []
                    : Enumerable.Range(0, H).Select(j => new Term<T>(Factor.Of(δ, row * H + j), Factor.Of(wh, column * H + j)));
            case 2:
                return Reached((time, sample) => new Term<T>(
                    Factor.Of(x, (sample * Steps + time) * D + row), Factor.Of(δ, time * Width + sample * H + column)));
            case 3:
                return Reached((time, sample) => new Term<T>(
                    Factor.Of(states, time * Width + sample * H + row), Factor.Of(δ, time * Width + sample * H + column)));
            default:
                return Reached((time, sample) => new Term<T>(Factor.Of(δ, time * Width + sample * H + index)));
        }
    }

    public override string WithNumbers(int index, Func<T, string> number)
    {
        var (row, j) = Math.DivRem(index, H);
        var (n, t) = all ? Math.DivRem(row, Steps) : (row, Steps - 1);
        string fromInput = Sum(D, d => $"{number(x.Values[(n * Steps + t) * D + d])}·{number(wx.Values[d * H + j])}");
        string fromState = Sum(H, i => $"{number(states.Values[t * Width + n * H + i])}·{number(wh.Values[i * H + j])}");
        return $"tanh({fromInput} + {fromState}{(bias is null ? "" : $" + {number(bias.Values[j])}")})";
    }

    public override Tensor<T> Unfold(IReadOnlyList<Tensor<T>> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return inputs[0].UnrolledRnn(inputs[1], inputs[2], inputs[3], bias is null ? null : inputs[4], all, truncate);
    }

    private IEnumerable<Term<T>> Reached(Func<int, int, Term<T>> term) =>
        from t in Enumerable.Range(First, Steps - First)
        from n in Enumerable.Range(0, N)
        select term(t, n);

    /// <summary>x as [T, N, D]: what belongs to one time step side by side.</summary>
    private ReadOnlySpan<T> InputsByTime()
    {
        if (N == 1) return x.Values;
        Blocks.Exchange(x.Values, inputs.Span, 1, N, 1, Steps, D, accumulate: false);
        return inputs.Span;
    }

    private Span<T> At(Span<T> series, int t) => series.Slice(t * Width, Width);

    private ReadOnlySpan<T> At(ReadOnlySpan<T> series, int t) => series.Slice(t * Width, Width);
}

/// <summary>tanh(a + b).</summary>
internal readonly struct TanhOfSum : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V>(V a, V b) where V : struct, ILanes<V> => VectorMath.Tanh(a + b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V DerivativeA<V>(V a, V b, V y) where V : struct, ILanes<V> => V.All(1) - y * y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V DerivativeB<V>(V a, V b, V y) where V : struct, ILanes<V> => V.All(1) - y * y;
}
