#:project src/Backprop/Backprop.csproj

// ANN: the smallest network with a hidden layer, trained before your eyes. Every digit comes from the tape.
using System.Globalization;
using Backprop.Checking;
using Backprop.Explaining;
using Backprop.Layers;
using Backprop.Operations;
using Backprop.Randomness;
using Backprop.Tensors;
using static Backprop.Nn<double>;

const string Options = "Options: --epochs N (from 1, usually 1200)  --learning-rate X (above 0, usually 0.3)  --seed N (from 0, usually 1)  --help";
var options = new Dictionary<string, double> { ["--epochs"] = 1200, ["--learning-rate"] = 0.3, ["--seed"] = 1 };
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
    var random = new NumPyRandom(seed);
    var x = Tensor([1, 2], 1, 0);
    var y = Tensor([1, 1], 1);
    var model = Sequential(Linear(2, 4, random, Normal(0.1)), Tanh(), Linear(4, 1, random, Normal(0.1)), Sigmoid());
    var optimizer = Sgd(model.Parameters, learningRate);
    Console.WriteLine($"ANN 2-4-1: tanh, sigmoid, mean squared error   η {learningRate}   seed {seed}   {model.Parameters.Elements} parameters");
    Console.WriteLine("x = [1, 0]   y = 1          ŷ: output   δ = ∂L/∂z   weights [from, to]\n");

    // One training step, read aloud.
    using var tape = Record(model.Parameters, x, y);
    var prediction = model.Forward(x);
    var loss = MeanSquaredError(prediction, y);
    tape.Backward(loss);
    var reader = TapeReader<double>.Attach(tape);
    optimizer.Step();
    Console.WriteLine($"STEP 1\n{TapeText.Of(reader.Steps, Detail.Results)}");
    Console.WriteLine("           row 1 of ∂L/∂W1 is all 0 because x[1] = 0: this sample says nothing\n           about the weights that leave it");
    Console.WriteLine($"{TapeText.Of(reader.Update(optimizer), Detail.Numbers)}\n{TapeText.Signs}\n");

    // The same tape, run again and again.
    Console.WriteLine($"TRAINING   epoch {1,6}   loss {NumberText.Of(loss.Value)}");
    for (int epoch = 2; epoch <= epochs; epoch++)
    {
        tape.Replay();
        tape.Backward(loss);
        optimizer.Step();
        string note = epoch == 25 && learningRate == 0.3 ? $"   ŷ {NumberText.Of(prediction.Value)} (the seed's 25 epochs)" : "";
        if (epoch is 2 or 3 or 10 or 25 or 100 or 1000 or 10_000 || epoch == epochs)
            Console.WriteLine($"           epoch {epoch,6}   loss {NumberText.Of(loss.Value)}{note}");
    }
    tape.Replay();
    Console.WriteLine($"Final Prediction: {NumberText.Of(prediction.Value)}");
    Console.WriteLine("One sample proves no learning: any network can repeat one answer. So:\n");
    Xor(seed);
    Console.WriteLine($"CHECK      {GradientCheck.Of(tape, loss)}".Replace(", worst", "\n           worst"));
    Console.WriteLine("\nNext: dotnet run ann.cs -- --seed 2 --epochs 25\n      dotnet run cnn.cs");
}

// Four points that no single straight line separates: without the hidden layer this cannot be learnt.
static void Xor(int seed)
{
    var x = Tensor([4, 2], 0, 0, 0, 1, 1, 0, 1, 1);
    var y = Tensor([4, 1], 0, 1, 1, 0);
    var random = new SeededRandom(seed);
    var model = Sequential(Linear(2, 8, random), Tanh(), Linear(8, 1, random), Sigmoid());
    var optimizer = Adam(model.Parameters, learningRate: 0.05);
    using var tape = Record(model.Parameters, x, y);
    var loss = MeanSquaredError(model.Forward(x), y);
    for (int epoch = 1; epoch <= 500; epoch++, tape.Replay())
    {
        tape.Backward(loss);
        optimizer.Step();
    }
    var answers = model.Forward(x).Values.ToArray();
    bool solved = answers.Select(p => p > 0.5).SequenceEqual([false, true, true, false]);
    Console.WriteLine($"XOR        0,0 → {answers[0]:0.000}   0,1 → {answers[1]:0.000}   1,0 → {answers[2]:0.000}   1,1 → {answers[3]:0.000}   {(solved ? "solved" : "not solved")}");
    for (int row = 8; row >= 0; row--)
    {
        double[] line = [.. Enumerable.Range(0, 33).SelectMany(column => new[] { (column - 4) / 24.0, (row - 1.0) / 6 })];
        var shades = model.Forward(Tensor([33, 2], line)).Values.ToArray().Select(p => " .:+#"[Math.Min((int)(p * 5), 4)]);
        Console.WriteLine($"           {(row == 4 ? "x2" : "  ")} {string.Concat(shades)}{(row == 4 ? "   # means 1, blank means 0" : "")}");
    }
    Console.WriteLine($"{"x1",31}\n");
}
