using Backprop.Data;
using Backprop.Layers;
using Backprop.Optimizers;
using Backprop.Randomness;
using Backprop.Saving;
using Backprop.Training;
using static Backprop.Nn<float>;

namespace Backprop.Tests.Training;

/// <summary>The loop with the library's own layers, losses and optimizers.</summary>
public sealed class LearningTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Exclusive_or_is_learnt()
    {
        var random = new SeededRandom(1);
        var model = Sequential(Linear(2, 8, random), Tanh(), Linear(8, 1, random));
        var trainer = new Trainer<float>(model, (z, t) => BinaryCrossEntropyWithLogits(z, t), Adam(model.Parameters, 0.05))
        {
            BatchSize = 4,
            Score = () => BinaryScore<float>.OnLogits(),
        };
        var data = Generated.Xor<float>();
        var last = trainer.Epochs(data, 300, data, cancellation: Token).Last();
        Assert.Equal(1, last.Test!.Accuracy);
        Assert.True(last.TrainLoss < 0.05, $"{last}");
        Assert.False(trainer.RecordsEveryStep);
    }

    [Fact]
    public void A_run_saved_and_resumed_has_the_bits_of_one_never_stopped()
    {
        var data = Blobs(30);
        var whole = Model();
        var (straight, _) = TrainerOf(whole, new SeededRandom(5));
        foreach (var _ in straight.Epochs(data, 6, cancellation: Token)) { }

        var shuffle = new SeededRandom(5);
        var (first, firstOptimizer) = TrainerOf(Model(), shuffle);
        foreach (var _ in first.Epochs(data, 4, cancellation: Token)) { }
        new SavedModel<float>(first.Model, data.SampleShape).Save(folder["paused"]);
        var (state, order) = (firstOptimizer.State, shuffle.State);

        var (second, secondOptimizer) = TrainerOf(SavedModel<float>.Load(folder["paused"]).Model, new SeededRandom(order));
        secondOptimizer.State = state;
        second.Epoch = 4;
        Assert.Equal([5, 6], second.Epochs(data, 2, cancellation: Token).Select(result => result.Epoch));
        foreach (string name in whole.Parameters.Names)
            Assert.Equal(whole.Parameters[name].Values.ToArray(), second.Model.Parameters[name].Values.ToArray());
    }

    [Fact]
    public void Digits_are_learnt_from_a_part_of_mnist()
    {
        string? mnist = Repository.Data("mnist");
        Assert.SkipWhen(mnist is null, "There is no shared/data/mnist beside the repository.");
        var (all, test) = IdxFolder.Read<float>(mnist);
        var train = all.Select([.. Enumerable.Range(0, 1000)]);
        var pixels = Standardizer.OfAll(train.Inputs);
        train = train.WithInputs(pixels.Apply(train.Inputs));
        test = test!.Select([.. Enumerable.Range(0, 500)]);
        test = test.WithInputs(pixels.Apply(test.Inputs));

        var random = new SeededRandom(1);
        var model = Sequential(Flatten(), Linear(784, 32, random), Relu(), Linear(32, 10, random));
        var trainer = new Trainer<float>(model, (z, t) => SoftmaxCrossEntropy(z, t), Adam(model.Parameters, 0.001)) { BatchSize = 32 };
        var last = trainer.Epochs(train, 5, test, cancellation: Token).Last();
        Assert.True(last.Test!.Accuracy > 0.8, $"{last}");
        Assert.False(trainer.RecordsEveryStep);
    }

    /// <summary>Three heaps of points, one for each class.</summary>
    private static DataSet<float> Blobs(int count)
    {
        var random = new SeededRandom(9);
        var classes = Enumerable.Range(0, count).Select(i => i % 3).ToArray();
        var points = classes.SelectMany(c => new[] { c + 0.3f * random.NextSingle(), c * c - 0.3f * random.NextSingle() }).ToArray();
        return new DataSet<float>(Tensor([count, 2], points), Indices([count], classes), ["a", "b", "c"]);
    }

    private static Sequential<float> Model()
    {
        var random = new SeededRandom(3);
        return Sequential(Linear(2, 5, random), Tanh(), Linear(5, 3, random));
    }

    private static (Trainer<float> Trainer, Adam<float> Optimizer) TrainerOf(Layer<float> model, Random shuffle)
    {
        var optimizer = Adam(model.Parameters, 0.02);
        return (new Trainer<float>(model, (z, t) => SoftmaxCrossEntropy(z, t), optimizer) { BatchSize = 8, Shuffle = shuffle }, optimizer);
    }
}
