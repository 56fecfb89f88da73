using Backprop.Tensors;
using BenchmarkDotNet.Attributes;
using static Backprop.Nn<float>;

namespace Backprop.Bench;

/// <summary>Losses with their gradients on a batch of 64 rows, beside the plain loops of softmax and cross entropy.</summary>
public class LossSuite : Suite
{
    private const int N = 64;

    private float[] logits = [], gradient = [];
    private int[] classes = [];
    private Replayed? crossEntropy, squaredError, binary;

    [Params(3, 10, 1000)]
    public int Columns { get; set; }

    public override double Operations => 0;

    public override double Bytes => 2.0 * sizeof(float) * N * Columns;

    [GlobalSetup]
    public void Prepare()
    {
        (logits, gradient) = (Numbers(N * Columns, 1), new float[N * Columns]);
        classes = [.. Enumerable.Range(0, N).Select(n => 7 * n % Columns)];
        var x = new Parameter<float>([N, Columns], logits, "x");
        var target = Tensor([N, Columns], [.. Numbers(N * Columns, 2).Select(MathF.Abs)]);
        var indices = Indices([N], classes);
        crossEntropy = new Replayed([x], () => SoftmaxCrossEntropy(x, indices), indices);
        squaredError = new Replayed([x], () => MeanSquaredError(x, target), target);
        binary = new Replayed([x], () => BinaryCrossEntropyWithLogits(x, target), target);
    }

    [Benchmark(Baseline = true)]
    public float NaiveSoftmaxCrossEntropy()
    {
        float loss = 0;
        for (int n = 0; n < N; n++)
        {
            int row = n * Columns;
            float largest = logits[row], sum = 0;
            for (int j = 1; j < Columns; j++) largest = MathF.Max(largest, logits[row + j]);
            for (int j = 0; j < Columns; j++) sum += gradient[row + j] = MathF.Exp(logits[row + j] - largest);
            for (int j = 0; j < Columns; j++) gradient[row + j] /= sum * N;
            gradient[row + classes[n]] -= 1f / N;
            loss += MathF.Log(sum) - (logits[row + classes[n]] - largest);
        }
        return loss / N;
    }

    [Benchmark]
    public void SoftmaxAndCrossEntropy() => crossEntropy!.ForwardAndBackward();

    [Benchmark]
    public void SquaredError() => squaredError!.ForwardAndBackward();

    [Benchmark]
    public void BinaryCrossEntropy() => binary!.ForwardAndBackward();
}
