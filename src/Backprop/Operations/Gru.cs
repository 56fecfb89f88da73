using System.Numerics;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>A gated recurrent unit over a whole sequence.</summary>
public static class GruOperation
{
    /// <summary>The gates in the order in which their columns stand in the weights.</summary>
    internal static readonly IReadOnlyList<string> Gates = ["r", "z", "n"];

    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Runs a gated recurrent unit over sequences in one step: h_t = (1 − z_t)·n_t + z_t·h_{t−1}.</summary>
        /// <param name="initialState">h_0, [N, H].</param>
        /// <param name="inputWeight">W_x, [D, 3·H], the columns of r, z and n one behind the other.</param>
        /// <param name="recurrentWeight">W_h, [H, 3·H].</param>
        /// <param name="bias">b, [3·H]; none if left out.</param>
        /// <param name="recurrentBias">b′, [3·H]; none if left out. In n it stands behind the reset gate; in r and z it adds to b.</param>
        /// <param name="returnSequences">Whether the output holds the states of all time steps instead of the last.</param>
        /// <param name="truncate">Over how many time steps a gradient flows back, 1 or more, counted from the end; over all if left
        /// out.</param>
        /// <param name="lengths">[N], how many time steps each sequence has, 1 to T; all of them if left out.</param>
        /// <param name="returnState">Whether the last state stands behind the states of all time steps.</param>
        /// <remarks>
        /// Shapes: x [N, T, D] → the last state [N, H], or all of them, [N, T, H], or [N, T + 1, H] with the last once more.
        /// Forward: r, z = σ of their columns of x_t·W_x + b + h_{t−1}·W_h + b′; n = tanh(x_t·W_xn + b_n + r·q) with q = h_{t−1}·W_hn +
        /// b′_n. The reset gate
        /// comes after the product, as in PyTorch and cuDNN, not before it as in the paper.
        /// Of a sequence that is shorter than T, what follows is padding: no number there counts, the states given out for it are 0, and
        /// the last
        /// state is that of its own last time step.
        /// Backward: dh_t = dy_t + dh_{t+1}·z_{t+1} + δ′_{t+1}·W_hᵀ; δ of r, z, n = δn·q·r(1 − r), dh_t·(h_{t−1} − n)·z(1 − z), dh_t·(1 −
        /// z)·(1 − n²);
        /// δ′ = δ but for its last columns, δn·r; dx_t = δ_t·W_xᵀ, dW_x = Σ x_tᵀ·δ_t, dW_h = Σ h_{t−1}ᵀ·δ′_t, db = Σ δ_t, db′ = Σ δ′_t.
        /// Keeps h, [T + 1, N, H], with h_0 in front, the gates, [T, N, 3·H], q, [T, N, H], and after the backward pass dh, δ and δ′.
        /// Source: Cho et al., Learning Phrase Representations using RNN Encoder–Decoder (2014).
        /// </remarks>
        /// <exception cref="ShapeException">The shapes do not belong together, or there is no time step.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The truncation is below 1, or a length is outside its range.</exception>
        public Tensor<T> Gru(
            Tensor<T> initialState, Tensor<T> inputWeight, Tensor<T> recurrentWeight, Tensor<T>? bias = null, Tensor<T>? recurrentBias = null,
            bool returnSequences = false, int? truncate = null, Indices? lengths = null, bool returnState = false) =>
            new GruOp<T>(
                x, initialState, inputWeight, recurrentWeight, bias, recurrentBias,
                new(returnSequences, truncate, lengths, returnState && returnSequences)).Apply();
    }
}

