#:project ../src/Backprop/Backprop.csproj
#:project Options/Options.csproj
// The adding problem: two marked numbers out of a hundred, and their sum is asked for at the end. What an LSTM was invented for.
using System.Diagnostics;
using Backprop.Examples;
using Backprop.Operations;
using Backprop.Randomness;
using Backprop.Tensors;
using static Backprop.Nn<float>;

var options = new Options(args);
int shortest = options.Whole("length", usually: 100, from: 20, to: 10_000);
int most = options.Whole("sequences", usually: 300_000, from: 2000, note: "at most");
// A forget gate of σ(1) keeps 73 % of a state at each step and nothing over a hundred; with a bias of ln T, where T is the length,
// a good part arrives, and so does its gradient.
float forgetBias = options.Real("forget-bias", usually: (float)Math.Log(shortest), "ln of the length");
int seed = options.Seed();
options.Check();

const int BatchSize = 20;
int longest = shortest + shortest / 10;
var random = new SeededRandom(seed);
var lstm = Lstm(2, 16, random);
var output = Linear(16, 1, random);
var parameters = ParameterList.Create<float>([.. lstm.Parameters, .. output.Parameters]);
lstm.Cell.Bias!.Set([.. lstm.Cell.Bias.Values.ToArray().Select((b, i) => i / lstm.Units == 1 ? forgetBias : b)]);
var optimizer = Adam(parameters, learningRate: 0.01);
optimizer.MaxGradientNorm = 1;

// Train until the 2,000 sequences before were all right, each of them met for the first time.
var watch = Stopwatch.StartNew();
var (x, lengths, y) = Sequences(BatchSize);
using var tape = Record(parameters, x, lengths, y);
var sums = output.Forward(lstm.Forward(x, lengths));
var loss = MeanSquaredError(sums, y);
int seen = BatchSize, rightInARow = Right(sums, y) == BatchSize ? BatchSize : 0;
double mean = loss.Value;
while (rightInARow < 2000 && seen < most)
{
    tape.Backward(loss);
    optimizer.Step();
    if (seen % 10_000 == 0) Console.WriteLine($"{seen,7:n0} sequences   mean squared error {mean:0.00000}");
    (x, lengths, y) = Sequences(BatchSize);
    tape.Replay(x, lengths, y);
    seen += BatchSize;
    mean += 0.01 * (loss.Value - mean);
    rightInARow = Right(sums, y) == BatchSize ? rightInARow + BatchSize : 0;
}

var (unseen, unseenLengths, truth) = Sequences(2560);
int wrong = 2560 - Right(output.Forward(lstm.Forward(unseen, unseenLengths)), truth);
Console.WriteLine($"""

    sequences of {shortest} to {longest}    published             ours
    weights                 93                    {parameters.Elements:n0}
    learnt after            74,000 sequences      {(rightInARow < 2000 ? "not within " : "")}{seen:n0}
    wrong of 2,560          1                     {wrong}
    time                                          {watch.Elapsed.TotalSeconds:0.0} s
    published: Hochreiter, Schmidhuber, Long Short-Term Memory (1997), table 7, for T = 100
               theirs had no forget gate and one sequence at a time, ours has Adam and batches of {BatchSize}
    """);

// Pairs of a number from −1 to 1 and a mark: 1 at one of the first ten and at another of the first half, −1 at both ends, else 0.
(Tensor<float> X, Indices Lengths, Tensor<float> Y) Sequences(int count)
{
    var pairs = new float[count * longest * 2];
    var (ends, targets) = (new int[count], new float[count]);
    for (int n = 0; n < count; n++)
    {
        var sequence = pairs.AsSpan(n * longest * 2, longest * 2);
        ends[n] = random.Next(shortest, longest + 1);
        for (int t = 0; t < ends[n]; t++) sequence[2 * t] = 2 * random.NextSingle() - 1;
        int one = random.Next(10), other;
        do other = random.Next(shortest / 2 - 1); while (other == one);
        // An end that is chosen keeps its mark −1, and its number counts as 0.
        if (one == 0 || other == 0) sequence[0] = 0;
        targets[n] = 0.5f + (sequence[2 * one] + sequence[2 * other]) / 4;
        sequence[2 * one + 1] = sequence[2 * other + 1] = 1;
        sequence[1] = sequence[2 * ends[n] - 1] = -1;
    }
    return (Tensor([count, longest, 2], pairs), Indices([count], ends), Tensor([count, 1], targets));
}

static int Right(Tensor<float> answers, Tensor<float> targets)
{
    int right = 0;
    for (int n = 0; n < answers.Length; n++)
        if (Math.Abs(answers.Values[n] - targets.Values[n]) < 0.04f) right++;
    return right;
}
