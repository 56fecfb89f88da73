using System.Numerics;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>An operation that treats every channel of a batch by itself: [N, C], or [N, C, ..] with positions behind the channels.</summary>
internal abstract class ChannelOp<T>(Tensor<T> x, params ReadOnlySpan<Tensor<T>> others) : Operation<T>([x, .. others])
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private Memory<T> turned;
    private Memory<T> turnedGradient;

    protected int C => x.Shape[1];

    /// <summary>How many numbers a channel has: samples times positions.</summary>
    protected int Count => x.Shape[0] * Positions;

    private int Positions => x.Shape.Product(2, x.Shape.Rank);

    /// <summary>Single numbers of one channel lie apart in memory: they are turned into one row per channel, and the results turned back.</summary>
    private bool Turns => Positions == 1 && x.Shape[0] > 1;

    /// <summary>The channels as the kernels see them, of <see cref="Seen"/>.</summary>
    protected Channels Channels => Turns ? new(1, C, x.Shape[0]) : new(x.Shape[0], C, Positions);

    internal override bool TakesEpilogue => true;

    /// <summary>The epilogue as the kernels see it: what is turned is finished when it is turned back.</summary>
    private protected IEpilogue? EpilogueOfTarget => Turns ? null : Epilogue;

    protected override Shape InferShape()
    {
        if (x.Shape.Rank < 2) throw new ShapeException(Name, $"x {x.Shape} came, [N, C] or [N, C, H, W] is needed", x.Shape);
        foreach (var tensor in Inputs.Skip(1))
            if (tensor.Shape != [C])
            {
                string hint = x.Shape[^1] == tensor.Length ? "; the channels are the second axis" : "";
                throw new ShapeException(
                    Name, $"x {x.Shape} needs one number per channel, [{C}]; {tensor.Shape} came{hint}", x.Shape, tensor.Shape);
            }
        return x.Shape;
    }

    protected override void Prepare()
    {
        if (!Turns) return;
        turned = Reserve(x.Length);
        turnedGradient = Reserve(x.Length);
    }

    /// <summary>x as the kernels see it.</summary>
    protected ReadOnlySpan<T> Seen() => Turns ? Turn(x.Values, turned.Span) : x.Values;

    /// <summary>The output's gradient as the kernels see it.</summary>
    protected ReadOnlySpan<T> SeenGradient() => Turns ? Turn(OutputGradient, turnedGradient.Span) : OutputGradient;

    /// <summary>Where the kernels write the output: over what they have read, if that is turned.</summary>
    protected Span<T> Target() => Turns ? turned.Span : Result;

    /// <summary>Where the kernels write the gradient of x; it never adds where the numbers are turned.</summary>
    protected Span<T> TargetGradient(out bool accumulate)
    {
        accumulate = !Turns && Accumulate(0);
        return Turns ? turnedGradient.Span : GradientOf(0);
    }

    /// <summary>Brings the output into its place.</summary>
    protected void Finish()
    {
        if (!Turns) return;
        Blocks.Exchange<T>(turned.Span, Result, 1, C, 1, x.Shape[0], 1, accumulate: false);
        Epilogue?.Finish(0, x.Length, Work);
    }

    /// <summary>Brings the gradient of x into its place.</summary>
    protected void FinishGradient()
    {
        if (Turns) Blocks.Exchange<T>(turnedGradient.Span, GradientOf(0), 1, C, 1, x.Shape[0], 1, Accumulate(0));
    }

    /// <summary>Adds to, or writes, the gradient of an input with one number for each channel, if it is wanted.</summary>
    protected void Contribute(int input, int channel, T value)
    {
        if (!Wants(input)) return;
        ref T entry = ref GradientOf(input)[channel];
        entry = Accumulate(input) ? entry + value : value;
    }

    /// <summary>A value of x.</summary>
    protected T Value(int index) => x.Values[index];

    /// <summary>γ·(x − μ)/√(v + ε) + β of one entry with the numbers put in.</summary>
    protected string Normalized(
        int index, Func<T, string> number, Tensor<T> mean, Tensor<T> variance, Tensor<T> scale, Tensor<T> shift, double epsilon)
    {
        ArgumentNullException.ThrowIfNull(number);
        int c = ChannelOf(index);
        string deviation = $"√({number(variance.Values[c])} + {FormulaText.Of(epsilon)})";
        return $"{number(scale.Values[c])} · ({number(Value(index))} − {number(mean.Values[c])})/{deviation} + {number(shift.Values[c])}";
    }

    /// <summary>The channel of an entry of x.</summary>
    protected int ChannelOf(int index) => index / Positions % C;

    /// <summary>The entries of x in a channel.</summary>
    protected IEnumerable<int> EntriesOf(int channel) =>
        from n in Enumerable.Range(0, x.Shape[0])
        from position in Enumerable.Range(0, Positions)
        select (n * C + channel) * Positions + position;

    /// <summary>A stand-in for x with the channels as its columns, and the way back, for unfolding.</summary>
    protected (Tensor<T> Rows, Func<Tensor<T>, Tensor<T>> Back) AsRows(Tensor<T> standIn)
    {
        if (x.Shape.Rank == 2) return (standIn, rows => rows);
        Shape flat = [x.Shape[0], C, Positions], last = [x.Shape[0], Positions, C], shape = x.Shape;
        return (standIn.Reshape(flat).Transpose(1, 2).Reshape([Count, C]), rows => rows.Reshape(last).Transpose(1, 2).Reshape(shape));
    }

    private ReadOnlySpan<T> Turn(ReadOnlySpan<T> from, Span<T> to)
    {
        Blocks.Exchange(from, to, 1, x.Shape[0], 1, C, 1, accumulate: false);
        return to;
    }
}
