using System.Numerics;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>A long short-term memory over a whole sequence.</summary>
public static class LstmOperation
{
    /// <summary>The gates in the order in which their columns stand in the weights.</summary>
    internal static readonly IReadOnlyList<string> Gates = ["i", "f", "g", "o"];

    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Runs a long short-term memory over sequences in one step: c_t = f_t·c_{t−1} + i_t·g_t, h_t = o_t·tanh(c_t).</summary>
        /// <param name="initialState">h_0 and c_0, each [N, H].</param>
        /// <param name="inputWeight">W_x, [D, 4·H], the columns of i, f, g and o one behind the other.</param>
        /// <param name="recurrentWeight">W_h, [H, 4·H].</param>
        /// <param name="bias">b, [4·H]; none if left out.</param>
        /// <param name="returnSequences">Whether the output holds the states of all time steps instead of the last.</param>
        /// <param name="truncate">Over how many time steps a gradient flows back, 1 or more, counted from the end; over all if left
        /// out.</param>
        /// <param name="lengths">[N], how many time steps each sequence has, 1 to T; all of them if left out.</param>
        /// <param name="returnState">Whether the last state and the last cell stand behind the states given out.</param>
        /// <remarks>
        /// Shapes: x [N, T, D] → the last state [N, H], with the last cell [N, 2, H]; or all states, [N, T, H], with the last state and
        /// cell [N, T + 2, H].
        /// Forward: z_t = x_t·W_x + h_{t−1}·W_h + b; i, f, o = σ of their columns, g = tanh of its own.
        /// Of a sequence that is shorter than T, what follows is padding: no number there counts, the states given out for it are 0, and
        /// the last
        /// state and cell are those of its own last time step.
        /// Backward: dh_t = dy_t + δ_{t+1}·W_hᵀ, dc_t = dh_t·o·(1 − tanh²c_t) + dc_{t+1}·f_{t+1}; δ of i, f, g, o = dc_t·g·i(1 − i),
        /// dc_t·c_{t−1}·f(1 − f),
        /// dc_t·i·(1 − g²), dh_t·tanh(c_t)·o(1 − o); dx_t = δ_t·W_xᵀ, dW_x = Σ x_tᵀ·δ_t, dW_h = Σ h_{t−1}ᵀ·δ_t, db = Σ δ_t.
        /// Keeps h and c, [T + 1, N, H], with h_0 and c_0 in front, the gates, [T, N, 4·H], and after the backward pass dh, dc and δ
        /// likewise.
        /// Source: Hochreiter, Schmidhuber, Long Short-Term Memory (1997); Gers, Schmidhuber, Cummins, Learning to Forget (2000).
        /// </remarks>
        /// <exception cref="ShapeException">The shapes do not belong together, or there is no time step.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The truncation is below 1, or a length is outside its range.</exception>
        public Tensor<T> Lstm(
            LstmState<T> initialState, Tensor<T> inputWeight, Tensor<T> recurrentWeight, Tensor<T>? bias = null, bool returnSequences = false,
            int? truncate = null, Indices? lengths = null, bool returnState = false)
        {
            ArgumentNullException.ThrowIfNull(initialState);
            return new LstmOp<T>(
                x, initialState, inputWeight, recurrentWeight, bias, new(returnSequences, truncate, lengths, returnState)).Apply();
        }
    }
}

