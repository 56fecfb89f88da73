using System.Numerics;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>Kernels that slide over pictures.</summary>
public static class Conv2dOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Slides kernels over pictures, z = x ⋆ K + b, in one step: every output is the sum of a window times a kernel.</summary>
        /// <param name="kernel">K, [F, C, KH, KW]: F kernels, each over all channels.</param>
        /// <param name="bias">b, [F]; none if left out.</param>
        /// <param name="stride">From window to window, 1 or more: one number or (rows, columns); 1 if left out.</param>
        /// <param name="padding">Rows of zeros above and below, columns of zeros left and right, 0 or more; 0 if left out.</param>
        /// <remarks>
        /// It is the cross-correlation that all libraries call convolution: the kernel is not turned.
        /// Shapes: x [N, C, H, W], K [F, C, KH, KW], b [F] → z [N, F, (H + 2·padding − KH) / stride + 1, (W + 2·padding − KW) / stride + 1].
        /// Backward: dx = dz ∗ K (the turned kernel slides), dK = x ⋆ dz summed over the batch, db = Σ dz over batch and positions.
        /// Source: Goodfellow, Bengio, Courville, Deep Learning (2016), §9.1.
        /// </remarks>
        /// <exception cref="ShapeException">The axes do not fit, or the kernel is larger than the padded pictures.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A stride below 1 or a padding below 0.</exception>
        public Tensor<T> Conv2d(Tensor<T> kernel, Tensor<T>? bias = null, Size2d? stride = null, Size2d? padding = null) =>
            new Conv2dOp<T>(x, kernel, bias, stride ?? 1, padding ?? 0).Apply();
    }
}

internal sealed class Conv2dOp<T>(Tensor<T> x, Tensor<T> kernel, Tensor<T>? bias, Size2d stride, Size2d padding)
    : Operation<T>(bias is null ? [x, kernel] : [x, kernel, bias]) where T : unmanaged, IFloatingPointIeee754<T>
{
    private Windows windows;
    private Convolution? convolution;
    private Memory<T> scratch;

    private int N => x.Shape[0];
    private int C => x.Shape[1];
    private int F => kernel.Shape[0];
    private ReadOnlySpan<T> Bias => bias is null ? [] : bias.Values;

    public override string Formula => bias is null ? "{0} ⋆ {1}" : "{0} ⋆ {1} + {2}";

    internal override bool TakesEpilogue => true;

    public override long MultiplyAdds => (long)Output.Length * C * windows.Size;

    public override string GradientFormula(int input) => input switch { 0 => "{dy} ∗ {1}", 1 => "{0} ⋆ {dy}", _ => "Σ n,i,j of {dy}" };

    protected override Shape InferShape()
    {
        if (kernel.Shape.Rank != 4)
            throw new ShapeException(
                "Conv2d", $"K {kernel.Shape} needs four axes, [filters, channels, rows, columns]", x.Shape, kernel.Shape);
        windows = Window.Over("Conv2d", x.Shape, (kernel.Shape[2], kernel.Shape[3]), stride, padding);
        if (C != kernel.Shape[1])
            throw new ShapeException(
                "Conv2d", $"x {x.Shape} ⋆ K {kernel.Shape} needs {kernel.Shape[1]} {(kernel.Shape[1] == 1 ? "channel" : "channels")} in x{Hint()}", x.Shape, kernel.Shape);
        if (bias is not null && bias.Shape != [F])
            throw new ShapeException(
                "Conv2d", $"b {bias.Shape} needs one number per filter of K {kernel.Shape}: [{F}]", kernel.Shape, bias.Shape);
        return [N, F, windows.Down, windows.Across];
    }

    protected override void Prepare()
    {
        convolution = new Convolution(F, C, windows);
        scratch = Reserve(convolution.Scratch(Wants(0), Wants(1), Work));
    }

    /// <summary>The working memory; more of it when the tape has got more threads since.</summary>
    private Span<T> Scratch()
    {
        int needed = convolution!.Scratch(Wants(0), Wants(1), Work);
        if (scratch.Length < needed) scratch = Reserve(needed);
        return scratch.Span;
    }

    protected override void Forward() =>
        convolution!.Forward(x.Values, kernel.Values, Bias, Result, N, Scratch(), threads: Work, epilogue: Epilogue);               // z = x ⋆ K + b

    protected override void Backward()
    {
        if (Wants(0))
            convolution!.InputGradient(OutputGradient, kernel.Values, GradientOf(0), N, Scratch(), Accumulate(0), threads: Work);   // dx (+)= dz ∗ K
        if (Wants(1))
            convolution!.KernelGradient(x.Values, OutputGradient, GradientOf(1), N, Scratch(), Accumulate(1), threads: Work);       // dK (+)= x ⋆ dz
        if (bias is not null && Wants(2))
            Convolution.BiasGradient(OutputGradient, GradientOf(2), N, windows.Count, Accumulate(2), Work);                         // db (+)= Σ dz
    }

    public override IEnumerable<Term<T>> Terms(int input, int index) =>
        input switch { 0 => InputTerms(index), 1 => KernelTerms(index), _ => BiasTerms(index) };

    private IEnumerable<Term<T>> InputTerms(int index)
    {
        var (plane, place) = Math.DivRem(index, windows.Plane);
        var (n, c) = Math.DivRem(plane, C);
        return from f in Enumerable.Range(0, F)
               from at in windows.Covering(place)
               let tap = (f * C + c) * windows.Size + at.InWindow
               select new Term<T>(Factor.Of(kernel, tap), Factor.GradientOf(Output, (n * F + f) * windows.Count + at.Window));
    }

    private IEnumerable<Term<T>> KernelTerms(int index)
    {
        var (plane, tap) = Math.DivRem(index, windows.Size);
        var (f, c) = Math.DivRem(plane, C);
        var (i, j) = Math.DivRem(tap, windows.Columns);
        return from n in Enumerable.Range(0, N)
               from window in Enumerable.Range(0, windows.Count)
               let row = windows.Row(window / windows.Across, i)
               let column = windows.Column(window % windows.Across, j)
               where windows.Inside(row, column)
               let pixel = (n * C + c) * windows.Plane + row * windows.Width + column
               select new Term<T>(Factor.Of(x, pixel), Factor.GradientOf(Output, (n * F + f) * windows.Count + window));
    }

    private IEnumerable<Term<T>> BiasTerms(int f) =>
        from n in Enumerable.Range(0, N)
        from window in Enumerable.Range(0, windows.Count)
        select new Term<T>(Factor.GradientOf(Output, (n * F + f) * windows.Count + window));

    public override string WithNumbers(int index, Func<T, string> number)
    {
        var (plane, window) = Math.DivRem(index, windows.Count);
        var (n, f) = Math.DivRem(plane, F);
        var places = windows.Places(window / windows.Across, window % windows.Across).ToArray();
        string products = places.Length * C == 0 ? number(T.Zero) : Sum(C * places.Length, k =>
        {
            var (c, (tap, place)) = (k / places.Length, places[k % places.Length]);
            return $"{number(x.Values[(n * C + c) * windows.Plane + place])}·{number(kernel.Values[(f * C + c) * windows.Size + tap])}";
        });
        return bias is null ? products : $"{products} + {number(bias.Values[f])}";
    }

    private string Hint() =>
        x.Shape[3] == kernel.Shape[1] ? "; the channels come before rows and columns, [N, C, H, W]"
        : C == F ? "; K is [filters, channels, rows, columns], is it turned round?"
        : "";
}
