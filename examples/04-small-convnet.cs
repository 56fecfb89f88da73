#:project ../src/Backprop/Backprop.csproj
#:project Options/Options.csproj
// Handwritten digits with 34,826 parameters: two convolutions, each followed by pooling, and one fully connected layer.
using Backprop.Data;
using Backprop.Examples;
using Backprop.Operations;
using Backprop.Randomness;
using Backprop.Training;
using static Backprop.Nn<float>;

var options = new Options(args);
string data = Digits.Folder(options);
int epochs = options.Whole("epochs", usually: 15, quick: 1), seed = options.Seed(), threads = options.Threads();
options.Check();
var (train, test) = Digits.Read(data);

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
