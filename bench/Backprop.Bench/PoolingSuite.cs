using Backprop.Kernels;
using BenchmarkDotNet.Attributes;

namespace Backprop.Bench;

/// <summary>Pooling over windows of 2×2 and its gradient, beside the plain loops.</summary>
public class PoolingSuite : Suite
{
    private const int Planes = 512;

    private float[] x = [], y = [];
    private int[] winners = [];
    private Windows windows;

    [Params(10, 24)]
    public int Side { get; set; }

    public override double Operations => 0;

    public override double Bytes => (double)sizeof(float) * Planes * (Side * Side + Side * Side / 4);

    [GlobalSetup]
    public void Prepare()
    {
        windows = new(Side, Side, 2, 2, 2, 2, 0, 0);
        (x, y) = (Numbers(Planes * windows.Plane, 1), Numbers(Planes * windows.Count, 2));
        winners = new int[y.Length];
        Pooling.Max<float>(x, y, winners, windows);
    }

    [Benchmark(Baseline = true)]
    public void NaiveMax() => Naive.MaxPool<float>(x, y, winners, windows);

    [Benchmark]
    public void Max() => Pooling.Max<float>(x, y, winners, windows);

    [Benchmark]
    public void MaxGradient() => Pooling.MaxGradient<float>(y, winners, x, windows, false);

    [Benchmark]
    public void Average() => Pooling.Average<float>(x, y, windows);

    [Benchmark]
    public void AverageGradient() => Pooling.AverageGradient<float>(y, x, windows, false);
}
