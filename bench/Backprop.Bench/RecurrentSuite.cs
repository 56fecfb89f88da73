using Backprop.Compare;
using Backprop.Layers;
using Backprop.Tensors;
using BenchmarkDotNet.Attributes;
using static Backprop.Nn<float>;

namespace Backprop.Bench;

/// <summary>A recurrent sequence of 64 inputs into 256 units, of each kind, forward and backward, as one step of the tape and unrolled into its cells.</summary>
public class RecurrentSuite : Suite
{
    private const int N = 32, Inputs = 64, Units = 256;

    private Replayed? unrolled, fused;

    [Params("rnn", "lstm", "gru")]
    public string Network { get; set; } = "rnn";

    [Params(16, 64)]
    public int Length { get; set; }

    public override double Operations => Cost.Recurrent(N, Length, Inputs, Units, Network switch { "lstm" => 4, "gru" => 3, _ => 1 }).Operations;

    public override double Bytes => 0;

    [GlobalSetup]
    public void Prepare() => (unrolled, fused) = (Recorded(unrolled: true), Recorded(unrolled: false));

    [Benchmark(Baseline = true)]
    public void Unrolled() => unrolled!.ForwardAndBackward();

    [Benchmark]
    public void Fused() => fused!.ForwardAndBackward();

    private Replayed Recorded(bool unrolled)
    {
        Tensor<float> x = Tensor([N, Length, Inputs], Numbers(N * Length * Inputs, 1));
        var random = new Random(2);
        RecurrentLayer<float> layer = Network switch
        {
            "lstm" => Lstm(Inputs, Units, random, unrolled: unrolled),
            "gru" => Gru(Inputs, Units, random, unrolled: unrolled),
            _ => Rnn(Inputs, Units, random, unrolled: unrolled),
        };
        return new Replayed(layer.Parameters, () => layer.Forward(x), x);
    }
}
