#:project src/Backprop/Backprop.csproj

// RNN: a recurrent network through three time steps in numbers, then a task that needs memory.
using System.Globalization;
using Backprop.Checking;
using Backprop.Explaining;
using Backprop.Layers;
using Backprop.Operations;
using Backprop.Randomness;
using Backprop.Tensors;
using static Backprop.Nn<double>;

const string Options = "Options: --epochs N (from 1, usually 1500)  --learning-rate X (above 0, usually 0.1)  --seed N (from 0, usually 1)  --help";
var options = new Dictionary<string, double> { ["--epochs"] = 1500, ["--learning-rate"] = 0.1, ["--seed"] = 1 };
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
    var (x, y) = (Tensor([1, 3, 2], 1, 0, 0, 1, 1, 1), Tensor([1, 1], 1));
    var model = Sequential(Rnn(2, 4, random, inputWeight: Normal(0.1), recurrentWeight: Normal(0.1), unrolled: true), Linear(4, 1, random, Normal(0.1)), Sigmoid());
    var optimizer = Sgd(model.Parameters, learningRate);
    Console.WriteLine($"RNN 2-4-1: tanh, sigmoid, mean squared error   η {learningRate}   seed {seed}   {model.Parameters.Elements} parameters");
    Console.WriteLine("x = [1, 0], [0, 1], [1, 1]   y = 1   h_t = tanh(x_t·Wx + h_t−1·Wh + b1)\n");

    using var tape = Record(model.Parameters, x, y);
    var prediction = model.Forward(x);
    var loss = MeanSquaredError(prediction, y);
    tape.Backward(loss);
    var reader = TapeReader<double>.Attach(tape);
    Console.WriteLine($"STEP 1\n{TapeText.Of(reader.Steps.Where(step => step.Phase != Phase.Backward && step.Symbol[0] is 'h' or 'ŷ' or 'L'), Detail.Results)}\n");
    Console.WriteLine("BACKWARD   each time step's share in a gradient: row 0, then the size of all");
    // The same weights with the gradient cut after the last step: what the seed's program did, without its mistake.
    var weights = model.Parameters.Select(p => Tensor(p.Shape, p.Values.ToArray())).ToArray();
    var cut = Sequential(Rnn(RnnCell(weights[0], weights[1], weights[2]), truncate: 1), Linear(weights[3], weights[4]), Sigmoid());
    using (var cutTape = Record(cut.Parameters, x, y)) cutTape.Backward(MeanSquaredError(cut.Forward(x), y));
    foreach (var (name, symbol) in new[] { ("rnn1.recurrentWeight", "∂L/∂Wh"), ("rnn1.inputWeight", "∂L/∂Wx") })
    {
        Shares(tape, model.Parameters[name], symbol);
        var (full, last) = (model.Parameters[name].Gradient.ToArray(), cut.Parameters[name].Gradient.ToArray());
        double cosine = full.Zip(last).Sum(pair => pair.First * pair.Second) / Math.Sqrt(full.Sum(g => g * g) * last.Sum(g => g * g));
        int wrong = full.Zip(last).Count(pair => pair.First * pair.Second < 0);
        Console.WriteLine($"       last step only: cosine with the sum {cosine:0.0000}, {wrong} of {full.Length} signs wrong\n");
    }
    optimizer.Step();
    Console.WriteLine($"{TapeText.Of(reader.Update(optimizer).Take(1), Detail.Numbers)}\n");
    Console.WriteLine($"TRAINING   epoch {1,6}   loss {NumberText.Of(loss.Value)}");
    for (int epoch = 2; epoch <= epochs; epoch++)
    {
        tape.Replay();
        tape.Backward(loss);
        optimizer.Step();
        string note = epoch == 25 && learningRate == 0.1 ? $"   ŷ {NumberText.Of(prediction.Value)} (the seed's 25 epochs)" : "";
        if (epoch is 2 or 3 or 10 or 25 or 100 or 1000 or 10_000 || epoch == epochs)
            Console.WriteLine($"           epoch {epoch,6}   loss {NumberText.Of(loss.Value)}{note}");
    }
    tape.Replay();
    Console.WriteLine($"Final Prediction: {NumberText.Of(prediction.Value)}");
    var (right, check) = Recall(seed, truncate: null);
    Console.WriteLine($"\nMEMORY     recall the first of twelve symbols, −1 or 1; 200 unseen sequences right\n           full backpropagation through time  {right,6:0.0 %}\n" +
        $"           last step only                     {Recall(seed, truncate: 1).Right,6:0.0 %}  (what the first weights carry by chance)\n");
    Console.WriteLine($"CHECK      {GradientCheck.Of(tape, loss)}\nCHECK      {check}".Replace(", worst", "\n           worst"));
    Console.WriteLine("\nNext: dotnet run rnn.cs -- --seed 2 --epochs 25\n      dotnet run ann.cs");
}

// Each time step's share in a gradient: the products of the step that read the weight at that time.
static void Shares(Tape<double> tape, Parameter<double> weight, string symbol)
{
    var steps = tape.BackwardSteps.Where(step => step.Inputs.Contains(weight));
    double[][] shares =
        [.. steps.Select(step => Enumerable.Range(0, weight.Length).Select(i => step.Terms(1, i).Sum(term => term.Value)).ToArray()), weight.Gradient.ToArray()];
    for (int t = 0; t < shares.Length; t++)
        Console.WriteLine($" {(t == 0 ? symbol : ""),-7}{(t < shares.Length - 1 ? $"t={t + 1}" : "sum"),-4}" +
            $"{TensorText.Lines<double>([4], shares[t].AsSpan(0, 4))[0],-52} {NumberText.Of(Math.Sqrt(shares[t].Sum(s => s * s)))}");
}

// Learns to recall the first symbol: the part of unseen sequences that it gets right, and its gradients' check.
static (double Right, GradientReport Check) Recall(int seed, int? truncate)
{
    const int T = 12;
    var random = new SeededRandom(seed);
    var (x, y) = Sequences(100);
    var model = Sequential(Rnn(1, 8, random, truncate: truncate), Linear(8, 1, random), Sigmoid());
    var optimizer = Adam(model.Parameters, learningRate: 0.02);
    using var tape = Record(model.Parameters, x, y);
    var loss = BinaryCrossEntropy(model.Forward(x), y);
    for (int epoch = 1; epoch <= 300; epoch++, tape.Replay())
    {
        tape.Backward(loss);
        optimizer.Step();
    }
    var (unseen, truth) = Sequences(200);
    int right = model.Forward(unseen).Values.ToArray().Zip(truth.Values.ToArray()).Count(pair => pair.First > 0.5 == (pair.Second == 1));
    return (right / 200.0, GradientCheck.Of(tape, loss));
    (Tensor<double>, Tensor<double>) Sequences(int count)
    {
        double[] symbols = [.. Enumerable.Range(0, count * T).Select(_ => random.Next(2) * 2.0 - 1)];
        return (Tensor([count, T, 1], symbols), Tensor([count, 1], [.. Enumerable.Range(0, count).Select(n => symbols[n * T] > 0 ? 1.0 : 0)]));
    }
}
