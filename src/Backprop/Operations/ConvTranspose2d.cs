using System.Numerics;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>Convolution the other way round: every number of a picture lays a kernel down.</summary>
public static class ConvTranspose2dOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Makes pictures larger by kernels that are learnt: every number of x lays its multiple of a kernel down, and where kernels overlap
        /// they add up. This is the gradient of Conv2d, taken as a forward computation.</summary>
        /// <param name="kernel">K, [C, F / groups, KH, KW]: for each channel that comes in, a kernel for each that goes out in its group.</param>
        /// <param name="bias">b, [F]; none if left out.</param>
        /// <param name="stride">From kernel to kernel, 1 or more: one number or (rows, columns); 1 if left out.</param>
        /// <param name="padding">Rows and columns that are cut off all around, 0 or more; 0 if left out.</param>
        /// <param name="outputPadding">Rows below and columns on the right that are there all the same, below the stride: a convolution of this stride
        /// has the same result for several sizes, and this says which one is meant; 0 if left out.</param>
        /// <param name="dilation">How far apart the entries of a kernel are laid, 1 or more; 1, side by side, if left out.</param>
        /// <param name="groups">Channels in and out in so many equal groups, each going out only from the channels of its group.</param>
        /// <remarks>
        /// Shapes: x [N, C, H, W], K [C, F / groups, KH, KW], b [F] → z [N, F, OH, OW], OH = (H − 1)·stride − 2·padding + dilation·(KH − 1) + outputPadding + 1.
        /// Backward: dx = dz ⋆ K, dK = dz ⋆ x summed over the batch, db = Σ dz over batch and positions.
        /// Source: Zeiler, Krishnan, Taylor, Fergus, Deconvolutional Networks (2010); Dumoulin, Visin, A guide to convolution arithmetic (2016), §4.
        /// </remarks>
        /// <exception cref="ShapeException">The axes do not fit, groups do not divide the channels, or the padding cuts everything off.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A stride, a dilation or a number of groups below 1, a padding below 0, or an output padding
        /// that is not below the stride.</exception>
        public Tensor<T> ConvTranspose2d(
            Tensor<T> kernel, Tensor<T>? bias = null, Size2d? stride = null, Size2d? padding = null, Size2d? outputPadding = null,
            Size2d? dilation = null, int groups = 1) =>
            new ConvTranspose2dOp<T>(x, kernel, bias, stride ?? 1, padding ?? 0, outputPadding ?? 0, dilation ?? 1, groups).Apply();
    }
}

