using System.Numerics;
using System.Runtime.CompilerServices;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>The rectifier whose slope below 0 is learnt.</summary>
public static class PReluOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>The rectifier whose slope below 0 is learnt, y = x above 0 and a·x below. A NaN passes on.</summary>
        /// <param name="slope">a: one number [] for all, or [C], one for each channel.</param>
        /// <remarks>
        /// Shapes: x any with a [], or x [N, C] or [N, C, ..] with a [C] → as x.
        /// Backward: dx = dy where x > 0, else a·dy, also at the kink x = 0; da = Σ dy·min(0, x) over what has that slope.
        /// Source: He, Zhang, Ren, Sun, Delving Deep into Rectifiers (2015), §2.1.
        /// </remarks>
        /// <exception cref="ShapeException">There is neither one slope nor one for each channel.</exception>
        public Tensor<T> PRelu(Tensor<T> slope) => new PReluOp<T>(x, slope).Apply();
    }
}

internal sealed class PReluOp<T>(Tensor<T> x, Tensor<T> slope) : Operation<T>(x, slope) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>How many neighbours in memory have one slope: all, or the positions of a channel.</summary>
    private int Plane => slope.Shape.Rank == 0 ? x.Length : x.Shape.Product(2, x.Shape.Rank);

    public override string Formula => "max(0, {0}) + {1}·min(0, {0})";

    public override string GradientFormula(int input) => input == 0 ? "{dy} · (1 if {0} > 0, else {1})" : "Σ {dy} · min(0, {0})";

    protected override Shape InferShape()
    {
        if (slope.Shape.Rank > 0 && (x.Shape.Rank < 2 || slope.Shape != [x.Shape[1]]))
            throw new ShapeException(
                Name, x.Shape.Rank < 2 ? $"x {x.Shape} has no channels: the slope {slope.Shape} came, one number [] is needed"
                    : $"x {x.Shape} needs one slope [] or one for each channel, [{x.Shape[1]}]; {slope.Shape} came",
                x.Shape, slope.Shape);
        return x.Shape;
    }

    protected override void Forward()
    {
        var y = Result;
        for (int i = 0; i < y.Length; i += Step)
            Elementwise.Map(default(PReluFunction), x.Values.Slice(i, Step), Slopes(i), y.Slice(i, Step), Work);
    }

    protected override void Backward()
    {
        ReadOnlySpan<T> y = Output.Values, dy = OutputGradient;
        if (Wants(1) && !Accumulate(1)) GradientOf(1).Clear();
        for (int i = 0; i < y.Length; i += Step)
        {
            ReadOnlySpan<T> part = x.Values.Slice(i, Step), result = y.Slice(i, Step), change = dy.Slice(i, Step);
            if (Wants(0))                                                                                   // dx (+)= dy where x > 0, else a·dy
                Elementwise.BackwardA(default(PReluFunction), part, Slopes(i), result, change, GradientOf(0).Slice(i, Step), Accumulate(0), Work);
            if (Wants(1))                                                                                   // da += Σ dy·min(0, x)
                Elementwise.BackwardB(default(PReluFunction), part, Slopes(i), result, change, GradientOf(1).Slice(First(i), Count), accumulate: true, Work);
        }
    }

    public override IEnumerable<Term<T>> Terms(int input, int index)
    {
        if (input == 0)
        {
            bool passes = x.Values[index] > T.Zero;
            yield return new Term<T>(
                Factor.GradientOf(Output, index), passes ? Factor.Number("1, as x > 0", T.One) : Factor.Of(slope, SlopeOf(index)));
            yield break;
        }
        for (int i = 0; i < x.Length; i++)
            if (SlopeOf(i) == index) yield return new Term<T>(Factor.GradientOf(Output, i), Factor.Number("min(0, x)", T.Min(T.Zero, x.Values[i])));
    }

    public override string WithNumbers(int index, Func<T, string> number)
    {
        ArgumentNullException.ThrowIfNull(number);
        return Formula.WithNumber("{0}", number(x.Values[index])).WithNumber("{1}", number(slope.Values[SlopeOf(index)]));
    }

    private int SlopeOf(int index) => slope.Length == 1 ? 0 : index / Plane % slope.Length;

    /// <summary>The kernel takes planes of one slope, or, where a plane is a single number, a row of all slopes.</summary>
    private int Step => Plane == 1 ? slope.Length : Plane;

    private int Count => Plane == 1 ? slope.Length : 1;

    private int First(int index) => Plane == 1 ? 0 : SlopeOf(index);

    private ReadOnlySpan<T> Slopes(int index) => slope.Values.Slice(First(index), Count);
}

internal readonly struct PReluFunction : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V>(V a, V b) where V : struct, ILanes<V> => V.Select(a > V.All(0), a, b * a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V DerivativeA<V>(V a, V b, V y) where V : struct, ILanes<V> => V.Select(a <= V.All(0), b, V.All(1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V DerivativeB<V>(V a, V b, V y) where V : struct, ILanes<V> => V.Min(a, V.All(0));
}
