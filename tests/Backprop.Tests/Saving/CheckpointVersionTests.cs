using Backprop.Data;
using Backprop.Optimizers;
using Backprop.Randomness;
using Backprop.Saving;
using Backprop.Tensors;
using Backprop.Training;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Saving;

/// <summary>A checkpoint of every format version that was ever written stays readable. It is never written anew; the training that it was written in,
/// stopped in its second epoch, must stay as it is here.</summary>
public sealed class CheckpointVersionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_checkpoint_of_version_1_goes_on()
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, "tests", "Backprop.Tests", "Saving", "Versions", "checkpoint-1.safetensors.base64"));
        folder.Write("step-0000000005.safetensors", Convert.FromBase64String(text));
        var trainer = Training();
        Assert.True(trainer.Resume());

        Assert.Equal("cbbb1b9de1f82d2d3fb0335ba356d1ba4286ee5ec0552598f75088f8bee838d7", Fingerprint.Of(trainer.Model.Parameters));
        Assert.Equal((5, 1, new PlateauState(1, 0.7350808479228428, 0)), (trainer.Optimizer.Steps, trainer.Epoch, ((PlateauSchedule)trainer.Schedule!).State));
        Assert.Equal("xoshiro256** 71b589ff87d25b03 4cb9fc83a7d52b8a f4d236e5c6077c72 089b9cd5a603fb79", ((SeededRandom)trainer.Shuffle!).State.ToString());
        Assert.Equal([5, 5], trainer.Model.OwnMasks().Select(own => own.Masks.Step));
        Assert.Equal((1, 0.7350808479228428), (trainer.Stopping!.BestEpoch, trainer.Stopping.BestLoss));
        Assert.Equal(1.076717648595438, Assert.Single(trainer.History).TrainLoss);
        Assert.Equal(2, Assert.Single(trainer.Epochs(Data(10, 0), 1, Data(4, 30), cancellation: TestContext.Current.CancellationToken)).Epoch);
        Assert.Equal(6, trainer.Optimizer.Steps);
    }

    private Trainer<double> Training()
    {
        var random = new SeededRandom(2);
        var model = Sequential(Dropout(0.1, random), Linear(2, 3, random), BatchNorm1d(3), Tanh(), Dropout(0.25, random), Linear(3, 2, random));
        return new Trainer<double>(model, (Tensor<double> y, Indices t) => SoftmaxCrossEntropy(y, t), Adam(model.Parameters, 0.01))
        {
            BatchSize = 4,
            Shuffle = random,
            Schedule = PlateauSchedule(0.5, patience: 0, watchTest: true),
            Stopping = new EarlyStopping<double>(5),
            Checkpoints = new Checkpoints(folder.Path),
        };
    }

    private static DataSet<double> Data(int count, int from)
    {
        var x = Tensor([count, 2], [.. Enumerable.Range(from, 2 * count).Select(i => i * 0.37 % 1)]);
        return new DataSet<double>(x, new Indices([count], [.. Enumerable.Range(0, count).Select(i => i % 2)]));
    }
}
