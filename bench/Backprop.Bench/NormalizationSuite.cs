using Backprop.Operations;
using Backprop.Tensors;
using BenchmarkDotNet.Attributes;

namespace Backprop.Bench;

/// <summary>Batch normalisation of pictures, 32 samples of 32 channels, beside the plain loops.</summary>
public class NormalizationSuite : Suite
{
    private const int N = 32, C = 32;

    private float[] values = [], result = [];
    private Replayed? step;

    [Params(8, 32)]
    public int Side { get; set; }

    public override double Operations => 0;

    public override double Bytes => 2.0 * sizeof(float) * N * C * Side * Side;

    [GlobalSetup]
    public void Prepare()
    {
        values = Numbers(N * C * Side * Side, 1);
        result = new float[values.Length];
        var x = new Parameter<float>([N, C, Side, Side], values, "x");
        Parameter<float> scale = new([C], Numbers(C, 2), "scale"), shift = new([C], Numbers(C, 3), "shift");
        step = new Replayed([x, scale, shift], () => x.BatchNorm(scale, shift));
    }

    [Benchmark(Baseline = true)]
    public void NaiveForward()
    {
        int plane = Side * Side, count = N * plane;
        for (int c = 0; c < C; c++)
        {
            float sum = 0, squares = 0;
            for (int n = 0; n < N; n++)
                for (int i = 0; i < plane; i++) sum += values[(n * C + c) * plane + i];
            float mean = sum / count;
            for (int n = 0; n < N; n++)
                for (int i = 0; i < plane; i++) squares += (values[(n * C + c) * plane + i] - mean) * (values[(n * C + c) * plane + i] - mean);
            float slope = 1 / MathF.Sqrt(squares / count + 1e-5f);
            for (int n = 0; n < N; n++)
                for (int i = 0; i < plane; i++) result[(n * C + c) * plane + i] = (values[(n * C + c) * plane + i] - mean) * slope;
        }
    }

    [Benchmark]
    public void Forward() => step!.Forward();

    [Benchmark]
    public void ForwardAndBackward() => step!.ForwardAndBackward();
}
