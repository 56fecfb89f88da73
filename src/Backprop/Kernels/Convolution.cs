using System.Numerics;
using System.Runtime.Intrinsics;

namespace Backprop.Kernels;

/// <summary>Two-dimensional convolution of images [N, C, H, W] with kernels [F, C / groups, KH, KW] (cross-correlation, as all libraries), and its
/// gradients. Each group of filters reads its own group of channels.</summary>
/// <remarks>
/// An object is the plan for given sizes: made once, it allocates nothing when it runs; working memory comes from outside.
/// Every element is one chain of fused multiply-adds, in an order that is the same on every machine:
/// z in ascending (c, kh, kw), then + b; dx in ascending (f, oh, ow), then + the old dx if it accumulates;
/// dK in ascending (n, oh, ow), on from the old dK if it accumulates.
/// The padding takes part as zeros: in z and dK the places around the image, in dx those around the output gradient.
/// The bits are those of <see cref="Naive"/>.
/// </remarks>
internal sealed unsafe class Convolution(int filters, int channels, Windows windows, int groups = 1)
{
    private readonly ConvolutionSweep forward = ConvolutionSweep.Forward(filters / groups, channels / groups, windows, groups);
    private ConvolutionSweep[]? backward;
    private int[]? positions;

    private ConvolutionSweep[] Backward => backward ??= ConvolutionSweep.Backward(filters / groups, channels / groups, windows, groups);

    /// <summary>Where each output position begins to read the image.</summary>
    private int[] Positions => positions ??=
    [
        .. from down in Enumerable.Range(0, windows.Down)
           from across in Enumerable.Range(0, windows.Across)
           select down * forward.Image.Pitch + across,
    ];

    /// <summary>The numbers of working memory that the methods need: forward, and the gradients that are wanted, on so many threads.</summary>
    public int Scratch(bool inputGradient, bool kernelGradient, Work threads = default)
    {
        int others = threads.ForProducts(long.MaxValue) - 1, most = Slides(forward);
        if (inputGradient)
            foreach (var sweep in Backward) most = Math.Max(most, Slides(sweep));
        if (!kernelGradient) return most;
        return Math.Max(most, checked(
            IsDepthwise ? (others + 1) * DepthwiseScratch.Of(forward) : forward.GatherScratch + others * forward.WorkerGatherScratch));

        int Slides(ConvolutionSweep sweep) => checked(sweep.Scratch + others * sweep.WorkerScratch);
    }

