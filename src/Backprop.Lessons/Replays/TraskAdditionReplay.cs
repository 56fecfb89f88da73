using System.Globalization;
using Backprop.Operations;
using Backprop.Randomness;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Lessons.Replays;

/// <summary>A recurrent network learns to add two numbers, bit by bit, by backpropagation through time.</summary>
internal sealed class TraskAdditionReplay : ReplayLesson
{
    private const int Bits = 8;
    private const int Units = 16;
    private const int Rounds = 10_000;
    private const int Every = 1_000;

    /// <summary>What the article prints: the error of every thousandth round, the task, and the sum that the network says.</summary>
    private static readonly (string Error, string A, string B, string Sum)[] Printed =
    [
        ("3.45638663", "9", "60", "1"), ("3.63389116", "28", "35", "255"), ("3.91366595", "116", "44", "72"), ("3.72191702", "4", "73", "223"),
        ("3.5852713", "71", "11", "8"), ("2.53352328", "81", "113", "162"), ("0.57691441", "81", "0", "81"), ("1.42589952", "4", "125", "129"),
        ("0.47477457", "39", "17", "56"), ("0.21595037", "11", "3", "14"),
    ];

    public override string Name => "trask-addition";

    public override string Summary => "a recurrent network learns to add 8 bits in 10,000 sequences";

    public override Publication Publication { get; } = new(
        "Andrew Trask", "Anyone Can Learn To Code an LSTM-RNN in Python (Part 1: RNN)", 2015, "https://iamtrask.github.io/2015/11/15/anyone-can-code-lstm/");

    protected override void Play(ReplaySheet sheet)
    {
        var random = new NumPyRandom(0);
        var input = TraskNetwork.Weights(random, 2, Units);
        var output = TraskNetwork.Weights(random, Units, 1);
        var hidden = TraskNetwork.Weights(random, Units, Units);
        var (digits, sums) = (Zeros([1, Bits, 2]), Zeros([1, Bits, 1]));
        var sgd = Sgd([input, output, hidden], learningRate: 0.1);
        using var tape = Record(sgd.Parameters, digits, sums);
        var h = Zeros([1, Units]);
        var states = new Tensor<double>[Bits];
        for (int t = 0; t < Bits; t++) states[t] = h = (digits.Select(1, t).MatMul(input) + h.MatMul(hidden)).Sigmoid();
        var guess = Stack(1, states).Linear(output).Sigmoid();
        var error = (sums - guess).Abs().Sum();
        var loss = HalfSquaredError(guess, sums);
        for (int round = 0; round < Rounds; round++)
        {
            int a = random.Next(0, 128), b = random.Next(0, 128);
            digits.Set([.. Enumerable.Range(0, Bits).SelectMany(t => new[] { Bit(a, t), Bit(b, t) })]);
            sums.Set([.. Enumerable.Range(0, Bits).Select(t => Bit(a + b, t))]);
            tape.Replay();
            if (round % Every == 0) Write(sheet, round, error.Value, a, b, guess);
            tape.Backward(loss);
            sgd.Step();
        }
    }

    private static double Bit(int number, int t) => number >> t & 1;

    private static void Write(ReplaySheet sheet, int round, double error, int a, int b, Tensor<double> guess)
    {
        string when = round.ToString("N0", CultureInfo.InvariantCulture);
        sheet.Report($"sequence {when} of {Rounds.ToString("N0", CultureInfo.InvariantCulture)}");
        var printed = Printed[round / Every];
        int sum = Enumerable.Range(0, Bits).Sum(t => (int)Math.Round(guess.Values[t]) << t);
        sheet.Begin($"after {when} sequences");
        sheet.Add("error", printed.Error, error);
        sheet.Add("a", printed.A, a);
        sheet.Add("b", printed.B, b);
        sheet.Add("a + b, says the network", printed.Sum, sum);
    }
}
