using Backprop.Operations;
using Backprop.Tensors;
using Backprop.Tests.Kernels;
using static Backprop.Nn<float>;

namespace Backprop.Tests.Operations;

/// <summary>Threads cut the batch of a recurrent network; every number has the bits of one thread.</summary>
public class SequenceThreadsTests
{
    private const int N = 19, Steps = 18, D = 24, H = 160;

    public static TheoryData<string, bool, int[]?> Networks
    {
        get
        {
            var data = new TheoryData<string, bool, int[]?>();
            foreach (string network in new[] { "rnn", "lstm", "gru" })
                foreach (int[]? lengths in new[] { null, Enumerable.Range(0, N).Select(n => 1 + 7 * n % Steps).ToArray() })
                    foreach (bool all in new[] { false, true }) data.Add(network, all, lengths);
            return data;
        }
    }

    [Theory, MemberData(nameof(Networks))]
    public void States_and_gradients_have_the_bits_of_one_thread(string network, bool all, int[]? lengths)
    {
        float[][] expected = Run(1);
        foreach (int threads in new[] { 2, 3, 4, 8 })
            foreach (var (one, several) in expected.Zip(Run(threads))) Bits.AssertSame<float>(one, several, $"{network} on {threads} threads");

        float[][] Run(int threads)
        {
            int gates = network == "lstm" ? 4 : network == "gru" ? 3 : 1;
            Shape[] shapes = [[N, Steps, D], [N, H], [D, gates * H], [H, gates * H], [gates * H], [N, H], [gates * H]];
            Parameter<float>[] p =
            [
                .. shapes.Select((shape, i) => new Parameter<float>(
                    shape, [.. Bits.Ordinary<float>(new Random(i), shape.Elements).Select(v => 0.05f * v)], $"p{i}")),
            ];
            using var tape = Record([.. p]);
            tape.Threads = threads;
            var indices = Padded.Lengths(lengths);
            var y = network switch
            {
                "lstm" => p[0].Lstm(new(p[1], p[5]), p[2], p[3], p[4], all, 7, indices, true),
                "gru" => p[0].Gru(p[1], p[2], p[3], p[4], p[6], all, 7, indices, true),
                _ => p[0].Rnn(p[1], p[2], p[3], p[4], all, 7, lengths: indices, returnState: true),
            };
            tape.Backward(y, Tensor(y.Shape, [.. Enumerable.Range(0, y.Length).Select(i => MathF.Cos(2.3f * i))]));
            return [y.Values.ToArray(), .. p.Where(parameter => parameter.HasGradient).Select(parameter => parameter.Gradient.ToArray())];
        }
    }
}
