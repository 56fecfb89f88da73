#:project ../src/Backprop/Backprop.csproj
#:project Options/Options.csproj
// Three arms of a spiral: no straight line parts them, a hidden layer does. After the case study of the CS231n notes.
using System.Diagnostics;
using Backprop.Examples;
using Backprop.Layers;
using Backprop.Operations;
using Backprop.Randomness;
using Backprop.Tensors;
using Backprop.Training;
using static Backprop.Nn<float>;

var options = new Options(args);
int seed = options.Seed();
options.Check();

const int PerArm = 100, Arms = 3;
const double Penalty = 1e-3;
var random = new NumPyRandom(seed);
var (x, y) = Spirals(random);

Console.WriteLine("spirals                      published   ours    loss published   ours     time");
var linear = Sequential(Linear(2, Arms, random, Normal(0.01)));
Report("a linear classifier", linear, steps: 191, " 49 %", "0.786");
var network = Sequential(Linear(2, 100, random, Normal(0.01)), Relu(), Linear(100, Arms, random, Normal(0.01)));
Report("100 hidden units, ReLU", network, steps: 8001, " 98 %", "0.245");
Console.WriteLine("published: CS231n notes, neural-networks-case-study; share of the 300 points on the right side, another draw of them\n");
Draw(linear, network);

// All points at every step, step size 1, and half the squared weights times the penalty in the loss, as in the notes.
void Report(string name, Layer<float> model, int steps, string right, string lossThere)
{
    var watch = Stopwatch.StartNew();
    var optimizer = Sgd(model.Parameters, learningRate: 1);
    optimizer.L2 = Penalty;
    using var tape = Record(model.Parameters, x, y);
    var scores = model.Forward(x);
    var loss = SoftmaxCrossEntropy(scores, y);
    for (int step = 1; step < steps; step++)
    {
        tape.Backward(loss);
        optimizer.Step();
        tape.Replay();
    }
    double weights = model.Parameters.Where(p => p.Shape.Rank == 2).Sum(p => p.Values.ToArray().Sum(w => (double)w * w));
    var score = new ClassScore<float>();
    score.Add(scores, y);
    double lossHere = loss.Value + Penalty / 2 * weights, seconds = watch.Elapsed.TotalSeconds;
    Console.WriteLine($"{name,-29}{right,-9}{score.Accuracy,7:0 %}    {lossThere,-15}{lossHere,6:0.000}  {seconds,5:0.0} s");
}

// Arm j turns from the angle 4j to 4j + 4 while its radius grows from 0 to 1; a little chance shakes the angle.
static (Tensor<float>, Indices) Spirals(Random random)
{
    float[] points = new float[2 * PerArm * Arms];
    for (int i = 0; i < PerArm * Arms; i++)
    {
        double radius = i % PerArm / (PerArm - 1.0), angle = 4 * (i / PerArm + radius) + 0.2 * random.NextGaussian();
        (points[2 * i], points[2 * i + 1]) = ((float)(radius * Math.Sin(angle)), (float)(radius * Math.Cos(angle)));
    }
    return (Tensor([PerArm * Arms, 2], points), Indices([PerArm * Arms], [.. Enumerable.Range(0, PerArm * Arms).Select(i => i / PerArm)]));
}

// What each model says over the square from −1 to 1, side by side; a capital letter is one of the points.
void Draw(params Layer<float>[] models)
{
    const int Rows = 21, Columns = 41;
    var points = Enumerable.Range(0, PerArm * Arms).ToLookup(
        i => (Place(1 - x.Values[2 * i + 1], Rows), Place(x.Values[2 * i] + 1, Columns)), i => i / PerArm);
    for (int row = 0; row < Rows; row++)
    {
        float[] places = [.. Enumerable.Range(0, Columns).SelectMany(c => new[] { 2f * c / (Columns - 1) - 1, 1 - 2f * row / (Rows - 1) })];
        Console.WriteLine(string.Join("    ", models.Select(model =>
        {
            var scores = model.Forward(Tensor([Columns, 2], places));
            return string.Concat(Enumerable.Range(0, Columns).Select(c => points[(row, c)].Any() ? "ABC"[points[(row, c)].First()]
                : "·-:"[ClassScore<float>.Highest(scores.Values.Slice(Arms * c, Arms))]));
        })).TrimEnd());
    }

    static int Place(float fromZeroToTwo, int count) => (int)Math.Round(fromZeroToTwo / 2 * (count - 1));
}
