using Backprop.Data;
using Backprop.Health;
using Backprop.Layers;
using Backprop.Optimizers;
using Backprop.Randomness;
using Backprop.Tensors;
using Backprop.Training;
using static Backprop.Nn<float>;

namespace Backprop.Tests.Health;

/// <summary>Small data for networks of each kind, and trainings on them that are watched.</summary>
internal static class SmallTasks
{
    /// <summary>Points within a circle, and around it.</summary>
    public static DataSet<float> Rings(int count, int seed, float scale = 1)
    {
        var random = new SeededRandom(seed);
        float[] points = new float[2 * count];
        int[] classes = new int[count];
        for (int i = 0; i < count; i++)
        {
            classes[i] = i % 2;
            double angle = 2 * Math.PI * random.NextDouble(), radius = classes[i] + 0.5 * random.NextDouble() + 0.2;
            (points[2 * i], points[2 * i + 1]) = (scale * (float)(radius * Math.Cos(angle)), scale * (float)(radius * Math.Sin(angle)));
        }
        return new DataSet<float>(Tensor([count, 2], points), Indices([count], classes), ["in", "out"]);
    }

    /// <summary>Noise, with a class that the first number alone tells.</summary>
    public static DataSet<float> FirstNumber(int count, int steps, int seed)
    {
        var random = new SeededRandom(seed);
        float[] numbers = [.. Enumerable.Range(0, count * steps).Select(_ => (float)(2 * random.NextDouble() - 1))];
        int[] classes = [.. Enumerable.Range(0, count).Select(n => numbers[n * steps] > 0 ? 1 : 0)];
        return new DataSet<float>(Tensor([count, steps, 1], numbers), Indices([count], classes), ["low", "high"]);
    }

    /// <summary>y = 2·x₁ − x₂ + 0.5·x₃, times a factor.</summary>
    public static DataSet<float> Plane(int count, int seed, float factor = 1)
    {
        var random = new SeededRandom(seed);
        float[] x = [.. Enumerable.Range(0, 3 * count).Select(_ => (float)(3.4 * random.NextDouble() - 1.7))];
        return new DataSet<float>(
            Tensor([count, 3], x), Tensor([count, 1], [.. Enumerable.Range(0, count).Select(i => factor * (2 * x[3 * i] - x[3 * i + 1] + 0.5f * x[3 * i + 2]))]));
    }

    public static Sequential<float> Mlp(int inputs, int[] hidden, int outputs, Random random, Func<Layer<float>> activation, Initializer<float>? weight = null)
    {
        var layers = new List<Layer<float>>();
        foreach (int units in hidden)
        {
            layers.Add(Linear(inputs, units, random, weight));
            layers.Add(activation());
            inputs = units;
        }
        return Sequential([.. layers, Linear(inputs, outputs, random, weight)]);
    }

    public static Trainer<float> Classes(Layer<float> model, Optimizer<float> optimizer, int batch = 32) =>
        new(model, (y, t) => SoftmaxCrossEntropy(y, t), optimizer) { BatchSize = batch, Health = new TrainingHealth<float>() };

    public static Trainer<float> Numbers(Layer<float> model, Optimizer<float> optimizer, int batch = 32) =>
        new(model, (Tensor<float> y, Tensor<float> t) => MeanSquaredError(y, t), optimizer) { BatchSize = batch, Health = new TrainingHealth<float>() };

    /// <summary>Trains, and gives what was found.</summary>
    public static IReadOnlyList<TrainingWarning> Found(Trainer<float> trainer, DataSet<float> data, int epochs, DataSet<float>? test = null)
    {
        var told = new List<TrainingWarning>();
        foreach (var epoch in trainer.Epochs(data, epochs, test, cancellation: TestContext.Current.CancellationToken)) told.AddRange(epoch.Warnings);
        Assert.Equal(told, trainer.Health!.Warnings);
        return told;
    }
}
