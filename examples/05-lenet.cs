#:project ../src/Backprop/Backprop.csproj
#:project Options/Options.csproj
// LeNet-5, the network that read cheques: two convolutions with average pooling, three fully connected layers, tanh throughout.
using Backprop.Data;
using Backprop.Examples;
using Backprop.Randomness;
using Backprop.Training;
using static Backprop.Nn<float>;

var options = new Options(args);
string data = Digits.Folder(options);
int epochs = options.Whole("epochs", usually: 20, quick: 1), seed = options.Seed(), threads = options.Threads();
options.Check();
var (train, test) = Digits.ReadStandardized(data);

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
        $"epoch {last.Epoch,2}   loss {last.TrainLoss:0.0000}   {1 - last.Test!.Accuracy,6:0.0 %} wrong   " +
        $"{last.Elapsed.TotalSeconds,5:0.0} s");
}
Console.WriteLine($"""

    unseen digits wrong    published           ours
                           0.95 %              {1 - last!.Test!.Accuracy:0.0 %}
    trained on             60,000 pictures     {train.Count:n0} pictures
    epochs                 20                  {epochs}
    published: LeCun, Bottou, Bengio, Haffner, Gradient-Based Learning Applied to Document Recognition (1998)
    """);
