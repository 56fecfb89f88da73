using System.Numerics;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>The largest number of every window.</summary>
public static class MaxPool2dOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>The largest number of every window of a picture, per channel.</summary>
        /// <param name="size">The window: one number or (rows, columns).</param>
        /// <param name="stride">From window to window, 1 or more; the window's size if left out, so that windows lie side by side.</param>
        /// <param name="padding">Rows and columns around the picture that never win, less than the window's size; 0 if left out.</param>
        /// <param name="ceilMode">Whether a last window that reaches past the edge is there too.</param>
        /// <remarks>
        /// Shapes: x [N, C, H, W] → y [N, C, (H + 2·padding − rows) / stride + 1, (W + 2·padding − columns) / stride + 1].
        /// The division is rounded down, or up with <paramref name="ceilMode"/>, as long as the last window begins on the picture or before it.
        /// Of equal numbers the first wins; a NaN wins and passes on. Forward remembers the winners.
        /// Backward: each dy goes to the winner of its window; what never won gets 0.
        /// Source: Goodfellow, Bengio, Courville, Deep Learning (2016), §9.3.
        /// </remarks>
        /// <exception cref="ShapeException">x has not four axes, or is smaller than a window.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A size or stride below 1, or a padding below 0 or not below the size.</exception>
        public Tensor<T> MaxPool2d(Size2d size, Size2d? stride = null, Size2d? padding = null, bool ceilMode = false) =>
            new MaxPoolOp<T>("MaxPool2d", x, Window.OverPictures("MaxPool2d", size, stride ?? size, padding ?? 0, ceil: ceilMode)).Apply();
    }
}

internal sealed class MaxPoolOp<T>(string name, Tensor<T> x, Window window) : Operation<T>(x)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private Windows windows;
    private Indices? winners;

    public override string Name => name;

    public override string Formula => $"max of each {window} of {{0}}";

    public override string GradientFormula(int input) => "{dy} at the winners, 0 elsewhere";

    protected override Shape InferShape()
    {
        windows = window.PaddedBelowItsSize().Over(x.Shape);
        if (windows.Plane == 0)
            throw new ShapeException(name, $"x {x.Shape} has no numbers in a {(x.Shape.Rank == 4 ? "picture" : "sequence")}, and nothing can win", x.Shape);
        return window.Output(x.Shape[0], x.Shape[1], windows);
    }

    protected override void Prepare() => winners = KeepIndices("winners", Output.Shape);

    protected override void Forward() => Pooling.Max(x.Values, Result, Write(winners!), windows, Work);                  // y = x[winners]

    protected override void Backward()
    {
        if (Wants(0)) Pooling.MaxGradient(OutputGradient, winners!.Values, GradientOf(0), windows, Accumulate(0), Work);   // dx[winners] (+)= dy
    }

    /// <summary>The entries of x that an output is the largest of, in row-major order.</summary>
    internal IEnumerable<int> EntriesOf(int output)
    {
        var (plane, window) = Math.DivRem(output, windows.Count);
        return windows.Places(window / windows.Across, window % windows.Across).Select(at => plane * windows.Plane + at.InPlane);
    }

    public override IEnumerable<Term<T>> Terms(int input, int index)
    {
        var (plane, place) = Math.DivRem(index, windows.Plane);
        return from at in windows.Covering(place)
               let output = plane * windows.Count + at.Window
               select Won.Term(Output, output, x, index, winners!.Values[output]);
    }

    public override string WithNumbers(int index, Func<T, string> number)
    {
        ArgumentNullException.ThrowIfNull(number);
        var (plane, window) = Math.DivRem(index, windows.Count);
        var places = windows.Places(window / windows.Across, window % windows.Across);
        string[] numbers = [.. places.Select(at => number(x.Values[plane * windows.Plane + at.InPlane]))];
        const int Shown = 9;
        return numbers.Length <= Shown ? $"max({string.Join(", ", numbers)})"
            : $"max({string.Join(", ", numbers.Take(Shown))}, … ({numbers.Length - Shown} more))";
    }
}