internal sealed class LstmOp<T>(Tensor<T> x, LstmState<T> start, Tensor<T> wx, Tensor<T> wh, Tensor<T>? bias, SequenceOptions options)
    : SequenceOp<T>(x, start.Hidden, wx, wh, bias, options, start.Cell) where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int StartCell = 4;

    private Tensor<T> cells = null!;
    private Tensor<T> gates = null!;
    private Tensor<T>? cellGradients;
    private Memory<T> product;

    public override string Formula =>
        $"z_t = {{0}}_t·{{2}} + h_(t−1)·{{3}}{(Bias is null ? "" : $" + {{{BiasAt}}}")}, i f o = σ(z_t), g = tanh(z_t), " +
        "c_t = f·c_(t−1) + i·g, h_t = o·tanh(c_t), h_0 = {1}, c_0 = {4}";

    protected override int Gates => 4;

    protected override bool HasCell => true;

    protected override bool WantsStart => Wants(1) || Wants(StartCell);

    protected override Span<T> Sums => Write(gates);

    protected override ReadOnlySpan<T> Carrier => cellGradients!.Values;

    // o·(1 − tanh²c) with tanh c = h/o.
    protected override double DirectShare(int at)
    {
        var (row, unit) = Math.DivRem(at - N * H, H);
        double o = double.CreateTruncating(gates.Values[row * G + 3 * H + unit]), h = double.CreateTruncating(States.Values[at]);
        return o > 0 ? o - h * h / o : 0;
    }

    public override string GradientFormula(int input)
    {
        const string Deltas =
            ", δ_t = dc_t·g·i(1 − i), dc_t·c_(t−1)·f(1 − f), dc_t·i·(1 − g²), dh_t·tanh(c_t)·o(1 − o), dc_t = dh_t·o·(1 − tanh²c_t) + dc_(t+1)·f_(t+1)";
        string states = Options.All ? ", dh_t = {dy}_t + δ_(t+1)·{3}ᵀ" : $", dh_t = δ_(t+1)·{{3}}ᵀ, dh_{Steps} = {{dy}}";
        string product = input switch
        {
            0 => "δ_t·{2}ᵀ",
            1 => "δ_1·{3}ᵀ",
            2 => "Σ t of {0}_tᵀ·δ_t",
            3 => "Σ t of h_(t−1)ᵀ·δ_t",
            StartCell => "dc_1·f_1",
            _ => "Σ t and rows of δ_t",
        };
        return product + Deltas + states;
    }

    protected override Shape InferShape()
    {
        var shape = base.InferShape();
        NeedState("first cell", Inputs[StartCell]);
        return shape;
    }

    protected override void Prepare()
    {
        base.Prepare();
        cells = Keep("c", [Steps + 1, N, H]);
        gates = Keep("gates", [Steps, N, G]).NamedColumns(LstmOperation.Gates);
        product = Reserve(N * G);
        if (!PassesOn) return;
        cellGradients = KeepCleared("dc", [Steps + 1, N, H]);
        Delta!.NamedColumns(LstmOperation.Gates);
    }

    protected override void Walk()
    {
        Inputs[StartCell].Values.CopyTo(Write(cells));
        LstmKernel.Forward(Plan, Lengths, RecurrentWeight.Values, Copy, product.Span, Write(States), Write(cells), Write(gates), Result, Work);
    }

    protected override void WalkBack()
    {
        LstmKernel.Backward(
            Plan, Lengths, RecurrentWeight.Values, Copy, States.Values, cells.Values, gates.Values, OutputGradient, Write(StateGradients!),
            Write(cellGradients!), Write(Delta!), Until, Work);
        // Where the walk ends, it leaves a part of what it would have gone on with.
        if (Until > 0) Write(cellGradients!).Slice((Until - 1) * N * H, N * H).Clear();
    }

    protected override void BackwardMore()
    {
        if (Wants(StartCell)) Kernels.Elementwise.Copy(cellGradients!.Values[..(N * H)], GradientOf(StartCell), Accumulate(StartCell));   // dc_0 = dc_1·f_1
    }

    protected override IEnumerable<Term<T>> MoreTerms(int input, int index)
    {
        var (n, unit) = Math.DivRem(index, H);
        if (First == 0) yield return new Term<T>(Factor.Of(cellGradients!, (N + n) * H + unit), Factor.Of(gates, n * G + H + unit));
    }

    public override string WithNumbers(int index, Func<T, string> number)
    {
        ArgumentNullException.ThrowIfNull(number);
        var (n, t, unit, isCell) = Origin(index);
        if (t == 0) return "0";
        string[] gate = [.. Enumerable.Range(0, 4).Select(k => number(gates.Values[((t - 1) * N + n) * G + k * H + unit]))];
        string cell = $"{gate[1]}·{number(cells.Values[((t - 1) * N + n) * H + unit])} + {gate[0]}·{gate[2]}";
        return isCell ? cell : $"{gate[3]}·tanh({cell})";
    }

    public override Tensor<T> Unfold(IReadOnlyList<Tensor<T>> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return inputs[0].UnrolledLstm(new(inputs[1], inputs[StartCell]), inputs[2], inputs[3], Bias is null ? null : inputs[BiasAt], Options);
    }
}