    /// <summary>z = x ⋆ K + b; an empty b is none. Or z += x ⋆ K, and then without b. The epilogue gets the whole
    /// filters of a group and an image.</summary>
    public void Forward<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> kernel, ReadOnlySpan<T> bias, Span<T> z, int n, Span<T> scratch,
        GemmPath path = GemmPath.Fastest, Work threads = default, bool accumulate = false, IEpilogue? epilogue = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        path = Resolve(path);
        Require(x, kernel, z, n, scratch, path, threads);
        if (!bias.IsEmpty && bias.Length < filters)
            throw new ArgumentException($"Convolution: {bias.Length} biases are too few for {filters} filters.");
        if (path == GemmPath.Plain)
        {
            Naive.Convolution(x, kernel, bias, z, n, filters, channels, windows, groups, accumulate);
            epilogue?.Finish(0, n * filters * windows.Count, threads);
        }
        else Slide(forward, x, kernel, bias, z, n, scratch, accumulate, path, Use(n, threads), epilogue);
    }

    /// <summary>dx (+)= the turned K over dz.</summary>
    public void InputGradient<T>(ReadOnlySpan<T> dz, ReadOnlySpan<T> kernel, Span<T> dx, int n, Span<T> scratch, bool accumulate,
        GemmPath path = GemmPath.Fastest, Work threads = default) where T : unmanaged, IFloatingPointIeee754<T>
    {
        path = Resolve(path);
        Require(dx, kernel, dz, n, scratch, path, threads, inputGradient: true);
        if (path == GemmPath.Plain) Naive.ConvolutionInputGradient(dz, kernel, dx, n, filters, channels, windows, accumulate, groups);
        else
            foreach (var sweep in Backward) Slide(sweep, dz, kernel, [], dx, n, scratch, accumulate, path, Use(n, threads));
    }

    /// <summary>dK (+)= Σ over the images of x ⋆ dz.</summary>
    public void KernelGradient<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> dz, Span<T> dKernel, int n, Span<T> scratch, bool accumulate,
        GemmPath path = GemmPath.Fastest, Work threads = default) where T : unmanaged, IFloatingPointIeee754<T>
    {
        path = Resolve(path);
        Require(x, dKernel, dz, n, scratch, path, threads, kernelGradient: true);
        if (path == GemmPath.Plain) Naive.ConvolutionKernelGradient(x, dz, dKernel, n, filters, channels, windows, accumulate, groups);
        else if (path == GemmPath.Vector512) Gather<T, Vector512<T>, GemmLanes512<T>>(x, dz, dKernel, n, scratch, accumulate, UseForKernel(n, threads));
        else if (path == GemmPath.Vector256) Gather<T, Vector256<T>, GemmLanes256<T>>(x, dz, dKernel, n, scratch, accumulate, UseForKernel(n, threads));
        else Gather<T, Vector128<T>, GemmLanes128<T>>(x, dz, dKernel, n, scratch, accumulate, UseForKernel(n, threads));
    }

    /// <summary>db[f] (+)= Σ dz[n, f, ·]: each plane as <see cref="Reduce.Sum{T}"/> adds it up, in ascending n.</summary>
    public static void BiasGradient<T>(ReadOnlySpan<T> dz, Span<T> dBias, int n, int plane, bool accumulate, Work threads = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!accumulate) dBias.Clear();
        int use = threads.ForElements(dz.Length), length = Work.PartLength(dBias.Length, use);
        fixed (T* from = dz[..(n * dBias.Length * plane)], to = dBias)
            WorkPool.Shared.Run(new Biases<T>(from, to, n, dBias.Length, plane, length), (dBias.Length + length - 1) / length, use);
    }

    private readonly struct Biases<T>(T* dz, T* dBias, int n, int filters, int plane, int length) : IParts
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int part, int worker)
        {
            int first = part * length, end = Math.Min(first + length, filters);
            for (int i = 0; i < n; i++)
                for (int f = first; f < end; f++) dBias[f] += Reduce.Sum(new ReadOnlySpan<T>(dz + ((nint)i * filters + f) * plane, plane));
        }
    }

    private bool IsDepthwise => groups > 1 && groups == channels && groups == filters;

    private int Weights => filters / groups * (channels / groups) * windows.Size;

    // Groups go one after the other, so the work of one is what threads share.
    private int Use(int n, Work threads) => threads.ForProducts((long)n * Weights * windows.Count);

    private int UseForKernel(int n, Work threads) =>
        IsDepthwise ? threads.ForProducts((long)n * channels * Weights * windows.Count) : Use(n, threads);

    private void Slide<T>(
        ConvolutionSweep sweep, ReadOnlySpan<T> images, ReadOnlySpan<T> weights, ReadOnlySpan<T> bias, Span<T> target, int n, Span<T> scratch,
        bool accumulate, GemmPath path, int threads, IEpilogue? epilogue = null) where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* images0 = images, kernels = weights, biases = bias, target0 = target, work = scratch)
            for (int group = 0; group < groups; group++)
            {
                T* x = images0 + (nint)group * sweep.Image.Source, kernel = kernels + (nint)group * Weights;
                T* b = biases == null ? null : biases + group * sweep.Rows;
                int start = group * sweep.Rows * sweep.TargetPlane;
                if (path == GemmPath.Vector512)
                    ConvolutionSlide<T, Vector512<T>, GemmLanes512<T>>.Run(sweep, x, kernel, b, target0, start, n, work, accumulate, threads, epilogue);
                else if (path == GemmPath.Vector256)
                    ConvolutionSlide<T, Vector256<T>, GemmLanes256<T>>.Run(sweep, x, kernel, b, target0, start, n, work, accumulate, threads, epilogue);
                else
                    ConvolutionSlide<T, Vector128<T>, GemmLanes128<T>>.Run(sweep, x, kernel, b, target0, start, n, work, accumulate, threads, epilogue);
            }
    }

    private void Gather<T, TVector, TLanes>(
        ReadOnlySpan<T> images, ReadOnlySpan<T> gradients, Span<T> dKernel, int n, Span<T> scratch, bool accumulate, int threads)
        where T : unmanaged, IFloatingPointIeee754<T> where TVector : struct where TLanes : IGemmLanes<T, TVector>
    {
        fixed (T* x = images, dz = gradients, to = dKernel, work = scratch)
        {
            if (IsDepthwise)
            {
                DepthwiseGather<T, TVector, TLanes>.Run(forward, Positions, x, dz, to, n, channels, work, accumulate, threads);
                return;
            }
            for (int group = 0; group < groups; group++)
                ConvolutionGather<T, TVector, TLanes>.Run(
                    forward, Positions, x + (nint)group * forward.Image.Source, dz + (nint)group * forward.Rows * forward.TargetPlane,
                    to + (nint)group * Weights, n, work, accumulate, threads);
        }
    }

    // The one check between the operations and raw addresses.
    private void Require<T>(
        ReadOnlySpan<T> x, ReadOnlySpan<T> kernel, ReadOnlySpan<T> z, int n, ReadOnlySpan<T> scratch, GemmPath path, Work threads,
        bool inputGradient = false, bool kernelGradient = false) where T : unmanaged
    {
        if (n < 0 || x.Length < (long)n * channels * windows.Plane || kernel.Length < (long)groups * Weights
            || z.Length < (long)n * filters * windows.Count
            || path != GemmPath.Plain && scratch.Length < Scratch(inputGradient, kernelGradient, threads))
            throw new ArgumentException(
                $"Convolution: spans of {x.Length}, {kernel.Length}, {z.Length} and {scratch.Length} numbers are too short for {n} images.");
    }

    private static GemmPath Resolve(GemmPath path) => path == GemmPath.Fastest ? Gemm.Fastest : path;
}
