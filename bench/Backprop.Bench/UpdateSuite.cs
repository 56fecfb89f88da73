using Backprop.Kernels;
using BenchmarkDotNet.Attributes;

namespace Backprop.Bench;

/// <summary>One step of Adam over a parameter, beside the plain loop.</summary>
public class UpdateSuite : Suite
{
    // Corrections as after a thousand steps.
    private static readonly AdamFactors<float> Factors = new(0.9f, 0.1f, 0.999f, 0.001f, 0.001f, 1.26f, 1e-8f);

    private float[] w = [], g = [], m = [], v = [];

    [Params(1024, 1 << 20)]
    public int Length { get; set; }

    public override double Operations => 0;

    public override double Bytes => 7.0 * sizeof(float) * Length;

    [GlobalSetup]
    public void Prepare() => (w, g, m, v) = (Numbers(Length, 1), Numbers(Length, 2), new float[Length], new float[Length]);

    [Benchmark(Baseline = true)]
    public void Naive()
    {
        for (int i = 0; i < w.Length; i++)
        {
            m[i] = Factors.Beta1 * m[i] + Factors.Rest1 * g[i];
            v[i] = Factors.Beta2 * v[i] + Factors.Rest2 * g[i] * g[i];
            w[i] -= Factors.Rate * m[i] / (MathF.Sqrt(v[i]) * Factors.Scale + Factors.Epsilon);
        }
    }

    [Benchmark]
    public void Adam() => Updates.Adam<float>(w, g, m, v, Factors);
}
