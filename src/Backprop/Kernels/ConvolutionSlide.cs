using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Backprop.Kernels;

/// <summary>The loops of a sweep: images, blocks of rows, tiles of positions.</summary>
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
        var positions = sweep.Positions(TLanes.Count / 2);
        int length = sweep.Taps.Length, sumsPitch = SumsPitch;
        target += sweep.TargetStart;
        image += sweep.Start;
        fixed (int* taps = sweep.Taps, places = positions.Places, targets = positions.Targets)
        fixed (ConvolutionPositions.Run* runs = positions.Runs)
            for (int group = 0; group < positions.FirstRun.Length - 1; group++)
            {
                int first = group * ConvolutionPositions.TilesAtOnce;
                int end = Math.Min(first + ConvolutionPositions.TilesAtOnce, positions.Tiles);
                int run = positions.FirstRun[group], runEnd = positions.FirstRun[group + 1];
                T* weights = packed, to = target;
                for (int row = 0, taken; row < sweep.Rows; row += taken, weights += taken * length, to += taken * (nint)sweep.TargetPlane)
                {
                    taken = Take(sweep.Rows - row);
                    T* tileSums = sums;
                    for (int tile = first; tile < end; tile++, tileSums += 2 * TLanes.Count)
                    {
                        int at = tile * ConvolutionPositions.Halves;
                        Fetch(to + targets[tile], taken, sweep.TargetPlane);
                        if (positions.Count - at > 2)
                            ConvolutionTile<T, TVector, TLanes, Sliding>.Run<TwoVectors>(
                                taken, image, weights, taps, length, taken, places + at, tileSums, sumsPitch);
                        else
                            ConvolutionTile<T, TVector, TLanes, Sliding>.Run<OneVector>(
                                taken, image, weights, taps, length, taken, places + at, tileSums, sumsPitch);
                    }
                    for (int i = 0; i < taken; i++)
                        Place(runs + run, runs + runEnd, sums + i * sumsPitch, bias == null ? T.NegativeZero : bias[row + i],
                            to + i * (nint)sweep.TargetPlane, sweep.TargetColumn, accumulate);
                }
            }
    }

    private static int SumsPitch => ConvolutionPositions.TilesAtOnce * 2 * TLanes.Count;

    // The lines of the result come from memory while the tile computes, not when they are written.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fetch(T* target, int rows, nint plane)
    {
        if (!Sse.IsSupported) return;
        for (int i = 0; i < rows; i++, target += plane)
        {
            Sse.Prefetch0(target + TLanes.Count - 1);
            Sse.Prefetch0(target + 2 * TLanes.Count - 1);
        }
    }

    // Moves the sums of one row to the result.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Place(
        ConvolutionPositions.Run* run, ConvolutionPositions.Run* end, T* sums, T bias, T* target, int step, bool accumulate)
    {
        // x·1 + bias is rounded once, like the sum; and −0 is the bias that changes nothing, not even a zero's sign.
        TVector one = TLanes.Broadcast(T.One), add = TLanes.Broadcast(bias);
        for (; run < end; run++)
        {
            T* from = sums + run->From, to = target + run->To;
            int i = 0, count = run->Count;
            if (step != 1)
                for (; i < count; i++) to[i * step] = from[i] + (accumulate ? to[i * step] : bias);
            else if (!accumulate)
                for (int whole = run->Whole ? count : count - TLanes.Count + 1; i < whole; i += TLanes.Count)
                    TLanes.Store(to + i, TLanes.FusedMultiplyAdd(one, TLanes.Load(from + i), add));
            for (int part; i < count; i += part)
            {
                part = Math.Min(count - i, TLanes.Count);
                TLanes.StorePart(to + i, part, TLanes.FusedMultiplyAdd(
                    one, TLanes.LoadPart(from + i, part), accumulate ? TLanes.LoadPart(to + i, part) : add));
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
