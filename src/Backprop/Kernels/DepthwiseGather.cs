using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Kernels;

/// <summary>The kernel gradient of a depthwise convolution: one filter per channel leaves one lane of a panel of filters in use, so here channels
/// lie side by side instead.</summary>
/// <remarks>
/// Image and gradient of a block of channels are turned, so that a vector has one place of many channels. Equals, for every channel and tap:
/// sum = old or 0; for (n, position) sum = FusedMultiplyAdd(image[tap + position], gradient[position], sum).
/// Threads take blocks of channels.
/// </remarks>
internal static unsafe class DepthwiseGather<T, TVector, TLanes>
    where T : unmanaged, IFloatingPointIeee754<T> where TVector : struct where TLanes : IGemmLanes<T, TVector>
{
    private const int MostTaps = 9;

    /// <summary>dKernel (+)= Σ over the images of image ⋆ gradient, channel by channel.</summary>
    public static void Run(ConvolutionSweep sweep, int[] positions, T* images, T* gradients, T* dKernel, int n, int channels, T* scratch, bool accumulate,
        int threads)
    {
        int blocks = (channels + TLanes.Count - 1) / TLanes.Count;
        WorkPool.Shared.Run(new Blocks(sweep, positions, images, gradients, dKernel, n, channels, scratch, accumulate), blocks, threads);
    }

    private readonly struct Blocks(
        ConvolutionSweep sweep, int[] positions, T* images, T* gradients, T* dKernel, int n, int channels, T* scratch, bool accumulate) : IParts
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(int part, int worker)
        {
            var image = sweep.Image;
            int width = TLanes.Count, first = part * width, count = Math.Min(width, channels - first), taps = sweep.Taps.Length;
            T* laid = scratch + worker * (nint)DepthwiseScratch.Of(sweep), turned = laid + (nint)DepthwiseScratch.PlanesAtOnce * image.Length;
            T* gradient = turned + (nint)width * image.Length, sums = gradient + (nint)width * positions.Length, own = dKernel + (nint)first * taps;
            // The padding of the image stays zero, and so do the lanes behind the last channel.
            new Span<T>(laid, DepthwiseScratch.Of(sweep)).Clear();
            if (accumulate) Turn<T>.Copy(own, taps, count, taps, sums, width);
            T* from = images + (nint)first * image.Source, dz = gradients + (nint)first * positions.Length;
            for (int i = 0; i < n; i++, from += sweep.ImageStep, dz += sweep.TargetStep)
            {
                for (int c = 0, planes; c < count; c += planes)
                {
                    planes = Math.Min(DepthwiseScratch.PlanesAtOnce, count - c);
                    for (int p = 0; p < planes; p++)
                        image.Fill(new(from + (nint)(c + p) * image.Source, image.Source), new Span<T>(laid + (nint)p * image.Length, image.Length));
                    Turn<T>.Copy(laid, image.Length, planes, image.Length, turned + c, width);
                }
                Turn<T>.Copy(dz, positions.Length, count, positions.Length, gradient, width);
                fixed (int* tap = sweep.Taps, position = positions)
                    for (int t = 0, taken; t < taps; t += taken)
                        Add(taken = Math.Min(MostTaps, taps - t), turned, gradient, position, positions.Length, tap + t, sums + (nint)t * width);
            }
            Turn<T>.Copy(sums, width, taps, count, own, taps);
        }
    }

    private static void Add(int taken, T* image, T* gradient, int* positions, int count, int* taps, T* sums)
    {
        switch (taken)
        {
            case 1: Add<Rows1>(image, gradient, positions, count, taps, sums); break;
            case 2: Add<Rows2>(image, gradient, positions, count, taps, sums); break;
            case 3: Add<Rows3>(image, gradient, positions, count, taps, sums); break;
            case 4: Add<Rows4>(image, gradient, positions, count, taps, sums); break;
            case 5: Add<Rows5>(image, gradient, positions, count, taps, sums); break;
            case 6: Add<Rows6>(image, gradient, positions, count, taps, sums); break;
            case 7: Add<Rows7>(image, gradient, positions, count, taps, sums); break;
            case 8: Add<Rows8>(image, gradient, positions, count, taps, sums); break;
            default: Add<Rows9>(image, gradient, positions, count, taps, sums); break;
        }
    }

    // sums[tap] += Σ over the positions of image[tap + position] · gradient[position], one vector of channels each.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add<TRows>(T* image, T* gradient, int* positions, int count, int* taps, T* sums) where TRows : ITileRows
    {
        nint width = TLanes.Count;
        TVector s0 = TLanes.Load(sums), s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default, s8 = default;
        nint t0 = taps[0] * width, t1 = 0, t2 = 0, t3 = 0, t4 = 0, t5 = 0, t6 = 0, t7 = 0, t8 = 0;
        if (TRows.Count > 1) { s1 = TLanes.Load(sums + width); t1 = taps[1] * width; }
        if (TRows.Count > 2) { s2 = TLanes.Load(sums + 2 * width); t2 = taps[2] * width; }
        if (TRows.Count > 3) { s3 = TLanes.Load(sums + 3 * width); t3 = taps[3] * width; }
        if (TRows.Count > 4) { s4 = TLanes.Load(sums + 4 * width); t4 = taps[4] * width; }
        if (TRows.Count > 5) { s5 = TLanes.Load(sums + 5 * width); t5 = taps[5] * width; }
        if (TRows.Count > 6) { s6 = TLanes.Load(sums + 6 * width); t6 = taps[6] * width; }
        if (TRows.Count > 7) { s7 = TLanes.Load(sums + 7 * width); t7 = taps[7] * width; }
        if (TRows.Count > 8) { s8 = TLanes.Load(sums + 8 * width); t8 = taps[8] * width; }
        for (int p = 0; p < count; p++, gradient += width)
        {
            T* at = image + positions[p] * width;
            TVector dz = TLanes.Load(gradient);
            s0 = TLanes.FusedMultiplyAdd(TLanes.Load(at + t0), dz, s0);
            if (TRows.Count > 1) s1 = TLanes.FusedMultiplyAdd(TLanes.Load(at + t1), dz, s1);
            if (TRows.Count > 2) s2 = TLanes.FusedMultiplyAdd(TLanes.Load(at + t2), dz, s2);
            if (TRows.Count > 3) s3 = TLanes.FusedMultiplyAdd(TLanes.Load(at + t3), dz, s3);
            if (TRows.Count > 4) s4 = TLanes.FusedMultiplyAdd(TLanes.Load(at + t4), dz, s4);
            if (TRows.Count > 5) s5 = TLanes.FusedMultiplyAdd(TLanes.Load(at + t5), dz, s5);
            if (TRows.Count > 6) s6 = TLanes.FusedMultiplyAdd(TLanes.Load(at + t6), dz, s6);
            if (TRows.Count > 7) s7 = TLanes.FusedMultiplyAdd(TLanes.Load(at + t7), dz, s7);
            if (TRows.Count > 8) s8 = TLanes.FusedMultiplyAdd(TLanes.Load(at + t8), dz, s8);
        }
        TLanes.Store(sums, s0);
        if (TRows.Count > 1) TLanes.Store(sums + width, s1);
        if (TRows.Count > 2) TLanes.Store(sums + 2 * width, s2);
        if (TRows.Count > 3) TLanes.Store(sums + 3 * width, s3);
        if (TRows.Count > 4) TLanes.Store(sums + 4 * width, s4);
        if (TRows.Count > 5) TLanes.Store(sums + 5 * width, s5);
        if (TRows.Count > 6) TLanes.Store(sums + 6 * width, s6);
        if (TRows.Count > 7) TLanes.Store(sums + 7 * width, s7);
        if (TRows.Count > 8) TLanes.Store(sums + 8 * width, s8);
    }
}

/// <summary>The working memory of <see cref="DepthwiseGather{T, TVector, TLanes}"/>.</summary>
internal static class DepthwiseScratch
{
    /// <summary>So many planes are laid out before they are turned together.</summary>
    public const int PlanesAtOnce = 4;

    // No vector has more lanes.
    private const int MostLanes = 16;

    /// <summary>The numbers that each worker needs: some planes as they are read, and a block of channels turned, with its gradients and sums.</summary>
    public static int Of(ConvolutionSweep sweep)
    {
        long numbers = (PlanesAtOnce + MostLanes) * (long)sweep.Image.Length + MostLanes * ((long)sweep.TargetPlane + sweep.Taps.Length);
        return checked((int)((numbers + 15) / 16 * 16));
    }
}
