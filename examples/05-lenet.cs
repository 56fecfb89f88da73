#:project ../src/Backprop/Backprop.csproj
// LeNet-5, the network that read cheques: two convolutions with average pooling, three fully connected layers, tanh throughout.
using Backprop.Data;
using Backprop.Randomness;
using Backprop.Training;
using static Backprop.Nn<float>;

const string Options =
    "Options: --data FOLDER (MNIST's four IDX files)  --epochs N (from 1, usually 20)  --quick (1 epoch)  " +
    "--seed N (from 0, usually 1)  --threads N  --help";
string shared = Path.Combine((string)AppContext.GetData("EntryPointFileDirectoryPath")!, "..", "..", "shared", "data");
string data = Path.Combine(shared, "mnist");
int epochs = 20, seed = 1, threads = Environment.ProcessorCount;
for (int i = 0; i < args.Length; i++)
{
    int first = i;
    bool fits = args[i] switch
    {
        "--data" => (data = args.ElementAtOrDefault(++i) ?? "").Length > 0,
        "--epochs" => int.TryParse(args.ElementAtOrDefault(++i), out epochs) && epochs >= 1,
        "--quick" => (epochs = 1) > 0,
        "--seed" => int.TryParse(args.ElementAtOrDefault(++i), out seed) && seed >= 0,
        "--threads" => int.TryParse(args.ElementAtOrDefault(++i), out threads) && threads >= 1,
        _ => false,
    };
    if (args[first] is "--help" or "-h") { Console.WriteLine(Options); return 0; }
    if (fits) continue;
    Console.Error.WriteLine($"'{string.Join(' ', args[first..Math.Min(i + 1, args.Length)])}' does not fit. {Options}");
    return 2;
}
if (!IdxFolder.IsOne(data))
{
    Console.Error.WriteLine(
        $"There are no digits in '{data}': give --data FOLDER with MNIST's four IDX files, from https://yann.lecun.com/exdb/mnist");
    return 2;
}
Console.OutputEncoding = System.Text.Encoding.UTF8;

var (train, test) = IdxFolder.Read<float>(data);
if (test is null) { Console.Error.WriteLine($"'{data}' has no test part (t10k-…), which this example needs."); return 2; }
var standard = Standardizer.OfAll(train.Inputs);
(train, test) = (train.WithInputs(standard.Apply(train.Inputs)), test.WithInputs(standard.Apply(test.Inputs)));
var random = new SeededRandom(seed);
var model = Sequential(
    Conv2d(1, 6, 5, random, padding: 2), Tanh(), AveragePool2d(2),     // C1, S2: the padding makes the digit's 28×28 the paper's 32×32
    Conv2d(6, 16, 5, random), Tanh(), AveragePool2d(2),                // C3, S4: every map reads all six, in the paper some of them
    Conv2d(16, 120, 5, random), Tanh(), Flatten(),                     // C5
    Linear(120, 84, random), Tanh(), Linear(84, 10, random));          // F6 and the ten classes
Console.WriteLine(model.Describe([1, 1, 28, 28]));

int batches = (train.Count + 31) / 32;
var optimizer = Adam(model.Parameters, learningRate: 0.002);
var trainer = new Trainer<float>(model, (scores, classes) => SoftmaxCrossEntropy(scores, classes), optimizer)
{
    BatchSize = 32,
    Shuffle = random,
    Threads = threads,
    Schedule = CosineSchedule(epochs * batches),
};
EpochResult? last = null;
foreach (var epoch in trainer.Epochs(train, epochs, test))
{
    last = epoch;
    Console.WriteLine(
        $"epoch {last.Epoch,2}   loss {last.TrainLoss:0.0000}   {1 - last.Test!.Accuracy,6:0.0 %} wrong   {last.Elapsed.TotalSeconds,5:0.0} s");
}
Console.WriteLine($"""

    unseen digits wrong    published           ours
                           0.95 %              {1 - last!.Test!.Accuracy:0.0 %}
    trained on             60,000 pictures     {train.Count:n0} pictures
    epochs                 20                  {epochs}
    published: LeCun, Bottou, Bengio, Haffner, Gradient-Based Learning Applied to Document Recognition (1998)
    """);
return 0;
