using System.Numerics;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>What a simple recurrent network does with its weighted sums.</summary>
public enum RnnActivation
{
    /// <summary>The hyperbolic tangent, from −1 to 1.</summary>
    Tanh,
    /// <summary>max(0, z); with an identity as recurrent weight it remembers long (Le, Jaitly, Hinton 2015).</summary>
    Relu,
}

/// <summary>A simple recurrent network over a whole sequence.</summary>
public static class RnnOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Runs a simple recurrent network over sequences in one step, h_t = f(x_t·W_x + h_{t−1}·W_h + b).</summary>
        /// <param name="initialState">h_0, [N, H].</param>
        /// <param name="inputWeight">W_x, [D, H].</param>
        /// <param name="recurrentWeight">W_h, [H, H].</param>
        /// <param name="bias">b, [H]; none if left out.</param>
        /// <param name="returnSequences">Whether the output holds the states of all time steps instead of the last.</param>
        /// <param name="truncate">Over how many time steps a gradient flows back, 1 or more, counted from the end; over all if left
        /// out.</param>
        /// <param name="activation">f, tanh if left out.</param>
        /// <param name="lengths">[N], how many time steps each sequence has, 1 to T; all of them if left out.</param>
        /// <param name="returnState">Whether the last state stands behind the states of all time steps.</param>
        /// <remarks>
        /// Shapes: x [N, T, D] → the last state [N, H], or all of them, [N, T, H], or [N, T + 1, H] with the last once more.
        /// Of a sequence that is shorter than T, what follows is padding: no number there counts, the states given out for it are 0, and
        /// the last
        /// state is that of its own last time step.
        /// Backward: δ_t = (dh_t + δ_{t+1}·W_hᵀ) · f′, dx_t = δ_t·W_xᵀ, dh_0 = δ_1·W_hᵀ, and summed over time
        /// dW_x = Σ x_tᵀ·δ_t, dW_h = Σ h_{t−1}ᵀ·δ_t, db = Σ δ_t; f′ is 1 − h_t² of tanh.
        /// Keeps h, [T + 1, N, H], with h_0 in front, and after the backward pass dh, of the same shape, and δ, [T, N, H]: δ_1 is its
        /// first entry.
        /// The states have the bits of the time steps one by one; what does not hang on a state is one product for all of them.
        /// Source: Elman, Finding Structure in Time (1990); Werbos, Backpropagation Through Time (1990).
        /// </remarks>
        /// <exception cref="ShapeException">The shapes do not belong together, or there is no time step.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The truncation is below 1, or a length is outside its range.</exception>
        public Tensor<T> Rnn(
            Tensor<T> initialState, Tensor<T> inputWeight, Tensor<T> recurrentWeight, Tensor<T>? bias = null, bool returnSequences = false,
            int? truncate = null, RnnActivation activation = RnnActivation.Tanh, Indices? lengths = null, bool returnState = false) =>
            new RnnOp<T>(
                x, initialState, inputWeight, recurrentWeight, bias, new(returnSequences, truncate, lengths, returnState && returnSequences), activation).Apply();

        /// <summary>One time step, of x_t and h_{t−1}.</summary>
        internal Tensor<T> RnnStep(Tensor<T> state, Tensor<T> inputWeight, Tensor<T> recurrentWeight, Tensor<T>? bias, RnnActivation activation)
        {
            var z = x.Linear(inputWeight, bias).Add(state.MatMul(recurrentWeight));
            return activation == RnnActivation.Relu ? z.Relu() : z.Tanh();
        }
    }
}

internal sealed class RnnOp<T>(
    Tensor<T> x, Tensor<T> start, Tensor<T> wx, Tensor<T> wh, Tensor<T>? bias, SequenceOptions options, RnnActivation activation)
    : SequenceOp<T>(x, start, wx, wh, bias, options) where T : unmanaged, IFloatingPointIeee754<T>
{
    private Memory<T> product;

    /// <summary>Whether the states are squashed by tanh.</summary>
    internal bool IsTanh => activation == RnnActivation.Tanh;

    private string F => IsTanh ? "tanh" : "relu";

    public override string Formula => $"h_t = {F}({{0}}_t·{{2}} + h_(t−1)·{{3}}{(Bias is null ? "" : " + {4}")}), h_0 = {{1}}";

    protected override int Gates => 1;

    protected override Span<T> Sums => Write(States)[(N * H)..];

    public override string GradientFormula(int input)
    {
        string slope = activation == RnnActivation.Relu ? "(1 if h_t > 0, else 0)" : "(1 − h_t²)";
        string delta = Options.All ? $", δ_t = ({{dy}}_t + δ_(t+1)·{{3}}ᵀ) · {slope}"
            : $", δ_t = δ_(t+1)·{{3}}ᵀ · {slope}, δ_{Steps} = {{dy}} · {slope.Replace("h_t", $"h_{Steps}", StringComparison.Ordinal)}";
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

    protected override void Prepare()
    {
        base.Prepare();
        product = Reserve(N * H);
    }

    protected override void Walk()
    {
        if (activation == RnnActivation.Relu) Walk<ReluFunction>();
        else Walk<TanhFunction>();
    }

    protected override void WalkBack()
    {
        if (activation == RnnActivation.Relu) WalkBack<ReluFunction>();
        else WalkBack<TanhFunction>();
    }

    private void Walk<TFunction>() where TFunction : struct, IUnary =>
        RnnKernel.Forward<T, TFunction>(Plan, Lengths, RecurrentWeight.Values, Copy, product.Span, Write(States), Result, Work);

    private void WalkBack<TFunction>() where TFunction : struct, IUnary => RnnKernel.Backward<T, TFunction>(
        Plan, Lengths, RecurrentWeight.Values, Copy, States.Values, OutputGradient, Write(StateGradients!), Write(Delta!), Until, Work);

    public override string WithNumbers(int index, Func<T, string> number)
    {
        var (n, t, j, _) = Origin(index);
        if (t == 0) return "0";
        string fromInput = Products(InputOf(n, t), InputWeight.Values, H, j, number);
        string fromState = Products(StateOf(n, t - 1), RecurrentWeight.Values, H, j, number);
        return $"{F}({fromInput} + {fromState}{(Bias is null ? "" : $" + {number(Bias.Values[j])}")})";
    }

    public override Tensor<T> Unfold(IReadOnlyList<Tensor<T>> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return inputs[0].UnrolledRnn(inputs[1], inputs[2], inputs[3], Bias is null ? null : inputs[BiasAt], Options, activation);
    }
}
