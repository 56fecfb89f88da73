#:project src/Backprop/Backprop.csproj

// CNN: one kernel on one picture in full numbers, then what kernels learn when they slide.
using System.Globalization;
using Backprop.Checking;
using Backprop.Explaining;
using Backprop.Layers;
using Backprop.Operations;
using Backprop.Randomness;
using Backprop.Tensors;
using static Backprop.Nn<double>;

const string Options = "Options: --epochs N (from 1, usually 60)  --learning-rate X (above 0, usually 0.1)  --seed N (from 0, usually 1)  --help";
var options = new Dictionary<string, double> { ["--epochs"] = 60, ["--learning-rate"] = 0.1, ["--seed"] = 1 };
for (int i = 0; i < args.Length; i += 2)
{
    if (args[i] is "--help" or "-h") { Console.WriteLine(Options); return 0; }
    double value = i + 1 < args.Length && double.TryParse(args[i + 1], NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN;
    bool fits = args[i] == "--learning-rate" ? value is > 0 and < 1000 : options.ContainsKey(args[i]) && value >= (args[i] == "--seed" ? 0 : 1) && value == (int)value;
    if (!fits) { Console.Error.WriteLine($"'{string.Join(' ', args.Skip(i).Take(2))}' does not fit. {Options}"); return 2; }
    options[args[i]] = value;
}
Run((int)options["--epochs"], options["--learning-rate"], (int)options["--seed"]);
return 0;

static void Run(int epochs, double learningRate, int seed)
{
    Console.OutputEncoding = System.Text.Encoding.UTF8;
    var (x, y) = (Tensor([1, 1, 3, 3], 1, 2, 1, 0, 1, 0, 2, 1, 2), Tensor([1, 1], 1));
    var kernel = Tensor([1, 1, 3, 3], 0.41, 0.50, 0.27, -0.30, 0.47, 0.18, 0.35, 0.25, 0.28);
    var model = Network(kernel, Relu());
    var optimizer = Sgd(model.Parameters, learningRate);
    Console.WriteLine($"CNN: 3×3 convolution, ReLU, fully connected, sigmoid   η {learningRate}   {model.Parameters.Elements} parameters\n" +
        "y = 1   ŷ: output   δ = ∂L/∂z   ⋆: the kernel W1 laid on the picture, not turned\n");

    // One training step, read aloud.
    using var tape = Record(model.Parameters, x, y);
    var loss = MeanSquaredError(model.Forward(x), y);
    tape.Backward(loss);
    var reader = TapeReader<double>.Attach(tape);
    optimizer.Step();
    Console.WriteLine("Output = Σ Input × Kernel");
    for (int row = 0; row < 3; row++)
        Console.WriteLine($"  {(row == 0 ? " " : "+")} {string.Join(" + ", Enumerable.Range(3 * row, 3).Select(i => $"{NumberText.Of(x.Values[i])}·{NumberText.Operand(kernel.Values[i])}"))}");
    Console.WriteLine($"Convolution Output: {NumberText.Of(tape.Steps[0].Output.Value)}\n");
    Console.WriteLine($"STEP 1\n{TapeText.Of(reader.Steps, Detail.Results)}\n{TapeText.Of(reader.Update(optimizer), Detail.Numbers)}");
    double before = loss.Value;
    tape.Replay();
    Console.WriteLine($"           loss {NumberText.Of(before)} → {NumberText.Of(loss.Value)}: {(loss.Value < before ? "smaller" : "larger")}\n{Check(tape, loss)}\n");

    // The same picture with the kernel's sign turned: z is negative, and the two activations part.
    foreach (var activation in new Layer<double>[] { Relu(), LeakyRelu(0.01) })
    {
        var closed = Network(-kernel, activation);
        using var other = Record(closed.Parameters, x, y);
        other.Backward(MeanSquaredError(closed.Forward(x), y));
        var (step, slope) = (other.Steps[1], NumberText.Of(closed.Parameters[0].Gradient[0]));
        Console.WriteLine($"−kernel    {step.Name,-9}   z1 {NumberText.Of(step.Inputs[0].Value)}   a1 {NumberText.Of(step.Output.Value),-7}   ∂L/∂W1[0,0,0,0] {slope}");
    }
    Slide(epochs, seed);
}

static Sequential<double> Network(Tensor<double> kernel, Layer<double> activation) =>
    Sequential(Conv2d(kernel), activation, Flatten(), Linear(Tensor([1, 1], 0.2), Tensor([1], -0.5)), Sigmoid());

// A 3×3 kernel on a larger picture slides: the same nine weights at 36 places. Leaky, so that no kernel is born dead.
static void Slide(int epochs, int seed)
{
    var random = new SeededRandom(seed);
    var (x, y) = Edges(100, random);
    var model = Sequential(Conv2d(1, 2, 3, random), LeakyRelu(0.1), AveragePool2d(6), Flatten(), Linear(2, 1, random), Sigmoid());
    var optimizer = Adam(model.Parameters, learningRate: 0.05);
    using var tape = Record(model.Parameters, x, y);
    var loss = BinaryCrossEntropy(model.Forward(x), y);
    for (int epoch = 1; epoch <= epochs; epoch++, tape.Replay())
    {
        tape.Backward(loss);
        optimizer.Step();
    }
    var (unseen, truth) = Edges(200, random);
    int right = model.Forward(unseen).Values.ToArray().Zip(truth.Values.ToArray()).Count(pair => pair.First > 0.5 == (pair.Second == 1));
    Console.WriteLine($"\nSLIDING    vertical against horizontal edges in 8×8 pictures, {epochs} epochs:\n           {right} of 200 unseen pictures right; each kernel works at 36 places\n" +
        "           two of the pictures          the two kernels (## bright, -- dark)");
    for (int row = 0; row < 8; row++)
    {
        string pictures = string.Join("   ", Enumerable.Range(0, 2).Select(n => Shades(x.Values.Slice(64 * n + 8 * row, 8))));
        string kernels = row is < 2 or > 4 ? "" : string.Join("    ", Enumerable.Range(0, 2).Select(f => Shades(model.Parameters[0].Values.Slice(9 * f + 3 * (row - 2), 3))));
        Console.WriteLine($"           {pictures}          {kernels}".TrimEnd());
    }
    Console.WriteLine($"{Check(tape, loss)}\n\nNext: dotnet run cnn.cs -- --seed 2 --epochs 10\n      dotnet run rnn.cs");
}

// Pictures with one straight edge: bright on the left of it (y = 1) or above it (y = 0).
static (Tensor<double> Pictures, Tensor<double> Labels) Edges(int count, Random random)
{
    double[] pictures = new double[count * 64], labels = new double[count];
    for (int n = 0; n < count; n++)
    {
        int edge = random.Next(2, 7);
        labels[n] = (n + 1) % 2;
        for (int i = 0; i < 64; i++)
            pictures[64 * n + i] = ((n % 2 == 0 ? i % 8 : i / 8) < edge ? 1 : 0) + 0.1 * random.NextGaussian();
    }
    return (Tensor([count, 1, 8, 8], pictures), Tensor([count, 1], labels));
}

static string Shades(ReadOnlySpan<double> values) =>
    string.Concat(values.ToArray().Select(v => v > 0.5 ? "##" : v > 0.2 ? "++" : v < -0.5 ? "--" : v < -0.2 ? "··" : "  "));

static string Check(Tape<double> tape, Tensor<double> loss) => $"CHECK      {GradientCheck.Of(tape, loss)}".Replace(", worst", "\n           worst");
