#:project ../src/Backprop/Backprop.csproj
#:project Options/Options.csproj
// Sunspots: how many there will be next year, from the twelve years before. The oldest benchmark of forecasting with networks.
using System.Diagnostics;
using System.Globalization;
using Backprop.Data;
using Backprop.Examples;
using Backprop.Layers;
using Backprop.Operations;
using Backprop.Optimizers;
using Backprop.Randomness;
using Backprop.Tensors;
using Backprop.Training;
using static Backprop.Nn<float>;

var options = new Options(args);
string data = options.Data("monthly-sunspots.csv", "FILE (month, sunspots)");
int epochs = options.Whole("epochs", usually: 400), seed = options.Seed();
options.Check(File.Exists(data),
    $"There are no months in '{data}': give --data FILE with a heading and lines 1749-01,58.0, from https://github.com/jbrownlee/Datasets");

// The means of the years. Errors are given as shares of the series' variance, 1535 in the published figures.
const int Lags = 12;
const double Variance = 1535, Scale = 100;
var months = File.ReadLines(data).Skip(1).Where(line => line.Contains(',')).Select(line => line.Replace("\"", "").Split(','));
var years = months.GroupBy(month => int.Parse(month[0][..4]), month => float.Parse(month[1], CultureInfo.InvariantCulture))
    .Select(year => (Year: year.Key, Mean: year.Average())).ToArray();
var (train, test, late) = (Years(0, 1920), Years(1921, 1955), Years(1956, 1979));

Console.WriteLine("error as a share of the variance      to 1920    1921–55    1956–79    time");
Console.WriteLine("published: threshold autoregression    0.097      0.097      0.28");
Console.WriteLine("published: network of 12-8-1 units     0.082      0.086      0.35");
Console.WriteLine(
    $"the same as the year before          {Persistence(train),7:0.000}    {Persistence(test),7:0.000}    {Persistence(late),7:0.000}");
Forecast("linear", random => Sequential(Flatten(), Linear(Lags, 1, random)));
Forecast("network of 12-8-1 units, tanh", random => Sequential(Flatten(), Linear(Lags, 8, random), Tanh(), Linear(8, 1, random)));
Forecast("8 GRU units, one year after another", random => Sequential(Gru(1, 8, random), Linear(8, 1, random)));
Console.WriteLine("""

    ours: means over five networks, trained on the years from 1761 on; published: from 1712 on.
    published: Weigend, Huberman, Rumelhart, Predicting the Future: A Connectionist Approach (1990), beside Tong and Lim (1980)
    """);

DataSet<float> Years(int from, int to)
{
    int[] targets = [.. Enumerable.Range(Lags, years.Length - Lags).Where(i => years[i].Year >= from && years[i].Year <= to)];
    float[] before = [.. targets.SelectMany(i => years[(i - Lags)..i].Select(year => (float)(year.Mean / Scale)))];
    float[] next = [.. targets.Select(i => (float)(years[i].Mean / Scale))];
    return new(Tensor([targets.Length, Lags, 1], before), Tensor([targets.Length, 1], next));
}

void Forecast(string name, Func<Random, Layer<float>> network)
{
    var watch = Stopwatch.StartNew();
    double[][] errors = [.. Enumerable.Range(seed, 5).Select(own =>
    {
        var random = new SeededRandom(own);
        var model = network(random);
        var trainer = new Trainer<float>(model, (y, t) => MeanSquaredError(y, t), Adam(model.Parameters, learningRate: 0.005))
        {
            BatchSize = 16,
            Shuffle = random,
            Schedule = CosineSchedule(epochs, per: Period.Epoch),
        };
        foreach (var _ in trainer.Epochs(train, epochs)) { }
        return new[] { train, test, late }.Select(part => Share(trainer.Evaluate(part).Rmse!.Value)).ToArray();
    })];
    string means = string.Concat(Enumerable.Range(0, 3).Select(part => $"{errors.Average(error => error[part]),7:0.000}    "));
    Console.WriteLine($"{name,-37}{means}{watch.Elapsed.TotalSeconds,4:0.0} s");
}

static double Share(double rmse) => Math.Pow(rmse * Scale, 2) / Variance;

static double Persistence(DataSet<float> part)
{
    var targets = ((Tensor<float>)part.Targets).Values.ToArray();
    return Share(Math.Sqrt(targets.Select((target, n) => Math.Pow(target - part.Inputs.Values[n * Lags + Lags - 1], 2)).Average()));
}
