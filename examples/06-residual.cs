#:project ../src/Backprop/Backprop.csproj
// Deep networks of convolutions, with and without ways around: 10 and 34 layers, once as they are and once with residual blocks.
using System.Diagnostics;
using Backprop.Data;
using Backprop.Layers;
using Backprop.Randomness;
using Backprop.Training;
using static Backprop.Nn<float>;

const string Options =
    "Options: --data FOLDER (MNIST's four IDX files)  --epochs N (from 1, usually 3)  --quick (1 epoch)  " +
    "--seed N (from 0, usually 1)  --threads N  --help";
string shared = Path.Combine((string)AppContext.GetData("EntryPointFileDirectoryPath")!, "..", "..", "shared", "data");
string data = Path.Combine(shared, "mnist");
int epochs = 3, seed = 1, threads = Environment.ProcessorCount;
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

Console.WriteLine($"trained on {train.Count:n0} digits, epochs: {epochs}\n");
Console.WriteLine("                        published (ImageNet)        ours (digits)");
Console.WriteLine("wrong of those unseen   18 layers   34 layers       10 layers   34 layers     time");
Compare("plain", "27.9 %      28.5 %", residual: false);
Compare("with residual blocks", "27.9 %      25.0 %", residual: true);
Console.WriteLine("published: He, Zhang, Ren, Sun, Deep Residual Learning for Image Recognition (2015), table 2, another task:");
Console.WriteLine("           depth harms the plain network and helps the one with ways around");
return 0;

void Compare(string name, string published, bool residual)
{
    var watch = Stopwatch.StartNew();
    double shallow = Wrong(blocks: 2, residual), deep = Wrong(blocks: 8, residual);
    Console.WriteLine($"{name,-24}{published}          {shallow,6:0.0 %}      {deep,6:0.0 %}   {watch.Elapsed.TotalSeconds,6:0.0} s");
}

double Wrong(int blocks, bool residual)
{
    var random = new SeededRandom(seed);
    var model = Network(blocks, residual, random);
    var optimizer = Sgd(model.Parameters, learningRate: 0.05, momentum: 0.9);
    var trainer = new Trainer<float>(model, (scores, classes) => SoftmaxCrossEntropy(scores, classes), optimizer)
    {
        BatchSize = 50,
        Shuffle = random,
        Threads = threads,
        Schedule = CosineSchedule(epochs * ((train.Count + 49) / 50)),
    };
    foreach (var _ in trainer.Epochs(train, epochs)) { }
    return 1 - trainer.Evaluate(test).Accuracy!.Value;
}

// One convolution, then blocks of two at 14×14 with 8 channels and as many at 7×7 with 16, and one fully connected layer.
static Sequential<float> Network(int blocks, bool residual, Random random)
{
    List<Layer<float>> layers = [Convolution(1, 8, stride: 2), BatchNorm2d(8), Relu()];
    for (int b = 0; b < 2 * blocks; b++)
    {
        int channels = b <= blocks ? 8 : 16, filters = b < blocks ? 8 : 16, stride = b == blocks ? 2 : 1;
        var body = Sequential(
            Convolution(channels, filters, stride), BatchNorm2d(filters), Relu(),
            Convolution(filters, filters), BatchNorm2d(filters));
        // Where a block changes the shape, a 1×1 convolution goes around it.
        var around = stride == 1 ? null : Sequential(Conv2d(channels, filters, 1, random, stride: 2, bias: false), BatchNorm2d(filters));
        layers.AddRange([residual ? Residual(body, around) : body, Relu()]);
    }
    return Sequential([.. layers, GlobalAveragePool2d(), Linear(16, 10, random)]);

    Conv2d<float> Convolution(int channels, int filters, int stride = 1) =>
        Conv2d(channels, filters, 3, random, stride, padding: 1, bias: false);
}
