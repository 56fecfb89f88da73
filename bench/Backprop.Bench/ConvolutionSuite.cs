using Backprop.Kernels;
using BenchmarkDotNet.Attributes;

namespace Backprop.Bench;

/// <summary>Convolution with 3×3 kernels and its two gradients, beside the plain loops: few channels, and many.</summary>
public class ConvolutionSuite : Suite
{
    private const int N = 8, Plane = 28;

    private static readonly Windows Windows = new(Plane, Plane, 3, 3, 1, 1, 1, 1);

    private float[] x = [], kernel = [], bias = [], z = [], scratch = [];
    private Convolution plan = new(1, 1, Windows);

    [Params(1, 32)]
    public int Channels { get; set; }

    [Params(32, 64)]
    public int Filters { get; set; }

    public override double Operations => 2.0 * N * Filters * Windows.Count * Channels * Windows.Size;

    public override double Bytes => (double)sizeof(float) * (N * Channels * Windows.Plane + Filters * Channels * Windows.Size + N * Filters * Windows.Count);

    [GlobalSetup]
    public void Prepare()
    {
        plan = new(Filters, Channels, Windows);
        (x, kernel) = (Numbers(N * Channels * Windows.Plane, 1), Numbers(Filters * Channels * Windows.Size, 2));
        (bias, z) = (Numbers(Filters, 3), Numbers(N * Filters * Windows.Count, 4));
        scratch = new float[plan.Scratch(inputGradient: true, kernelGradient: true)];
    }

    [Benchmark(Baseline = true)]
    public void Naive() => Kernels.Naive.Convolution<float>(x, kernel, bias, z, N, Filters, Channels, Windows);

    [Benchmark]
    public void Forward() => plan.Forward<float>(x, kernel, bias, z, N, scratch);

    [Benchmark]
    public void InputGradient() => plan.InputGradient<float>(z, kernel, x, N, scratch, false);

    [Benchmark]
    public void KernelGradient() => plan.KernelGradient<float>(x, z, kernel, N, scratch, false);
}
