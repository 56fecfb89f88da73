using Backprop.Kernels;
using Backprop.Operations;
using BenchmarkDotNet.Attributes;

namespace Backprop.Bench;

/// <summary>The library's own functions over a span, beside a loop over the runtime's.</summary>
public class ElementwiseSuite : Suite
{
    private float[] x = [], y = [];

    [Params(1024, 1 << 20)]
    public int Length { get; set; }

    public override double Operations => 0;

    public override double Bytes => 2.0 * sizeof(float) * Length;

    [GlobalSetup]
    public void Prepare() => (x, y) = (Numbers(Length, 1), new float[Length]);

    [Benchmark(Baseline = true)]
    public void NaiveTanh()
    {
        for (int i = 0; i < x.Length; i++) y[i] = MathF.Tanh(x[i]);
    }

    [Benchmark]
    public void Tanh() => Elementwise.Map(default(TanhFunction), x, y);

    [Benchmark]
    public void Sigmoid() => Elementwise.Map(default(SigmoidFunction), x, y);

    [Benchmark]
    public void Exp() => Elementwise.Map(default(ExpFunction), x, y);

    [Benchmark]
    public void Relu() => Elementwise.Map(default(ReluFunction), x, y);

    [Benchmark]
    public void Scale() => Elementwise.Scale<float>(0.5f, x, y, false);
}
