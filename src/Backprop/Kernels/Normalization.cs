using System.Numerics;

namespace Backprop.Kernels;

/// <summary>Channels brought to mean 0 and deviation 1, then scaled and shifted; forward and backward.</summary>
/// <remarks>
/// Per channel: γ is its scale, β its shift, μ its mean, v its variance, s = 1/√(v + ε), M how many numbers it has. The normalised numbers are not
/// kept: the way back makes them again from x. Each thread takes whole channels, and does all passes over some of them before it goes on to others,
/// so that x and dy come from memory once.
/// </remarks>
internal static unsafe partial class Normalization
{
    /// <summary>s = 1/√(v + ε).</summary>
    public static T Slope<T>(T variance, T epsilon) where T : unmanaged, IFloatingPointIeee754<T> => T.One / T.Sqrt(variance + epsilon);

    /// <summary>means = μ = Σ x/M and variances = v = Σ (x − μ)²/M, then y as by <see cref="Apply"/>.</summary>
    public static void Forward<T>(
        Channels of, ReadOnlySpan<T> x, ReadOnlySpan<T> scale, ReadOnlySpan<T> shift, T epsilon, Span<T> means, Span<T> variances, Span<T> y,
        Work threads = default, IEpilogue? epilogue = null)
        where T : unmanaged, IFloatingPointIeee754<T> => Share(of, x, scale, shift, epsilon, measures: true, means, variances, y, threads, epilogue);

    /// <summary>y = (x − μ)·(γ·s) + β, rounded after the subtraction, at the factor, and at the end. The epilogue gets planes of y.</summary>
    public static void Apply<T>(
        Channels of, ReadOnlySpan<T> x, ReadOnlySpan<T> scale, ReadOnlySpan<T> shift, T epsilon, ReadOnlySpan<T> means, ReadOnlySpan<T> variances,
        Span<T> y, Work threads = default, IEpilogue? epilogue = null)
        where T : unmanaged, IFloatingPointIeee754<T> => Share(of, x, scale, shift, epsilon, measures: false, means, variances, y, threads, epilogue);

    /// <summary>sums = Σ dy and products = Σ dy·(x − μ), unless both are empty; then, unless it is empty, dx (+)= γ·s·dy where the statistics are
    /// given, but where they were <paramref name="measured"/> and follow x, dx (+)= γ·s·(dy − sum/M − (x − μ)·(s·s·product/M)).</summary>
    public static void Backward<T>(
        Channels of, ReadOnlySpan<T> x, ReadOnlySpan<T> dy, ReadOnlySpan<T> scale, T epsilon, bool measured, ReadOnlySpan<T> means,
        ReadOnlySpan<T> variances, Span<T> sums, Span<T> products, Span<T> dx, bool accumulate, Work threads = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int use = threads.ForElements(x.Length), length = of.Together<T>(use), number = of.Number;
        if (measured || sums.Length > 0) sums = sums[..number];
        if (dx.Length > 0) dx = dx[..x.Length];
        fixed (T* from = x, slopes = dy[..x.Length], to = dx, gamma = scale[..number], mu = means[..number], v = variances[..number])
        fixed (T* sum = sums, product = products[..sums.Length])
            WorkPool.Shared.Run(
                new BackwardParts<T>(of, length, from, slopes, gamma, epsilon, measured, mu, v, sum, product, to, accumulate),
                (number + length - 1) / length, use);
    }

    private static void Share<T>(
        Channels of, ReadOnlySpan<T> x, ReadOnlySpan<T> scale, ReadOnlySpan<T> shift, T epsilon, bool measures, ReadOnlySpan<T> means,
        ReadOnlySpan<T> variances, Span<T> y, Work threads, IEpilogue? epilogue)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int use = threads.ForElements(y.Length), length = of.Together<T>(use), number = of.Number;
        fixed (T* from = x[..y.Length], to = y, gamma = scale[..number], beta = shift[..number], mu = means[..number], v = variances[..number])
            WorkPool.Shared.Run(
                new ForwardParts<T>(of, length, from, gamma, beta, epsilon, measures, mu, v, to, epilogue), (number + length - 1) / length, use);
    }

    private readonly struct ForwardParts<T>(
        Channels of, int length, T* x, T* scale, T* shift, T epsilon, bool measures, T* means, T* variances, T* y,
        IEpilogue? epilogue) : IParts
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int part, int worker)
        {
            int first = part * length, end = Math.Min(first + length, of.Number);
            T count = T.CreateTruncating(of.Count);
            if (measures)
            {
                of.Sum(default(Reduce.Element), x, x, means, means, first, end);
                for (int c = first; c < end; c++) means[c] /= count;
                of.Sum(default(SquaredDistance), x, x, means, variances, first, end);
                for (int c = first; c < end; c++) variances[c] /= count;
            }
            var maps = stackalloc Mapped[end - first];
            for (int c = first; c < end; c++) maps[c - first] = Mapped.Of(means[c], scale[c] * Slope(variances[c], epsilon), shift[c]);
            for (int n = 0; n < of.Samples; n++)
            {
                for (int c = first; c < end; c++)
                {
                    nint at = of.At(n, c);
                    ElementLoop.Run(maps[c - first], ref x[at], ref x[at], ref x[at], ref x[at], ref y[at], of.Plane);
                }
                // The planes of neighbouring channels lie side by side.
                epilogue?.Finish((int)of.At(n, first), (end - first) * of.Plane, default);
            }
        }
    }

    private readonly struct BackwardParts<T>(
        Channels of, int length, T* x, T* dy, T* scale, T epsilon, bool measured, T* means, T* variances, T* sums, T* products, T* dx, bool accumulate)
        : IParts
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int part, int worker)
        {
            int first = part * length, end = Math.Min(first + length, of.Number);
            T count = T.CreateTruncating(of.Count);
            if (sums != null)
            {
                of.Sum(default(Reduce.Element), dy, dy, means, sums, first, end);
                of.Sum(default(TimesDistance), dy, x, means, products, first, end);
            }
            if (dx == null) return;
            var maps = stackalloc MappedBack[end - first];
            var factors = stackalloc T[end - first];
            for (int c = first; c < end; c++)
            {
                T slope = Slope(variances[c], epsilon);
                factors[c - first] = scale[c] * slope;
                if (measured) maps[c - first] = MappedBack.Of(means[c], factors[c - first], sums[c] / count, slope * slope * products[c] / count);
            }
            for (int n = 0; n < of.Samples; n++)
                for (int c = first; c < end; c++)
                {
                    nint at = of.At(n, c);
                    if (measured) ElementLoop.Run(maps[c - first], ref x[at], ref dy[at], ref x[at], ref x[at], ref dx[at], of.Plane, accumulate);
                    else Elementwise.Scale(factors[c - first], new ReadOnlySpan<T>(dy + at, of.Plane), new Span<T>(dx + at, of.Plane), accumulate);
                }
        }
    }
}
