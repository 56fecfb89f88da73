using System.Numerics;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>The largest element.</summary>
public static class MaxOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>The largest of all elements. A NaN passes on.</summary>
        /// <remarks>
        /// Shapes: any with an element → a single number [].
        /// Backward: dy goes to the largest element, the first of several equal ones; 0 to the others.
        /// </remarks>
        /// <exception cref="ShapeException">There is no element.</exception>
        public Tensor<T> Max() => new MaxOp<T>(x, null).Apply();

        /// <summary>The largest elements along one axis, which disappears. A NaN passes on.</summary>
        /// <param name="axis">The axis, from 0.</param>
        /// <remarks>
        /// Shapes: x [.., n, ..] → y without that axis.
        /// Backward: dy goes to the largest element along the axis, the first of several equal ones; 0 to the others.
        /// </remarks>
        /// <exception cref="ShapeException">There is no such axis, or no element along it.</exception>
        public Tensor<T> Max(int axis) => new MaxOp<T>(x, axis).Apply();
    }
}

internal sealed class MaxOp<T>(Tensor<T> x, int? axis) : ReduceOp<T>(x, axis) where T : unmanaged, IFloatingPointIeee754<T>
{
    private Indices winners = null!;

    protected override bool AllowsNone => false;

    public override string Formula => $"max {{0}}{Along}";

    public override string GradientFormula(int input) => "{dy} at the largest, else 0";

    protected override bool ReachesAll(int input) => Count == 1;

    protected override void Prepare() => winners = KeepIndices("winners", Output.Shape);

    protected override void Forward()
    {
        var values = Inputs[0].Values;
        var places = Write(winners);
        var largest = Result;
        Reduce.Winners(values, places, Outer, Count, Inner);
        for (int i = 0; i < places.Length; i++) largest[i] = values[places[i]];
    }

    protected override void Backward()
    {
        if (!Wants(0)) return;
        var gradient = GradientOf(0);
        var dy = OutputGradient;
        bool accumulate = Accumulate(0);
        for (int i = 0; i < dy.Length; i++)
        {
            int winner = winners.Values[i];   // dx[winner] (+)= dy
            gradient[winner] = accumulate ? gradient[winner] + dy[i] : dy[i];
        }
    }

    public override IEnumerable<Term<T>> Terms(int input, int index)
    {
        int target = TargetOf(index);
        yield return Won.Term(Output, target, Inputs[0], index, winners.Values[target]);
    }

    public override string WithNumbers(int index, Func<T, string> number)
    {
        const int Shown = 4;
        string shown = string.Join(", ", SourcesOf(index).Take(Shown).Select(value => "({0})".WithNumber("{0}", number(value))[1..^1]));
        return Count > Shown ? $"max({shown}, … {Count - Shown} more)" : $"max({shown})";
    }
}
