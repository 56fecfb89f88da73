#:project ../src/Backprop/Backprop.csproj
// Handwritten digits with 34,826 parameters: two convolutions, each followed by pooling, and one fully connected layer.
using Backprop.Data;
using Backprop.Operations;
using Backprop.Randomness;
using Backprop.Training;
using static Backprop.Nn<float>;

const string Options =
    "Options: --data FOLDER (MNIST's four IDX files)  --epochs N (from 1, usually 15)  --quick (1 epoch)  " +
    "--seed N (from 0, usually 1)  --threads N  --help";
string shared = Path.Combine((string)AppContext.GetData("EntryPointFileDirectoryPath")!, "..", "..", "shared", "data");
string data = Path.Combine(shared, "mnist");
int epochs = 15, seed = 1, threads = Environment.ProcessorCount;
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
(train, test) = (train.WithInputs(train.Inputs / 255), test.WithInputs(test.Inputs / 255));
var random = new SeededRandom(seed);
var model = Sequential(
    Conv2d(1, 32, 3, random), Relu(), MaxPool2d(2),
    Conv2d(32, 64, 3, random), Relu(), MaxPool2d(2),
    Flatten(), Dropout(0.5, random), Linear(1600, 10, random));
Console.WriteLine(model.Describe([1, 1, 28, 28]));

var trainer = new Trainer<float>(model, (scores, classes) => SoftmaxCrossEntropy(scores, classes), Adam(model.Parameters))
{
    BatchSize = 32,
    Shuffle = random,
    Threads = threads,
};
EpochResult? last = null;
foreach (var epoch in trainer.Epochs(train, epochs, test))
{
    last = epoch;
    Console.WriteLine(
        $"epoch {last.Epoch,2}   loss {last.TrainLoss:0.0000}   {last.Test!.Accuracy,6:0.0 %} right   {last.Elapsed.TotalSeconds,5:0.0} s");
}
Console.WriteLine($"""

    unseen digits right    published           ours
                           about 99 %          {last!.Test!.Accuracy:0.0 %}
    trained on             54,000 pictures     {train.Count:n0} pictures
    epochs                 15                  {epochs}
    updates                6,330               {trainer.Optimizer.Steps:n0}
    published: "Simple MNIST convnet", keras.io/examples/vision/mnist_convnet
    """);
return 0;