internal sealed class ConvTranspose2dOp<T>(
    Tensor<T> x, Tensor<T> kernel, Tensor<T>? bias, Size2d stride, Size2d padding, Size2d outputPadding, Size2d dilation, int groups)
    : Operation<T>(bias is null ? [x, kernel] : [x, kernel, bias]) where T : unmanaged, IFloatingPointIeee754<T>
{
    // The windows of the convolution whose gradient this is: they move over z, and each of them is a number of x.
    private Windows windows;
    private Convolution? convolution;
    private Memory<T> scratch;

    private int N => x.Shape[0];
    private int C => kernel.Shape[0];
    private int F => kernel.Shape[1] * groups;
    private int ChannelsPerGroup => C / groups;
    private int FiltersPerGroup => kernel.Shape[1];

    public override string Formula => bias is null ? "{0} ∗ {1}" : "{0} ∗ {1} + {2}";

    public override long MultiplyAdds => (long)x.Length * FiltersPerGroup * windows.Size;

    public override string GradientFormula(int input) => input switch { 0 => "{dy} ⋆ {1}", 1 => "{dy} ⋆ {0}", _ => "Σ n,i,j of {dy}" };

    /// <summary>Throws unless the output padding is one of the sizes that the stride leaves open.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static void CheckOutputPadding(Size2d outputPadding, Size2d stride)
    {
        if (outputPadding.Rows < 0 || outputPadding.Columns < 0 || outputPadding.Rows >= stride.Rows || outputPadding.Columns >= stride.Columns)
            throw new ArgumentOutOfRangeException(
                null, $"ConvTranspose2d: an output padding of {outputPadding} came, it is 0 or more and below the stride of {stride}.");
    }

    protected override Shape InferShape()
    {
        if (kernel.Shape.Rank != 4)
            throw new ShapeException(
                Name, $"K {kernel.Shape} needs four axes, [channels, filters, rows, columns]", x.Shape, kernel.Shape);
        if (groups < 1)
            throw new ArgumentOutOfRangeException(null, $"{Name}: {groups} groups came, 1 or more are needed.");
        Window.OverPictures(Name, (kernel.Shape[2], kernel.Shape[3]), stride, padding, dilation);
        CheckOutputPadding(outputPadding, stride);
        if (x.Shape.Rank != 4)
            throw new ShapeException(Name, $"x {x.Shape} needs four axes, [N, C, H, W]; one picture of one channel is [1, 1, height, width]", x.Shape);
        if (x.Shape[1] != C)
        {
            string hint = x.Shape[1] == kernel.Shape[1] && groups == 1 ? "; K is [channels, filters, rows, columns], is it turned round?" : "";
            throw new ShapeException(
                Name, $"x {x.Shape} ∗ K {kernel.Shape} needs {C} {(C == 1 ? "channel" : "channels")} in x{hint}", x.Shape, kernel.Shape);
        }
        if (C % groups != 0)
            throw new ShapeException(Name, $"x {x.Shape} has {C} channels, which {groups} groups cannot share evenly", x.Shape, kernel.Shape);
        if (bias is not null && bias.Shape != [F])
            throw new ShapeException(Name, $"b {bias.Shape} needs one number per filter of K {kernel.Shape}: [{F}]", kernel.Shape, bias.Shape);
        if (x.Shape[2] == 0 || x.Shape[3] == 0)
            throw new ShapeException(Name, $"x {x.Shape} has no numbers in a picture", x.Shape);
        int height = Whole(x.Shape[2], kernel.Shape[2], stride.Rows, padding.Rows, outputPadding.Rows, dilation.Rows);
        int width = Whole(x.Shape[3], kernel.Shape[3], stride.Columns, padding.Columns, outputPadding.Columns, dilation.Columns);
        Shape shape = [N, F, height, width];
        windows = new Windows(
            height, width, kernel.Shape[2], kernel.Shape[3], stride.Rows, stride.Columns, padding.Rows, padding.Columns, dilation.Rows, dilation.Columns);
        return shape;
    }

    private int Whole(int inputs, int size, int step, int cut, int more, int apart)
    {
        long whole = (inputs - 1L) * step - 2L * cut + (size - 1L) * apart + more + 1;
        if (whole < 1)
            throw new ShapeException(Name, $"a padding of {padding} cuts everything off that x {x.Shape} and K {kernel.Shape} make", x.Shape, kernel.Shape);
        return whole + 2L * cut <= Array.MaxLength ? (int)whole
            : throw new ShapeException(Name, $"x {x.Shape} and K {kernel.Shape} make pictures with {whole} numbers along an axis, more than a tensor can hold", x.Shape);
    }

    protected override void Prepare()
    {
        convolution = new Convolution(C, F, windows, groups);
        scratch = Reserve(convolution.Scratch(inputGradient: true, Wants(1), Work));
    }

    /// <summary>The working memory; more of it when the tape has got more threads since.</summary>
    private Span<T> Scratch()
    {
        int needed = convolution!.Scratch(inputGradient: true, Wants(1), Work);
        if (scratch.Length < needed) scratch = Reserve(needed);
        return scratch.Span;
    }

    protected override void Forward()
    {
        // What is there before the kernels are laid down.
        for (int plane = 0; bias is not null && plane < N * F; plane++)
            Result.Slice(plane * windows.Plane, windows.Plane).Fill(bias.Values[plane % F]);
        convolution!.InputGradient(x.Values, kernel.Values, Result, N, Scratch(), accumulate: bias is not null, threads: Work);     // z = x ∗ K + b
    }

    protected override void Backward()
    {
        if (Wants(0))
            convolution!.Forward(
                OutputGradient, kernel.Values, [], GradientOf(0), N, Scratch(), threads: Work, accumulate: Accumulate(0));          // dx (+)= dz ⋆ K
        if (Wants(1))
            convolution!.KernelGradient(OutputGradient, x.Values, GradientOf(1), N, Scratch(), Accumulate(1), threads: Work);       // dK (+)= dz ⋆ x
        if (bias is not null && Wants(2))
            Convolution.BiasGradient(OutputGradient, GradientOf(2), N, windows.Plane, Accumulate(2), Work);                         // db (+)= Σ dz
    }

    public override IEnumerable<Term<T>> Terms(int input, int index) =>
        input switch { 0 => InputTerms(index), 1 => KernelTerms(index), _ => BiasTerms(index) };

    private IEnumerable<Term<T>> InputTerms(int index)
    {
        var (plane, window) = Math.DivRem(index, windows.Count);
        var (n, c) = Math.DivRem(plane, C);
        return from ofGroup in Enumerable.Range(0, FiltersPerGroup)
               from at in windows.Places(window / windows.Across, window % windows.Across)
               let tap = (c * FiltersPerGroup + ofGroup) * windows.Size + at.InWindow
               select new Term<T>(Factor.Of(kernel, tap), Factor.GradientOf(Output, Pixel(n, FirstFilter(c) + ofGroup, at.InPlane)));
    }

    private IEnumerable<Term<T>> KernelTerms(int index)
    {
        var (plane, tap) = Math.DivRem(index, windows.Size);
        var (c, ofGroup) = Math.DivRem(plane, FiltersPerGroup);
        var (i, j) = Math.DivRem(tap, windows.Columns);
        return from n in Enumerable.Range(0, N)
               from window in Enumerable.Range(0, windows.Count)
               let row = windows.Row(window / windows.Across, i)
               let column = windows.Column(window % windows.Across, j)
               where windows.Inside(row, column)
               let pixel = Pixel(n, FirstFilter(c) + ofGroup, row * windows.Width + column)
               select new Term<T>(Factor.Of(x, (n * C + c) * windows.Count + window), Factor.GradientOf(Output, pixel));
    }

    private IEnumerable<Term<T>> BiasTerms(int f) =>
        from n in Enumerable.Range(0, N)
        from place in Enumerable.Range(0, windows.Plane)
        select new Term<T>(Factor.GradientOf(Output, Pixel(n, f, place)));

    public override string WithNumbers(int index, Func<T, string> number)
    {
        var (plane, place) = Math.DivRem(index, windows.Plane);
        var (n, f) = Math.DivRem(plane, F);
        var (own, ofGroup) = Math.DivRem(f, FiltersPerGroup);
        var covering = windows.Covering(place).ToArray();
        string products = covering.Length * ChannelsPerGroup == 0 ? number(T.Zero) : Sum(ChannelsPerGroup * covering.Length, k =>
        {
            var (c, (window, tap)) = (own * ChannelsPerGroup + k / covering.Length, covering[k % covering.Length]);
            T weight = kernel.Values[(c * FiltersPerGroup + ofGroup) * windows.Size + tap];
            return $"{number(x.Values[(n * C + c) * windows.Count + window])}·{number(weight)}";
        });
        return bias is null ? products : $"{products} + {number(bias.Values[f])}";
    }

    private int FirstFilter(int channel) => channel / ChannelsPerGroup * FiltersPerGroup;

    private int Pixel(int n, int f, int place) => (n * F + f) * windows.Plane + place;
}
