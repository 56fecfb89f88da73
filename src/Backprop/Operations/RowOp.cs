using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>An operation on each row by itself: on the neighbours along the last axis.</summary>
internal abstract class RowOp<T>(Tensor<T> x) : Operation<T>(x) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>How many elements a row has.</summary>
    protected int Columns => Output.Shape[^1];

    /// <summary>Computes a row of the output.</summary>
    protected abstract void ForwardRow(ReadOnlySpan<T> x, Span<T> y);

    /// <summary>Contributes a row to the gradient of the input.</summary>
    protected abstract void BackwardRow(ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx, bool accumulate);

    /// <summary>What an entry of the input's gradient gets through an entry of the output in its row.</summary>
    protected abstract Term<T> TermOf(int output, int index);

    /// <summary>A value of the input.</summary>
    protected T Value(int index) => Inputs[0].Values[index];

    protected sealed override Shape InferShape() => Inputs[0].Shape.Rank > 0 ? Inputs[0].Shape
        : throw new ShapeException(Name, "a single number [] came, at least one axis is needed", Inputs[0].Shape);

    protected sealed override void Forward()
    {
        var x = Inputs[0].Values;
        var y = Result;
        for (int start = 0; start < y.Length; start += Columns) ForwardRow(x.Slice(start, Columns), y.Slice(start, Columns));
    }

    protected sealed override void Backward()
    {
        if (!Wants(0)) return;
        var y = Output.Values;
        var dy = OutputGradient;
        var dx = GradientOf(0);
        bool accumulate = Accumulate(0);
        for (int start = 0; start < y.Length; start += Columns)
            BackwardRow(y.Slice(start, Columns), dy.Slice(start, Columns), dx.Slice(start, Columns), accumulate);
    }

    public sealed override IEnumerable<Term<T>> Terms(int input, int index)
    {
        int start = index / Columns * Columns;
        return Enumerable.Range(start, Columns).Select(output => TermOf(output, index));
    }
}
