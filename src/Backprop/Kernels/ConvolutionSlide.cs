using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Kernels;

/// <summary>The loops of a sweep: images, lines, blocks of rows, tiles.</summary>
internal static unsafe class ConvolutionSlide<T, TVector, TLanes>
    where T : unmanaged, IFloatingPointIeee754<T> where TVector : struct where TLanes : IGemmLanes<T, TVector>
{
    /// <summary>target = images ⋆ weights + bias (none if null), or target += images ⋆ weights; in the target from a place on, where the group has its results.</summary>
    /// <remarks>Images are independent of each other: each thread takes some at a time, with an image and sums of its own.</remarks>
    public static void Run(
        ConvolutionSweep sweep, T* images, T* weights, T* bias, T* target, int start, int n, T* scratch, bool accumulate, int threads,
        IEpilogue? epilogue)
    {
        Pack(sweep, weights, scratch + sweep.WeightsAt);
        if (threads == 1)
        {
            Images(sweep, images, bias, target, start, 0, n, scratch, scratch, scratch + sweep.SumsAt, accumulate, epilogue);
            return;
        }
        int length = Work.PartLength(n, threads);
        WorkPool.Shared.Run(new Parts(sweep, images, bias, target, start, n, scratch, accumulate, length, epilogue), (n + length - 1) / length, threads);
    }

    private readonly struct Parts(
        ConvolutionSweep sweep, T* images, T* bias, T* target, int start, int n, T* scratch, bool accumulate, int length, IEpilogue? epilogue) : IParts
    {
        public void Run(int part, int worker)
        {
            int at = part * length;
            T* own = worker == 0 ? scratch : scratch + sweep.Scratch + (worker - 1) * (nint)sweep.WorkerScratch;
            Images(sweep, images, bias, target, start, at, Math.Min(length, n - at),
                scratch, own, own + (worker == 0 ? sweep.SumsAt : sweep.WorkerSumsAt), accumulate, epilogue);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Images(
        ConvolutionSweep sweep, T* images, T* bias, T* target, int start, int first, int n, T* scratch, T* laid, T* sums, bool accumulate,
        IEpilogue? epilogue)
    {
        var image = sweep.Image;
        new Span<T>(laid, image.Length + ConvolutionSweep.Slack).Clear();
        for (int i = first; i < first + n; i++)
        {
            image.Fill(new(images + i * sweep.ImageStep, image.Source), new Span<T>(laid, image.Length));
            int at = (int)(i * sweep.TargetStep) + start;
            Image(sweep, laid, scratch + sweep.WeightsAt, bias, sums, target + at, accumulate);
            epilogue?.Finish(at, sweep.Rows * sweep.TargetPlane, default);
        }
    }

    // Blocks of rows, in the order in which the tile reads them.
    private static void Pack(ConvolutionSweep sweep, T* weights, T* packed)
    {
        for (int row = 0, taken; row < sweep.Rows; row += taken)
        {
            taken = Take(sweep.Rows - row);
            T* block = weights + (nint)row * sweep.WeightRow;
            foreach (int at in sweep.Weights)
                for (int i = 0; i < taken; i++) *packed++ = block[(nint)i * sweep.WeightRow + at];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Image(ConvolutionSweep sweep, T* image, T* packed, T* bias, T* sums, T* target, bool accumulate)
    {
        int pitch = sweep.Image.Pitch, sumsPitch = sweep.SumsPitch, length = sweep.Taps.Length;
        fixed (int* taps = sweep.Taps)
            for (int line = 0, lines; line < sweep.Lines; line += lines)
            {
                lines = Math.Min(sweep.LinesAtOnce, sweep.Lines - line);
                int positions = (lines - 1) * pitch + sweep.Columns;
                T* from = image + sweep.Start + line * pitch, weights = packed;
                T* to = target + sweep.TargetStart + (nint)line * sweep.TargetLine;
                nint rest = (nint)(sweep.Lines - line) * sweep.TargetLine;
                for (int row = 0, taken; row < sweep.Rows; row += taken)
                {
                    taken = Take(sweep.Rows - row);
                    int at = 0;
                    for (; at < positions - TLanes.Count; at += 2 * TLanes.Count)
                        ConvolutionTile<T, TVector, TLanes, Sliding>.Run<TwoVectors>(
                            taken, from + at, weights, taps, length, taken, null, sums + at, sumsPitch);
                    if (at < positions)
                        ConvolutionTile<T, TVector, TLanes, Sliding>.Run<OneVector>(
                            taken, from + at, weights, taps, length, taken, null, sums + at, sumsPitch);
                    weights += taken * length;
                    for (int i = 0; i < taken; i++, to += sweep.TargetPlane)
                        Place(sweep, sums + i * sumsPitch, lines, bias == null ? T.NegativeZero : bias[row + i], to, to + rest, accumulate);
                }
            }
    }

    // Moves the sums of one row to the result, without those that lie between two lines.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Place(ConvolutionSweep sweep, T* sums, int lines, T bias, T* target, T* end, bool accumulate)
    {
        int columns = sweep.Columns, pitch = sweep.Image.Pitch, next = sweep.TargetLine;
        // x·1 + bias is rounded once, like the sum; and −0 is the bias that changes nothing, not even a zero's sign.
        TVector one = TLanes.Broadcast(T.One), add = TLanes.Broadcast(bias);
        bool overwrite = !accumulate && next == columns;
        for (int line = 0; line < lines; line++, sums += pitch, target += next)
        {
            int i = 0;
            if (sweep.TargetColumn != 1)
                for (int step = sweep.TargetColumn; i < columns; i++) target[i * step] = sums[i] + (accumulate ? target[i * step] : bias);
            // What a vector writes behind the end of its line, the next line writes again.
            if (overwrite)
                for (; i < columns && end - target >= i + TLanes.Count; i += TLanes.Count)
                    TLanes.Store(target + i, TLanes.FusedMultiplyAdd(one, TLanes.Load(sums + i), add));
            for (int part; i < columns; i += part)
            {
                part = Math.Min(columns - i, TLanes.Count);
                TLanes.StorePart(target + i, part, TLanes.FusedMultiplyAdd(
                    one, TLanes.LoadPart(sums + i, part), accumulate ? TLanes.LoadPart(target + i, part) : add));
            }
        }
    }

    /// <summary>The rows of the next tile: few rows wait for their own sums, so all are shared out evenly among as few tiles as will
    /// do.</summary>
    public static int Take(int rows)
    {
        int tiles = (rows + TLanes.Rows - 1) / TLanes.Rows;
        return (rows + tiles - 1) / tiles;
    }
}
