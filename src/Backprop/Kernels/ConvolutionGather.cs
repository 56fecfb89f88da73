using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Kernels;

/// <summary>The loops of a kernel gradient: images, panels of filters, positions, tiles of taps.</summary>
internal static unsafe class ConvolutionGather<T, TVector, TLanes>
    where T : unmanaged, IFloatingPointIeee754<T> where TVector : struct where TLanes : IGemmLanes<T, TVector>
{
    private const int PositionsAtOnce = ConvolutionSweep.PanelPositions;

    private static int PanelWidth => 2 * TLanes.Count;

    /// <summary>dKernel (+)= Σ over the images of image ⋆ gradient.</summary>
    /// <remarks>The sums are kept with the filters side by side, so that a vector has one tap of many filters.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ConvolutionSweep sweep, int[] positions, T* images, T* gradients, T* dKernel, int n, T* scratch, bool accumulate,
        int threads)
    {
        int taps = sweep.Taps.Length, filters = sweep.Rows;
        T* sums = Sums(sweep, scratch);

        for (int filter = 0; filter < filters; filter += PanelWidth)
        {
            int width = Width(filters - filter);
            T* to = sums + (nint)filter * taps;
            new Span<T>(to, width * taps).Clear();
            if (accumulate) Turn<T>.Copy(dKernel + (nint)filter * taps, taps, Math.Min(filters - filter, width), taps, to, width);
        }
        // Each part is some panels, or where there are fewer panels than threads a range of the taps of one: every element's chain stays whole.
        int panels = (filters + PanelWidth - 1) / PanelWidth, height = Math.Max((panels + threads - 1) / threads, 1);
        int groups = (panels + height - 1) / height, ranges = Math.Clamp(threads / Math.Max(groups, 1), 1, Math.Max(taps / TLanes.Rows, 1));
        var parts = new Parts(sweep, positions, images, gradients, n, scratch, height * PanelWidth, ranges, (taps + ranges - 1) / ranges);
        WorkPool.Shared.Run(parts, groups * ranges, threads);
        for (int filter = 0; filter < filters; filter += PanelWidth)
        {
            int width = Width(filters - filter);
            Turn<T>.Copy(sums + (nint)filter * taps, width, taps, Math.Min(filters - filter, width), dKernel + (nint)filter * taps, taps);
        }
    }

    private readonly struct Parts(
        ConvolutionSweep sweep, int[] positions, T* images, T* gradients, int n, T* scratch, int filters, int ranges, int range) : IParts
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(int part, int worker)
        {
            var image = sweep.Image;
            int taps = sweep.Taps.Length, first = part / ranges * filters, end = Math.Min(first + filters, sweep.Rows);
            int tap = part % ranges * range, tapEnd = Math.Min(tap + range, taps);
            T* own = worker == 0 ? scratch : scratch + sweep.GatherScratch + (worker - 1) * (nint)sweep.WorkerGatherScratch;
            T* panel = own + (worker == 0 ? sweep.WeightsAt : sweep.WorkerSumsAt), sums = Sums(sweep, scratch), from = images, gradient = gradients;
            new Span<T>(own, image.Length).Clear();
            // The lanes behind the last filter are computed like the others and go nowhere; zeros, since odd numbers could slow them down.
            new Span<T>(panel, PanelWidth * PositionsAtOnce).Clear();
            for (int i = 0; i < n; i++, from += sweep.ImageStep, gradient += sweep.TargetStep)
            {
                image.Fill(new(from, image.Source), new Span<T>(own, image.Length));
                for (int filter = first; filter < end; filter += PanelWidth)
                    Add(sweep.Taps, tap, tapEnd, positions, own, gradient + (nint)filter * positions.Length, Math.Min(end - filter, PanelWidth), panel,
                        sums + (nint)filter * taps);
            }
        }
    }

    private static T* Sums(ConvolutionSweep sweep, T* scratch) => scratch + sweep.WeightsAt + PanelWidth * PositionsAtOnce;

    // sums[tap, filter] += Σ over the positions of image[tap + position] · gradients[filter, position].
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(int[] taps, int first, int end, int[] positions, T* image, T* gradients, int filters, T* panel, T* sums)
    {
        int width = Width(filters);
        fixed (int* tap = taps, position = positions)
            for (int p = 0; p < positions.Length; p += PositionsAtOnce)
            {
                int count = Math.Min(PositionsAtOnce, positions.Length - p);
                Turn<T>.Copy(gradients + p, positions.Length, filters, count, panel, width);
                for (int row = first, taken; row < end; row += taken)
                {
                    taken = ConvolutionSlide<T, TVector, TLanes>.Take(end - row);
                    T* to = sums + (nint)row * width;
                    if (width == PanelWidth)
                        ConvolutionTile<T, TVector, TLanes, Gathering>.Run<TwoVectors>(
                            taken, panel, image, position + p, count, width, tap + row, to, width);
                    else
                        ConvolutionTile<T, TVector, TLanes, Gathering>.Run<OneVector>(
                            taken, panel, image, position + p, count, width, tap + row, to, width);
                }
            }
    }

    private static int Width(int filters) => filters > TLanes.Count ? PanelWidth : TLanes.Count;
}
