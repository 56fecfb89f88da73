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
    public static void Run(ConvolutionSweep sweep, int[] positions, T* images, T* gradients, T* dKernel, int n, T* scratch, bool accumulate)
    {
        var image = sweep.Image;
        int taps = sweep.Taps.Length, filters = sweep.Rows;
        T* panel = scratch + sweep.WeightsAt, sums = panel + PanelWidth * PositionsAtOnce;

        for (int filter = 0; filter < filters; filter += PanelWidth)
        {
            int width = Width(filters - filter);
            T* to = sums + (nint)filter * taps;
            new Span<T>(to, width * taps).Clear();
            if (accumulate) Turn<T>.Copy(dKernel + (nint)filter * taps, taps, Math.Min(filters - filter, width), taps, to, width);
        }
        new Span<T>(scratch, image.Length).Clear();
        // The lanes behind the last filter are computed like the others and go nowhere; zeros, since odd numbers could slow them down.
        new Span<T>(panel, PanelWidth * PositionsAtOnce).Clear();
        for (int i = 0; i < n; i++, images += image.Source, gradients += (nint)filters * positions.Length)
        {
            image.Fill(new(images, image.Source), new Span<T>(scratch, image.Length));
            // Threads may each take some panels, with a panel of their own: every element's chain stays whole.
            for (int filter = 0; filter < filters; filter += PanelWidth)
                Add(sweep.Taps, positions, scratch, gradients + (nint)filter * positions.Length, Math.Min(filters - filter, PanelWidth),
                    panel, sums + (nint)filter * taps);
        }
        for (int filter = 0; filter < filters; filter += PanelWidth)
        {
            int width = Width(filters - filter);
            Turn<T>.Copy(sums + (nint)filter * taps, width, taps, Math.Min(filters - filter, width), dKernel + (nint)filter * taps, taps);
        }
    }

    // sums[tap, filter] += Σ over the positions of image[tap + position] · gradients[filter, position].
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(int[] taps, int[] positions, T* image, T* gradients, int filters, T* panel, T* sums)
    {
        int width = Width(filters);
        fixed (int* tap = taps, position = positions)
            for (int p = 0; p < positions.Length; p += PositionsAtOnce)
            {
                int count = Math.Min(PositionsAtOnce, positions.Length - p);
                Turn<T>.Copy(gradients + p, positions.Length, filters, count, panel, width);
                for (int row = 0, taken; row < taps.Length; row += taken)
                {
                    taken = ConvolutionSlide<T, TVector, TLanes>.Take(taps.Length - row);
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
