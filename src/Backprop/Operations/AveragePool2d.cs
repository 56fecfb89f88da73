using System.Numerics;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>The average of every window.</summary>
public static class AveragePool2dOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>The average of every window of a picture, per channel.</summary>
        /// <param name="size">The window: one number or (rows, columns).</param>
        /// <param name="stride">From window to window, 1 or more; the window's size if left out, so that windows lie side by side.</param>
        /// <param name="padding">Rows and columns of zeros around the picture, which count as numbers of the window; 0 if left out.</param>
        /// <param name="ceilMode">Whether a last window that reaches past the edge is there too.</param>
        /// <param name="countPadding">Whether the padding counts; if not, a window that lies on it is divided by its numbers of the picture
        /// alone, and the padding must be less than the window's size.</param>
        /// <remarks>
        /// Shapes: x [N, C, H, W] → y [N, C, (H + 2·padding − rows) / stride + 1, (W + 2·padding − columns) / stride + 1].
        /// The division is rounded down, or up with <paramref name="ceilMode"/>, as long as the last window begins on the picture or before it.
        /// The sum is divided by the numbers of the window, those on the padding included; what reaches past the padding does not count.
        /// Backward: each dy, divided by the same number, goes to every entry of its window.
        /// Source: Goodfellow, Bengio, Courville, Deep Learning (2016), §9.3.
        /// </remarks>
        /// <exception cref="ShapeException">x has not four axes, or is smaller than a window.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A size or stride below 1, or a padding below 0, or not below the size where it does not count.</exception>
        public Tensor<T> AveragePool2d(
            Size2d size, Size2d? stride = null, Size2d? padding = null, bool ceilMode = false, bool countPadding = true) =>
            new AveragePoolOp<T>(
                "AveragePool2d", x, Window.OverPictures("AveragePool2d", size, stride ?? size, padding ?? 0, ceil: ceilMode), countPadding).Apply();
    }
}

internal sealed class AveragePoolOp<T>(string name, Tensor<T> x, Window window, bool countPadding) : Operation<T>(x)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private Windows windows;

    public override string Name => name;

    public override string Formula => $"mean of each {window} of {{0}}";

    public override string GradientFormula(int input) => windows.CountsAlike ? $"{{dy}}/{windows.Size} in each {window}" : $"{{dy}}/count in each {window}";

    protected override Shape InferShape()
    {
        windows = (countPadding ? window : window.PaddedBelowItsSize()).Over(x.Shape, countPadding);
        return window.Output(x.Shape[0], x.Shape[1], windows);
    }

    protected override void Forward() => Pooling.Average(x.Values, Result, windows, Work);                        // y = Σ window / count

    protected override void Backward()
    {
        if (Wants(0)) Pooling.AverageGradient(OutputGradient, GradientOf(0), windows, Accumulate(0), Work);       // dx (+)= Σ dy / count
    }

    public override IEnumerable<Term<T>> Terms(int input, int index)
    {
        var (plane, place) = Math.DivRem(index, windows.Plane);
        return from at in windows.Covering(place)
               let count = Count(at.Window)
               let share = Factor.Number($"1/{count}", T.One / T.CreateTruncating(count))
               select new Term<T>(share, Factor.GradientOf(Output, plane * windows.Count + at.Window));
    }

    public override string WithNumbers(int index, Func<T, string> number)
    {
        ArgumentNullException.ThrowIfNull(number);
        var (plane, window) = Math.DivRem(index, windows.Count);
        var places = windows.Places(window / windows.Across, window % windows.Across).ToArray();
        string sum = places.Length == 0 ? number(T.Zero)
            : Sum(places.Length, k => number(x.Values[plane * windows.Plane + places[k].InPlane]));
        return $"({sum})/{Count(window)}";
    }

    private int Count(int window) => windows.CountsAlike ? windows.Size : windows.Counted(window / windows.Across, window % windows.Across);
}
