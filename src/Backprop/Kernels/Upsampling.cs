using System.Numerics;

namespace Backprop.Kernels;

/// <summary>One axis of pictures, made longer by a whole factor: each place of the result takes the two neighbours around it, or the one under it.</summary>
/// <remarks>Place o of the result lies at (o + ½)/factor − ½ of the source, where that is below 0 at 0. Planes are independent of each other: each
/// thread takes some of them. The loops below say in which order numbers are added; they are the same at every width.</remarks>
internal sealed class Upsampling(int size, int factor, bool blends)
{
    // What the loops over columns read: made once.
    private readonly int[] lower = [.. Enumerable.Range(0, size * factor).Select(at => blends ? Position(at, factor) / (2 * factor) : at / factor)];
    private readonly double[] upperWeights =
    [
        // In units of 1/(2·factor), so that the weights are exact divisions of whole numbers.
        .. Enumerable.Range(0, size * factor).Select(at => blends ? Position(at, factor) % (2 * factor) / (2.0 * factor) : 0),
    ];

    /// <summary>The places of the source.</summary>
    public int Size => size;

    /// <summary>The places of the result.</summary>
    public int Length => size * factor;

    private bool Blends => blends;

    private int Factor => factor;

    /// <summary>The place of the source at or before a place of the result.</summary>
    public int Lower(int at) => lower[at];

    /// <summary>The place of the source behind it; the last one has none but itself.</summary>
    public int Upper(int at) => Math.Min(lower[at] + 1, size - 1);

    /// <summary>How much of the number is that of <see cref="Upper"/>; the rest is that of <see cref="Lower"/>.</summary>
    public double UpperWeight(int at) => upperWeights[at];

    /// <summary>The places of the result that a place of the source goes to, and with which weight.</summary>
    public IEnumerable<(int To, double Weight)> Over(int place)
    {
        for (int at = Math.Max((place - 1) * factor, 0); at < Math.Min((place + 2) * factor, Length); at++)
        {
            if (Lower(at) == place) yield return (at, 1 - UpperWeight(at));
            if (blends && Upper(at) == place) yield return (at, UpperWeight(at));
        }
    }

    private static int Position(int at, int factor) => Math.Max(2 * at + 1 - factor, 0);

    /// <summary>y = x enlarged: v₀·(u₀·a + u₁·b) + v₁·(u₀·c + u₁·d) of the four around each place, or the number under it.</summary>
    public static void Forward<T>(ReadOnlySpan<T> x, Span<T> y, Upsampling rows, Upsampling columns, Work threads = default)
        where T : unmanaged, IFloatingPointIeee754<T> => Share(x, y, rows, columns, forward: true, accumulate: false, threads);

    /// <summary>dx (+)= each dy by the weights with which y was made, in ascending places of y.</summary>
    public static void Backward<T>(ReadOnlySpan<T> dy, Span<T> dx, Upsampling rows, Upsampling columns, bool accumulate, Work threads = default)
        where T : unmanaged, IFloatingPointIeee754<T> => Share(dx, dy, rows, columns, forward: false, accumulate, threads);

    private static unsafe void Share<T>(
        ReadOnlySpan<T> small, ReadOnlySpan<T> large, Upsampling rows, Upsampling columns, bool forward, bool accumulate, Work threads)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int plane = rows.Size * columns.Size;
        if (plane == 0) return;
        int planes = small.Length / plane, use = threads.ForElements(large.Length), length = Work.PartLength(planes, use);
        fixed (T* x = small, y = large[..(planes * rows.Length * columns.Length)])
            WorkPool.Shared.Run(new Planes<T>(x, y, rows, columns, planes, length, forward, accumulate), (planes + length - 1) / length, use);
    }

    private readonly unsafe struct Planes<T>(T* x, T* y, Upsampling rows, Upsampling columns, int planes, int length, bool forward, bool accumulate)
        : IParts where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int part, int worker)
        {
            for (int plane = part * length; plane < Math.Min((part + 1) * length, planes); plane++)
            {
                T* small = x + (nint)plane * rows.Size * columns.Size, large = y + (nint)plane * rows.Length * columns.Length;
                if (!forward && !accumulate) new Span<T>(small, rows.Size * columns.Size).Clear();
                for (int down = 0; down < rows.Length; down++, large += columns.Length)
                {
                    T* above = small + (nint)rows.Lower(down) * columns.Size, below = small + (nint)rows.Upper(down) * columns.Size;
                    T weight = T.CreateTruncating(rows.UpperWeight(down));
                    if (forward && rows.Blends) Blend(above, below, weight, large);
                    else if (forward) Spread(above, large);
                    else if (rows.Blends) BlendBack(above, below, weight, large);
                    else Gather(above, large);
                }
            }
        }

        private void Spread(T* from, T* to)
        {
            for (int column = 0; column < columns.Size; column++)
                for (int i = 0; i < columns.Factor; i++) *to++ = from[column];
        }

        private void Gather(T* to, T* from)
        {
            for (int column = 0; column < columns.Size; column++)
                for (int i = 0; i < columns.Factor; i++) to[column] += *from++;
        }

        private void Blend(T* above, T* below, T weight, T* to)
        {
            T other = T.One - weight;
            ReadOnlySpan<int> lefts = columns.lower;
            ReadOnlySpan<double> weights = columns.upperWeights;
            int last = columns.Size - 1;
            for (int across = 0; across < lefts.Length; across++)
            {
                int left = lefts[across], right = Math.Min(left + 1, last);
                T near = T.CreateTruncating(weights[across]), far = T.One - near;
                to[across] = other * (far * above[left] + near * above[right]) + weight * (far * below[left] + near * below[right]);
            }
        }

        private void BlendBack(T* above, T* below, T weight, T* from)
        {
            T other = T.One - weight;
            ReadOnlySpan<int> lefts = columns.lower;
            ReadOnlySpan<double> weights = columns.upperWeights;
            int last = columns.Size - 1;
            for (int across = 0; across < lefts.Length; across++)
            {
                int left = lefts[across], right = Math.Min(left + 1, last);
                T near = T.CreateTruncating(weights[across]), far = T.One - near, up = other * from[across], down = weight * from[across];
                above[left] += far * up;
                above[right] += near * up;
                below[left] += far * down;
                below[right] += near * down;
            }
        }
    }
}
