using System.Numerics;
using Backprop.Kernels;
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

    protected sealed override void Forward() => Share(forward: true);

    protected sealed override void Backward()
    {
        if (Wants(0)) Share(forward: false);
    }

    private void Share(bool forward)
    {
        if (Output.Length == 0) return;
        int rows = Output.Length / Columns, use = Work.ForElements(Output.Length), length = Work.PartLength(rows, use);
        WorkPool.Shared.Run(new Rows(this, forward, length), (rows + length - 1) / length, use);
    }

    /// <summary>The rows in parts: each row is independent of the others.</summary>
    private readonly struct Rows(RowOp<T> op, bool forward, int length) : IParts
    {
        public void Run(int part, int worker)
        {
            int columns = op.Columns, from = part * length * columns, to = Math.Min(from + length * columns, op.Output.Length);
            ReadOnlySpan<T> x = op.Inputs[0].Values, dy = forward ? [] : op.OutputGradient;
            Span<T> y = op.Result, dx = forward ? [] : op.GradientOf(0);
            bool accumulate = !forward && op.Accumulate(0);
            for (int start = from; start < to; start += columns)
                if (forward) op.ForwardRow(x.Slice(start, columns), y.Slice(start, columns));
                else op.BackwardRow(y.Slice(start, columns), dy.Slice(start, columns), dx.Slice(start, columns), accumulate);
        }
    }

    public sealed override IEnumerable<Term<T>> Terms(int input, int index)
    {
        int start = index / Columns * Columns;
        return Enumerable.Range(start, Columns).Select(output => TermOf(output, index));
    }
}
