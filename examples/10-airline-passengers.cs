#:project ../src/Backprop/Backprop.csproj
#:project Options/Options.csproj
// Airline passengers: an LSTM with four units reads this month's number and says the next. Beside it the simplest forecast there is.
using System.Diagnostics;
using System.Globalization;
using Backprop.Data;
using Backprop.Examples;
using Backprop.Operations;
using Backprop.Randomness;
using Backprop.Training;
using static Backprop.Nn<float>;

var options = new Options(args);
string data = options.Data("airline-passengers.csv", "FILE (month, passengers)");
int epochs = options.Whole("epochs", usually: 100), seed = options.Seed();
options.Check(File.Exists(data),
    $"There are no months in '{data}': give --data FILE with a heading and lines 1949-01,112, from https://github.com/jbrownlee/Datasets");

// The numbers, brought into 0 … 1; two thirds of them to train on, the rest to test on. Each number is the input, the next the target.
var lines = File.ReadLines(data).Skip(1).Where(line => line.Contains(','));
float[] passengers = [.. lines.Select(line => float.Parse(line.Split(',')[1], CultureInfo.InvariantCulture))];
float least = passengers.Min(), range = passengers.Max() - least;
int split = (int)(passengers.Length * 0.67);
var train = Months(passengers.AsSpan(0, split));
var test = Months(passengers.AsSpan(split));

var watch = Stopwatch.StartNew();
var errors = new List<(double Train, double Test)>();
for (int own = seed; own < seed + 5; own++)
{
    var random = new SeededRandom(own);
    var model = Sequential(Lstm(1, 4, random), Linear(4, 1, random));
    var trainer = new Trainer<float>(model, (y, t) => MeanSquaredError(y, t), Adam(model.Parameters)) { BatchSize = 1, Shuffle = random };
    foreach (var _ in trainer.Epochs(train, epochs)) { }
    errors.Add((trainer.Evaluate(train).Rmse!.Value * range, trainer.Evaluate(test).Rmse!.Value * range));
    Console.WriteLine($"seed {own}   RMSE {errors[^1].Train:0.00} where it trained, {errors[^1].Test:0.00} on unseen months");
}

var (same, sameTest) = (LastMonth(passengers.AsSpan(0, split)), LastMonth(passengers.AsSpan(split)));
Console.WriteLine($"""

    thousand passengers, RMSE     published   ours, mean of five   the same as the month before
    {train.Count} months to train on          22.92     {errors.Average(e => e.Train),6:0.00}               {same,6:0.00}
    {test.Count} months to test on           47.53     {errors.Average(e => e.Test),6:0.00}               {sameTest,6:0.00}
    {epochs} epochs, five networks, {watch.Elapsed.TotalSeconds:0.0} s
    published: Time Series Prediction with LSTM Recurrent Neural Networks in Python, machinelearningmastery.com
    """);

// The published code leaves out the last pair of each part.
DataSet<float> Months(ReadOnlySpan<float> part)
{
    float[] scaled = [.. part.ToArray().Select(value => (value - least) / range)];
    int count = scaled.Length - 2;
    return new(Tensor([count, 1, 1], scaled[..count]), Tensor([count, 1], scaled[1..^1]));
}

static double LastMonth(ReadOnlySpan<float> part)
{
    float[] values = part[..^1].ToArray();
    return Math.Sqrt(values.Zip(values.Skip(1), (now, next) => (double)(next - now) * (next - now)).Average());
}
