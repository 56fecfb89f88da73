#:project ../src/Backprop/Backprop.csproj
#:project Options/Options.csproj
// Deep networks of convolutions, with and without ways around: 10 and 34 layers, once as they are and once with residual blocks.
using System.Diagnostics;
using Backprop.Data;
using Backprop.Examples;
using Backprop.Layers;
using Backprop.Randomness;
using Backprop.Training;
using static Backprop.Nn<float>;

var options = new Options(args);
string data = Digits.Folder(options);
int epochs = options.Whole("epochs", usually: 3, quick: 1), seed = options.Seed(), threads = options.Threads();
options.Check();
var (train, test) = Digits.ReadStandardized(data);

Console.WriteLine($"trained on {train.Count:n0} digits, epochs: {epochs}\n");
Console.WriteLine("                        published (ImageNet)        ours (digits)");
Console.WriteLine("wrong of those unseen   18 layers   34 layers       10 layers   34 layers     time");
Compare("plain", "27.9 %      28.5 %", residual: false);
Compare("with residual blocks", "27.9 %      25.0 %", residual: true);
Console.WriteLine("published: He, Zhang, Ren, Sun, Deep Residual Learning for Image Recognition (2015), table 2, another task:");
Console.WriteLine("           depth harms the plain network and helps the one with ways around");

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
