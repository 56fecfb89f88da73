#:project ../src/Backprop/Backprop.csproj
#:project Options/Options.csproj
// Temporal order: a few X and Y far apart among other symbols; the class is the order in which they came.
using System.Diagnostics;
using Backprop.Examples;
using Backprop.Operations;
using Backprop.Randomness;
using Backprop.Tensors;
using static Backprop.Nn<float>;

var options = new Options(args);
int most = options.Whole("sequences", usually: 300_000, from: 2000, note: "at most");
float forgetBias = options.Real("forget-bias", usually: 3);
int seed = options.Seed();
options.Check();

const int Symbols = 8, X = 4, Begin = 6, End = 7;      // a b c d, X Y, and the marks of both ends
const int Longest = 110, Units = 16, BatchSize = 20;
Console.WriteLine("                        learnt after N sequences       wrong of 2,560");
Console.WriteLine("order of                published       ours           published   ours     time");
Learn("2 symbols, 4 classes", [(10, 20), (50, 60)], " 31,390", "1");
Learn("3 symbols, 8 classes", [(10, 20), (33, 43), (66, 76)], "571,100", "2");
Console.WriteLine($"""
    published: Hochreiter, Schmidhuber, Long Short-Term Memory (1997), table 9
               theirs had no forget gate and one sequence at a time, ours has Adam and batches of {BatchSize}
    """);

// Trains until the 2,000 sequences before were all right, each of them met for the first time.
void Learn(string name, (int From, int To)[] places, string publishedSequences, string publishedWrong)
{
    var watch = Stopwatch.StartNew();
    var random = new SeededRandom(seed);
    int classes = 1 << places.Length;
    var lstm = Lstm(Symbols, Units, random);
    var output = Linear(Units, classes, random);
    var parameters = ParameterList.Create<float>([.. lstm.Parameters, .. output.Parameters]);
    // A forget gate of σ(3) keeps 95 % of a state at each step; with the usual σ(1) = 73 % nothing would be left after forty.
    lstm.Cell.Bias!.Set([.. lstm.Cell.Bias.Values.ToArray().Select((b, i) => i / lstm.Units == 1 ? forgetBias : b)]);
    var optimizer = Adam(parameters, learningRate: 0.01);
    optimizer.MaxGradientNorm = 1;

    var (x, lengths, y) = Sequences(BatchSize, places, random);
    using var tape = Record(parameters, x, lengths, y);
    var scores = output.Forward(lstm.Forward(x, lengths));
    var loss = SoftmaxCrossEntropy(scores, y);
    int seen = BatchSize, rightInARow = 0;
    while (rightInARow < 2000 && seen < most)
    {
        tape.Backward(loss);
        optimizer.Step();
        (x, lengths, y) = Sequences(BatchSize, places, random);
        tape.Replay(x, lengths, y);
        seen += BatchSize;
        rightInARow = Right(scores, y) == BatchSize ? rightInARow + BatchSize : 0;
    }
    var (unseen, unseenLengths, truth) = Sequences(2560, places, random);
    int wrong = 2560 - Right(output.Forward(lstm.Forward(unseen, unseenLengths)), truth);
    string ours = rightInARow < 2000 ? $"over {seen:n0}" : $"{seen,7:n0}";
    Console.WriteLine(
        $"{name,-24}{publishedSequences,-16}{ours,-15}{publishedWrong,-12}{wrong,-6}{watch.Elapsed.TotalSeconds,6:0.0} s");
}

// 100 to 110 symbols, one-hot; X or Y stands once between each pair of times, and is the class's next binary digit.
static (Tensor<float> X, Indices Lengths, Indices Y) Sequences(int count, (int From, int To)[] places, Random random)
{
    var symbols = new float[count * Longest * Symbols];
    var (ends, classes) = (new int[count], new int[count]);
    for (int n = 0; n < count; n++)
    {
        ends[n] = random.Next(100, Longest + 1);
        int[] sequence = [Begin, .. Enumerable.Range(0, ends[n] - 2).Select(_ => random.Next(X)), End];
        foreach (var (from, to) in places)
        {
            int which = random.Next(2);
            sequence[random.Next(from, to + 1)] = X + which;
            classes[n] = 2 * classes[n] + which;
        }
        for (int t = 0; t < ends[n]; t++) symbols[(n * Longest + t) * Symbols + sequence[t]] = 1;
    }
    return (Tensor([count, Longest, Symbols], symbols), Indices([count], ends), Indices([count], classes));
}

// Right as in the paper: every output is less than 0.3 away from what it should be.
static int Right(Tensor<float> scores, Indices truth)
{
    var probabilities = scores.Copy().Softmax();
    int classes = scores.Shape[1];
    return Enumerable.Range(0, scores.Shape[0]).Count(n =>
        Enumerable.Range(0, classes).All(c => Math.Abs(probabilities.Values[n * classes + c] - (truth.Values[n] == c ? 1 : 0)) < 0.3f));
}