internal sealed class GruOp<T>(
    Tensor<T> x, Tensor<T> start, Tensor<T> wx, Tensor<T> wh, Tensor<T>? bias, Tensor<T>? recurrentBias, SequenceOptions options)
    : SequenceOp<T>(x, start, wx, wh, bias, options, recurrentBias is null ? [] : [recurrentBias]) where T : unmanaged, IFloatingPointIeee754<T>
{
    private Tensor<T> gates = null!;
    private Tensor<T> sums = null!;
    private Tensor<T>? recurrentDelta;
    private Memory<T> product;

    private int RecurrentBiasAt => recurrentBias is null ? -1 : 4;

    public override string Formula
    {
        get
        {
            string b = Bias is null ? "" : $" + {{{BiasAt}}}", recurrent = recurrentBias is null ? "" : " + {4}";
            return $"u_t = {{0}}_t·{{2}}{b}, v_t = h_(t−1)·{{3}}{recurrent}, r z = σ(u_t + v_t), n = tanh(u_t + r·v_t), " +
                "h_t = (1 − z)·n + z·h_(t−1), h_0 = {1}";
        }
    }

    protected override int Gates => 3;

    protected override Span<T> Sums => Write(gates);

    protected override Tensor<T>? RecurrentDelta => recurrentDelta;

    public override string GradientFormula(int input)
    {
        const string Deltas =
            ", δ_t = δn·v_t·r(1 − r), dh_t·(h_(t−1) − n)·z(1 − z), dh_t·(1 − z)·(1 − n²) = δn, δ′_t = δ_t with δn·r for δn";
        string states = Options.All ? ", dh_t = {dy}_t + dh_(t+1)·z_(t+1) + δ′_(t+1)·{3}ᵀ"
            : $", dh_t = dh_(t+1)·z_(t+1) + δ′_(t+1)·{{3}}ᵀ, dh_{Steps} = {{dy}}";
        string product =
            input == BiasAt ? "Σ t and rows of δ_t"
            : input switch
            {
                0 => "δ_t·{2}ᵀ",
                1 => "dh_1·z_1 + δ′_1·{3}ᵀ",
                2 => "Σ t of {0}_tᵀ·δ_t",
                3 => "Σ t of h_(t−1)ᵀ·δ′_t",
                _ => "Σ t and rows of δ′_t",
            };
        return product + Deltas + states;
    }

    protected override Shape InferShape()
    {
        var shape = base.InferShape();
        if (recurrentBias is not null) Need("b′", recurrentBias, [G]);
        return shape;
    }

    protected override void Prepare()
    {
        base.Prepare();
        gates = Keep("gates", [Steps, N, G]).NamedColumns(GruOperation.Gates);
        sums = Keep("q", [Steps, N, H]);
        product = Reserve(N * G);
        if (!PassesOn) return;
        Delta!.NamedColumns(GruOperation.Gates);
        recurrentDelta = KeepCleared("δ′", [Steps, N, G]).NamedColumns(GruOperation.Gates);
    }

    protected override void Walk() => GruKernel.Forward(
        Plan, Lengths, RecurrentWeight.Values, recurrentBias is null ? [] : recurrentBias.Values, Copy, product.Span, Write(States), Write(gates),
        Write(sums), Result, Work);

    protected override void WalkBack()
    {
        GruKernel.Backward(
            Plan, Lengths, RecurrentWeight.Values, Copy, States.Values, gates.Values, sums.Values, OutputGradient, Write(StateGradients!), Write(Delta!),
            Write(recurrentDelta!), Until, Work);
        // Where the walk ends, it leaves a part of what it would have gone on with.
        if (Until > 0) Write(StateGradients!).Slice((Until - 1) * N * H, N * H).Clear();
    }

    protected override void BackwardMore()
    {
        if (recurrentBias is null || !Wants(RecurrentBiasAt)) return;
        int rows = (Steps - First) * N;
        Reduce.SumAxis(                                                                                          // db′ (+)= Σ δ′_t
            recurrentDelta!.Values[(First * N * G)..], GradientOf(RecurrentBiasAt), 1, rows, G, Accumulate(RecurrentBiasAt), Work);
    }

    protected override IEnumerable<Term<T>> StartTerms(int n, int unit)
    {
        if (First > 0) return [];
        var direct = new Term<T>(Factor.Of(StateGradients!, (N + n) * H + unit), Factor.Of(gates, n * G + H + unit));
        return base.StartTerms(n, unit).Prepend(direct);
    }

    protected override IEnumerable<Term<T>> MoreTerms(int input, int index) =>
        Reached((t, n) => new Term<T>(Factor.Of(recurrentDelta!, (t * N + n) * G + index)));

    public override string WithNumbers(int index, Func<T, string> number)
    {
        ArgumentNullException.ThrowIfNull(number);
        var (n, t, unit, _) = Origin(index);
        if (t == 0) return "0";
        int at = ((t - 1) * N + n) * G + unit;
        string z = number(gates.Values[at + H]);
        return $"(1 − {z})·{number(gates.Values[at + 2 * H])} + {z}·{number(StateOf(n, t - 1)[unit])}";
    }

    public override Tensor<T> Unfold(IReadOnlyList<Tensor<T>> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return inputs[0].UnrolledGru(
            inputs[1], inputs[2], inputs[3], Bias is null ? null : inputs[BiasAt], recurrentBias is null ? null : inputs[RecurrentBiasAt], Options);
    }
}
