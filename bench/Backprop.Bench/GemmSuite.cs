using Backprop.Kernels;
using BenchmarkDotNet.Attributes;

namespace Backprop.Bench;

/// <summary>Square products of matrices, in the three arrangements that training needs, beside the plain loops.</summary>
public class GemmSuite : Suite
{
    private float[] a = [], b = [], c = [];

    [Params(16, 64, 256, 512, 1024)]
    public int Side { get; set; }

    public override double Operations => 2.0 * Side * Side * Side;

    public override double Bytes => 3.0 * sizeof(float) * Side * Side;

    [GlobalSetup]
    public void Prepare() => (a, b, c) = (Numbers(Side * Side, 1), Numbers(Side * Side, 2), new float[Side * Side]);

    [Benchmark(Baseline = true)]
    public void Naive() => Kernels.Naive.GemmNN<float>(a, b, c, Side, Side, Side, false);

    [Benchmark]
    public void NN() => Gemm.NN<float>(a, b, c, Side, Side, Side, false);

    [Benchmark]
    public void NT() => Gemm.NT<float>(a, b, c, Side, Side, Side, false);

    [Benchmark]
    public void TN() => Gemm.TN<float>(a, b, c, Side, Side, Side, false);
}
