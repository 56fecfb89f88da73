#:project ../src/Backprop/Backprop.csproj
#:project Options/Options.csproj
// A picture read as a sequence, row by row or pixel by pixel, and its class said at the end: by ReLU units that begin by
// remembering everything (their recurrent weights begin as the identity: an IRNN), and by an LSTM.
using Backprop.Data;
using Backprop.Examples;
using Backprop.Layers;
using Backprop.Operations;
using Backprop.Randomness;
using Backprop.Tensors;
using Backprop.Training;
using static Backprop.Nn<float>;

var options = new Options(args);
string read = options.OneOf("read", "rows", "pixels"), data = Digits.Folder(options);
int epochs = options.Whole("epochs", usually: 20, quick: 3), seed = options.Seed(), threads = options.Threads();
options.Check();
var (train, test) = Digits.Read(data);
(train, test) = (train.WithInputs(AsSequence(train.Inputs)), test.WithInputs(AsSequence(test.Inputs)));
var (steps, width) = (train.SampleShape[0], train.SampleShape[1]);
Console.WriteLine($"{steps} steps of {width} numbers; {train.Count:n0} pictures to train on, epochs: {epochs}\n");

var irnn = Train("IRNN", learningRate: 0.001, random =>
    Rnn(width, 100, random, activation: RnnActivation.Relu, inputWeight: Normal(0.03), recurrentWeight: Identity()));
var lstm = Train("LSTM", learningRate: 0.002, random => Lstm(width, 100, random));
Console.WriteLine($"""

    unseen digits right    published           ours, {steps} steps of {width}     time
    IRNN, 100 units        97.0 %              {irnn.Right,6:0.0 %}                 {irnn.Seconds,5:0.0} s
    LSTM, 100 units        98.9 %              {lstm.Right,6:0.0 %}                 {lstm.Seconds,5:0.0} s
    published: 60,000 pictures, 784 steps of 1 pixel, very many epochs: Le, Jaitly, Hinton, A Simple Way to Initialize Recurrent
               Networks of Rectified Linear Units (2015), and Cooijmans et al., Recurrent Batch Normalization (2016), table 1
    """);

// Rows as they are; pixel by pixel at half the width and height, so that the sequence has 196 steps instead of 784.
Tensor<float> AsSequence(Tensor<float> pictures) =>
    read == "rows" ? pictures.Reshape([pictures.Shape[0], 28, 28]) : pictures.AveragePool2d(2).Reshape([pictures.Shape[0], 196, 1]);

(double Right, double Seconds) Train(string name, double learningRate, Func<Random, Layer<float>> recurrent)
{
    var random = new SeededRandom(seed);
    var model = Sequential(recurrent(random), Linear(100, 10, random));
    var optimizer = Adam(model.Parameters, learningRate);
    optimizer.MaxGradientNorm = 1;
    var trainer = new Trainer<float>(model, (scores, classes) => SoftmaxCrossEntropy(scores, classes), optimizer)
    {
        BatchSize = 50,
        Shuffle = random,
        Threads = threads,
        Schedule = CosineSchedule(epochs * ((train.Count + 49) / 50)),
    };
    EpochResult? last = null;
    foreach (var epoch in trainer.Epochs(train, epochs, test))
    {
        last = epoch;
        if (epoch.Epoch == 1 || epoch.Epoch % 5 == 0)
            Console.WriteLine($"{name}   epoch {epoch.Epoch,2}   loss {epoch.TrainLoss:0.0000}   {epoch.Test!.Accuracy,6:0.0 %} right");
    }
    return (last!.Test!.Accuracy!.Value, last.Elapsed.TotalSeconds);
}
