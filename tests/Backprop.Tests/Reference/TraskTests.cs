using Backprop.Operations;
using Backprop.Randomness;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Reference;

/// <summary>The training runs that iamtrask published: sigmoid units, no biases, weights 2·random() − 1 from NumPy's generator, ½ squared
/// errors, and figures of the last forward pass, which is the one before the last update.</summary>
public class TraskTests
{
    private readonly Tensor<double> x = Tensor([4, 3], 0, 0, 1, 0, 1, 1, 1, 0, 1, 1, 1, 1);

    [Fact]
    public void Two_layers_learn_to_copy_the_first_input()
    {
        var w = Weights(new NumPyRandom(1), 3, 1);
        Published.Same("-0.165955990594852 0.4406489868843162 -0.9997712503653102", w.Values);
        var sgd = Sgd([w], learningRate: 1);
        var y = Tensor([4, 1], 0, 0, 1, 1);
        using var tape = Record([w], x, y);
        var output = x.MatMul(w).Sigmoid();
        var loss = HalfSquaredError(output, y);
        for (int step = 0; step < 10_000; step++)
        {
            if (step > 0) tape.Replay();
            tape.Backward(loss);
            sgd.Step();
        }
        Published.Same("0.00966449 0.00786506 0.99358898 0.99211957", output.Values);
        Published.Same("9.672993027736892 -0.20784349926631962 -4.62963668773159", w.Values);
    }

    [Fact]
    public void Three_layers_learn_xor()
    {
        var (errors, outputs, initial) = Xor(4, 1, 60_000);
        Published.Same(
            """
            -0.165955990594852 0.4406489868843162 -0.9997712503653102 -0.39533485473632046
            -0.7064882183657739 -0.8153228104624044 -0.6274795772446582 -0.3088785459139045
            -0.20646505153866013 0.07763346800671389 -0.1616109711934104 0.370439000793519
            -0.5910955005369651 0.7562348727818908 -0.9452248136041477 0.34093502035680445
            """,
            initial);
        Published.Same("0.496410031903 0.00858452565325 0.00578945986251 0.00462917677677 0.00395876528027 0.00351012256786", errors);
        Published.Same("0.00260572 0.99672209 0.99701711 0.00386759", outputs);
    }

    [Fact]
    public void A_small_learning_rate_gives_its_own_published_errors() =>
        Published.Same("0.496410031903 0.0428880170001 0.0240989942285 0.0181106521468 0.0149876162722 0.0130144905381", Xor(4, 0.1, 60_000).Errors);

    /// <summary>At 100 the last digits depend on the order in which sums are taken, so that three of the published ones are a test.</summary>
    [Theory]
    [InlineData(10, "0.00131274062834")]
    [InlineData(100, "0.125")]
    [InlineData(1000, "0.500000000000")]
    public void A_large_learning_rate_ends_at_its_own_published_error(double learningRate, string printed) =>
        Published.Same(printed, Xor(4, learningRate, 50_001).Errors[^1]);

    [Fact]
    public void More_hidden_units_give_their_own_published_errors() =>
        Published.Same("0.496439922501 0.0305404908386 0.0190638725334", Xor(32, 0.1, 20_001).Errors);

    [Fact]
    public void A_recurrent_network_learns_to_add()
    {
        const int Bits = 8;
        var random = new NumPyRandom(0);
        var (input, output, hidden) = (Weights(random, 2, 16), Weights(random, 16, 1), Weights(random, 16, 16));
        var (digits, sums) = (Zeros([1, Bits, 2]), Zeros([1, Bits, 1]));
        var sgd = Sgd([input, output, hidden], learningRate: 0.1);
        using var tape = Record(sgd.Parameters, digits, sums);
        var h = Zeros([1, 16]);
        var states = new Tensor<double>[Bits];
        for (int t = 0; t < Bits; t++) states[t] = h = (digits.Select(1, t).MatMul(input) + h.MatMul(hidden)).Sigmoid();
        var guess = Stack(1, states).Linear(output).Sigmoid();
        var loss = HalfSquaredError(guess, sums);

        var lines = new List<(double Error, string Sum)>();
        for (int round = 0; round < 10_000; round++)
        {
            int a = random.Next(0, 128), b = random.Next(0, 128);
            digits.Set([.. Enumerable.Range(0, Bits).SelectMany(t => new double[] { a >> t & 1, b >> t & 1 })]);
            sums.Set([.. Enumerable.Range(0, Bits).Select(t => (double)((a + b) >> t & 1))]);
            tape.Replay();
            if (round % 1000 == 0) lines.Add((Error(guess, sums), $"{a}+{b}={Enumerable.Range(0, Bits).Sum(t => (int)Math.Round(guess.Values[t]) << t)}"));
            tape.Backward(loss);
            sgd.Step();
        }
        Published.Same("3.45638663 3.63389116 3.91366595 3.72191702 3.5852713 2.53352328 0.57691441 1.42589952 0.47477457 0.21595037",
            [.. lines.Select(line => line.Error)]);
        Assert.Equal(["9+60=1", "28+35=255", "116+44=72", "4+73=223", "71+11=8", "81+113=162", "81+0=81", "4+125=129", "39+17=56", "11+3=14"],
            lines.Select(line => line.Sum));
    }

    private (double[] Errors, double[] Outputs, double[] Initial) Xor(int units, double learningRate, int steps)
    {
        var random = new NumPyRandom(1);
        var (first, second) = (Weights(random, 3, units), Weights(random, units, 1));
        double[] initial = [.. first.Values, .. second.Values];
        var sgd = Sgd([first, second], learningRate);
        var y = Tensor([4, 1], 0, 1, 1, 0);
        using var tape = Record(sgd.Parameters, x, y);
        var output = x.MatMul(first).Sigmoid().MatMul(second).Sigmoid();
        var loss = HalfSquaredError(output, y);
        var errors = new List<double>();
        for (int step = 0; step < steps; step++)
        {
            if (step > 0) tape.Replay();
            if (step % 10_000 == 0) errors.Add(Error(output, y) / 4);
            tape.Backward(loss);
            sgd.Step();
        }
        return ([.. errors], output.Values.ToArray(), initial);
    }

    private static Parameter<double> Weights(Random random, int inputs, int outputs) =>
        Parameter([inputs, outputs], [.. Enumerable.Range(0, inputs * outputs).Select(_ => 2 * random.NextDouble() - 1)]);

    private static double Error(Tensor<double> output, Tensor<double> target)
    {
        double sum = 0;
        for (int i = 0; i < output.Length; i++) sum += Math.Abs(target.Values[i] - output.Values[i]);
        return sum;
    }
}
