using System.Numerics;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>A recurrent network over a whole sequence in one step: what does not hang on a state is one product for all time steps, and
/// the rest is
/// a walk through them, which each derived operation brings along.</summary>
internal abstract partial class SequenceOp<T> : Operation<T>, IEpilogue where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Tensor<T> x, start, inputWeight, recurrentWeight;
    private readonly Tensor<T>? bias;
    private readonly SequenceOptions options;
    private Memory<T> inputs;
    private Memory<T> copy;

    /// <summary>Reads x, h_0, Wx and Wh, then what <paramref name="more"/> holds, then b.</summary>
    protected SequenceOp(
        Tensor<T> x, Tensor<T> start, Tensor<T> inputWeight, Tensor<T> recurrentWeight, Tensor<T>? bias, SequenceOptions options,
        params Tensor<T>[] more)
        : base(bias is null ? [x, start, inputWeight, recurrentWeight, .. more] : [x, start, inputWeight, recurrentWeight, .. more, bias])
    {
        (this.x, this.start, this.inputWeight, this.recurrentWeight, this.bias) = (x, start, inputWeight, recurrentWeight, bias);
        this.options = options.Checked(Name);
    }

    public override Indices? Indices => options.Lengths;

    public override long MultiplyAdds => (long)N * Steps * G * (D + H);

    /// <summary>How many blocks of H columns the weights have, one for each gate.</summary>
    protected abstract int Gates { get; }

    /// <summary>The same, for who looks from outside.</summary>
    internal int GateBlocks => Gates;

    /// <summary>Whether there is a cell beside the state.</summary>
    protected virtual bool HasCell => false;

    protected int N { get; private set; }
    protected int Steps { get; private set; }
    protected int D { get; private set; }
    protected int G { get; private set; }
    protected int H { get; private set; }

    protected SequenceOptions Options => options;

    protected Tensor<T> InputWeight => inputWeight;

    protected Tensor<T> RecurrentWeight => recurrentWeight;

    protected Tensor<T>? Bias => bias;

    protected int BiasAt => bias is null ? -1 : Inputs.Count - 1;

    protected SequencePlan Plan { get; private set; }

    protected ReadOnlySpan<int> Lengths => options.Lengths is { } lengths ? lengths.Values : [];

    /// <summary>Place for the copy of Wh.</summary>
    protected Span<T> Copy => copy.Span;

    /// <summary>h, [T + 1, N, H], h_0 in front.</summary>
    protected Tensor<T> States { get; private set; } = null!;

    /// <summary>The gradients of h, [T + 1, N, H], once the backward pass has run.</summary>
    protected Tensor<T>? StateGradients { get; private set; }

    /// <summary>δ of all gates as Wx sees it, [T, N, G], once the backward pass has run.</summary>
    protected Tensor<T>? Delta { get; private set; }

    /// <summary>δ of all gates as Wh sees it, [T, N, G], once the backward pass has run.</summary>
    protected virtual Tensor<T>? RecurrentDelta => Delta;

    /// <summary>Where x·Wx + b of all time steps goes, [T, N, G].</summary>
    protected abstract Span<T> Sums { get; }

    protected override Shape InferShape()
    {
        string columns = Gates == 1 ? "H" : $"{Gates}·H";
        if (x.Shape.Rank != 3 || x.Shape[1] == 0)
            throw new ShapeException(Name, $"x {x.Shape} came, [N, T, D] with at least one time step is needed", x.Shape);
        (N, Steps, D) = (x.Shape[0], x.Shape[1], x.Shape[2]);
        if (inputWeight.Shape.Rank != 2 || inputWeight.Shape[0] != D || inputWeight.Shape[1] % Gates != 0)
            throw new ShapeException(Name, $"W_x {inputWeight.Shape} came, x {x.Shape} needs [{D}, {columns}]", x.Shape, inputWeight.Shape);
        (G, H) = (inputWeight.Shape[1], inputWeight.Shape[1] / Gates);
        Need("W_h", recurrentWeight, [H, G]);
        if (bias is not null) Need("b", bias, [G]);
        NeedState("first state", start);
        if (options.Lengths is { } lengths && lengths.Shape != [N])
            throw new ShapeException(Name, $"the lengths {lengths.Shape} came, x {x.Shape} needs [{N}]", x.Shape, lengths.Shape);
        Plan = new(
            N, Steps, H, Gates, options.Truncate ?? 0, options.All, Last: options.State || !options.All, Cell: options.State && HasCell);
        int slots = Plan.Slots;
        return slots > 1 || options.All ? [N, slots, H] : [N, H];
    }

    protected void Need(string what, Tensor<T> weight, Shape shape)
    {
        if (weight.Shape != shape)
            throw new ShapeException(Name, $"{what} {weight.Shape} came, W_x {inputWeight.Shape} needs {shape}", inputWeight.Shape, weight.Shape);
    }

    protected void NeedState(string what, Tensor<T> state)
    {
        if (state.Shape != [N, H])
            throw new ShapeException(
                Name, $"the {what} {state.Shape} came, x {x.Shape} and W_x {inputWeight.Shape} need [{N}, {H}]", state.Shape, x.Shape, inputWeight.Shape);
    }

    protected internal override void Validate()
    {
        for (int n = 0; n < Lengths.Length; n++)
            if (Lengths[n] < 1 || Lengths[n] > Steps)
                throw new ArgumentOutOfRangeException(null, $"{Name}: length {Lengths[n]} at [{n}] is outside 1 … {Steps}, the time steps of x {x.Shape}");
    }

    protected override void Prepare()
    {
        States = Keep("h", [Steps + 1, N, H]);
        inputs = Reserve(ReadsInPlace ? 0 : x.Length);
        copy = Reserve(Plan.CopyLength<T>());
        if (!PassesOn) return;
        // What lies before the first time step that a gradient reaches stays 0.
        StateGradients = KeepCleared("dh", [Steps + 1, N, H]);
        Delta = KeepCleared("δ", [Steps, N, G]);
    }

    protected Tensor<T> KeepCleared(string name, Shape shape)
    {
        var tensor = Keep(name, shape);
        Write(tensor).Clear();
        return tensor;
    }

    protected override void Forward()
    {
        start.Values.CopyTo(Write(States));
        Gemm.NN(                                                                                                 // x·Wx + b, of all time steps
            InputsByTime(), inputWeight.Values, Sums, Steps * N, G, D, accumulate: false, threads: Work, epilogue: bias is null ? null : this);
        Walk();
    }

    /// <summary>Adds b to a part of x·Wx.</summary>
    public void Finish(int start, int length, Work threads) => Blocks.AddRow(bias!.Values, start, Sums.Slice(start, length), threads);

    /// <summary>Computes the states of all time steps from <see cref="Sums"/>, and gives them out.</summary>
    protected abstract void Walk();

    /// <summary>One sequence without padding lies in the order of time anyway.</summary>
    private bool ReadsInPlace => N == 1 && options.Lengths is null;

    /// <summary>x as [T, N, D]: what belongs to one time step side by side, and padding 0.</summary>
    private ReadOnlySpan<T> InputsByTime()
    {
        if (ReadsInPlace) return x.Values;
        ByTime.Gather(x.Values, Lengths, inputs.Span, N, Steps, D, Work);
        return inputs.Span;
    }
}
