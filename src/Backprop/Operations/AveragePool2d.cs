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
        /// <remarks>
        /// Shapes: x [N, C, H, W] → y [N, C, (H + 2·padding − rows) / stride + 1, (W + 2·padding − columns) / stride + 1].
        /// The sum is divided by the size of the window, also where part of the window lies on the padding.
        /// Backward: each dy, divided by the size, goes to every entry of its window.
        /// Source: Goodfellow, Bengio, Courville, Deep Learning (2016), §9.3.
        /// </remarks>
        /// <exception cref="ShapeException">x has not four axes, or is smaller than a window.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A size or stride below 1, or a padding below 0.</exception>
        public Tensor<T> AveragePool2d(Size2d size, Size2d? stride = null, Size2d? padding = null) =>
            new AveragePool2dOp<T>(x, size, stride ?? size, padding ?? 0).Apply();
    }
}

internal sealed class AveragePool2dOp<T>(Tensor<T> x, Size2d size, Size2d stride, Size2d padding) : Operation<T>(x)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private Windows windows;

    public override string Formula => $"mean of each {size} of {{0}}";

    public override string GradientFormula(int input) => $"{{dy}}/{windows.Size} in each {size}";

    protected override Shape InferShape()
    {
        windows = Window.Over("AveragePool2d", x.Shape, size, stride, padding);
        return [x.Shape[0], x.Shape[1], windows.Down, windows.Across];
    }

    protected override void Forward() => Pooling.Average(x.Values, Result, windows, Work);                        // y = Σ window / size

    protected override void Backward()
    {
        if (Wants(0)) Pooling.AverageGradient(OutputGradient, GradientOf(0), windows, Accumulate(0), Work);       // dx (+)= Σ dy / size
    }

    public override IEnumerable<Term<T>> Terms(int input, int index)
    {
        var (plane, place) = Math.DivRem(index, windows.Plane);
        return from at in windows.Covering(place)
               let share = Factor.Number($"1/{windows.Size}", T.One / T.CreateTruncating(windows.Size))
               select new Term<T>(share, Factor.GradientOf(Output, plane * windows.Count + at.Window));
    }

    public override string WithNumbers(int index, Func<T, string> number)
    {
        ArgumentNullException.ThrowIfNull(number);
        var (plane, window) = Math.DivRem(index, windows.Count);
        var places = windows.Places(window / windows.Across, window % windows.Across).ToArray();
        string sum = places.Length == 0 ? number(T.Zero)
            : Sum(places.Length, k => number(x.Values[plane * windows.Plane + places[k].InPlane]));
        return $"({sum})/{windows.Size}";
    }
}
