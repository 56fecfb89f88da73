using System.Numerics;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>A convolution of pictures or of sequences.</summary>
internal abstract class ConvolutionOp<T>(Tensor<T> x, Tensor<T> kernel, Tensor<T>? bias, int groups)
    : Operation<T>(bias is null ? [x, kernel] : [x, kernel, bias]) where T : unmanaged, IFloatingPointIeee754<T>
{
    private Windows windows;
    private Convolution? convolution;
    private Memory<T> scratch;

    private int N => x.Shape[0];
    private int C => x.Shape[1];
    private int F => kernel.Shape[0];
    private int ChannelsPerGroup => kernel.Shape[1];
    private int FiltersPerGroup => F / groups;
    private ReadOnlySpan<T> Bias => bias is null ? [] : bias.Values;

    public override string Formula => bias is null ? "{0} ⋆ {1}" : "{0} ⋆ {1} + {2}";

    internal override bool TakesEpilogue => true;

    public override long MultiplyAdds => (long)Output.Length * ChannelsPerGroup * windows.Size;

    protected int Groups => groups;

    /// <summary>How many axes the kernels slide along.</summary>
    protected abstract int Axes { get; }

    /// <summary>The axes of x, as messages name them.</summary>
    protected abstract string AxesOfInput { get; }

    /// <summary>The axes of K, as messages name them.</summary>
    protected abstract string AxesOfKernel { get; }

    /// <summary>The window that moves, from a kernel that has its axes.</summary>
    protected abstract Window Moving(Shape kernel);

    public override string GradientFormula(int input) => input switch { 0 => "{dy} ∗ {1}", 1 => "{0} ⋆ {dy}", _ => "Σ n,i,j of {dy}" };

    protected override Shape InferShape()
    {
        if (kernel.Shape.Rank != 2 + Axes)
            throw new ShapeException(
                Name, $"K {kernel.Shape} needs {(Axes == 1 ? "three" : "four")} axes, {AxesOfKernel}", x.Shape, kernel.Shape);
        if (groups < 1)
            throw new ArgumentOutOfRangeException(null, $"{Name}: {groups} groups came, 1 or more are needed.");
        var window = Moving(kernel.Shape);
        windows = window.Over(x.Shape);
        long needed = (long)ChannelsPerGroup * groups;
        if (C != needed)
        {
            string each = groups == 1 ? "" : $", {ChannelsPerGroup} for each of {groups} groups";
            throw new ShapeException(
                Name, $"x {x.Shape} ⋆ K {kernel.Shape} needs {needed} {(needed == 1 ? "channel" : "channels")} in x{each}{Hint()}", x.Shape, kernel.Shape);
        }
        if (F % groups != 0)
            throw new ShapeException(Name, $"K {kernel.Shape} has {F} filters, which {groups} groups cannot share evenly", x.Shape, kernel.Shape);
        if (bias is not null && bias.Shape != [F])
            throw new ShapeException(Name, $"b {bias.Shape} needs one number per filter of K {kernel.Shape}: [{F}]", kernel.Shape, bias.Shape);
        return window.Output(N, F, windows);
    }

    protected override void Prepare()
    {
        convolution = new Convolution(F, C, windows, groups);
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
        var (own, ofGroup) = Math.DivRem(c, ChannelsPerGroup);
        return from f in Enumerable.Range(own * FiltersPerGroup, FiltersPerGroup)
               from at in windows.Covering(place)
               let tap = (f * ChannelsPerGroup + ofGroup) * windows.Size + at.InWindow
               select new Term<T>(Factor.Of(kernel, tap), Factor.GradientOf(Output, (n * F + f) * windows.Count + at.Window));
    }

    private IEnumerable<Term<T>> KernelTerms(int index)
    {
        var (plane, tap) = Math.DivRem(index, windows.Size);
        var (f, ofGroup) = Math.DivRem(plane, ChannelsPerGroup);
        int c = FirstChannel(f) + ofGroup;
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
        string products = places.Length * ChannelsPerGroup == 0 ? number(T.Zero) : Sum(ChannelsPerGroup * places.Length, k =>
        {
            var (c, (tap, place)) = (k / places.Length, places[k % places.Length]);
            int pixel = (n * C + FirstChannel(f) + c) * windows.Plane + place, weight = (f * ChannelsPerGroup + c) * windows.Size + tap;
            return $"{number(x.Values[pixel])}·{number(kernel.Values[weight])}";
        });
        return bias is null ? products : $"{products} + {number(bias.Values[f])}";
    }

    private int FirstChannel(int filter) => filter / FiltersPerGroup * ChannelsPerGroup;

    private string Hint() =>
        groups > 1 ? ""
        : x.Shape[^1] == kernel.Shape[1] ? $"; the channels come before {(Axes == 1 ? "the positions" : "rows and columns")}, {AxesOfInput}"
        : C == F ? $"; K is {AxesOfKernel}, is it turned round?"
        : "";
}
