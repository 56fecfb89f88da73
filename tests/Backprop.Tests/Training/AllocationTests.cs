using Backprop.Data;
using Backprop.Kernels;
using Backprop.Layers;
using Backprop.Randomness;
using Backprop.Tensors;
using Backprop.Training;
using static Backprop.Nn<float>;

namespace Backprop.Tests.Training;

/// <summary>What training allocates, counted over all threads of the process: no other test runs meanwhile.</summary>
[Collection(nameof(Alone))]
public class AllocationTests
{
    [CollectionDefinition(nameof(Alone), DisableParallelization = true)]
    public sealed class Alone;

    public static TheoryData<string, int> Networks =>
        new(from name in (string[])["mlp", "cnn", "rnn"] from threads in (int[])[1, 4] select (name, threads));

    [Theory, MemberData(nameof(Networks))]
    public void A_thousand_replayed_steps_allocate_nothing_and_collect_nothing(string name, int threads)
    {
        var (model, data) = Network(name);
        var optimizer = Adam(model.Parameters, 0.001);
        optimizer.Threads = threads;
        using var tape = Record(model.Parameters, data.Inputs, data.Targets);
        tape.Threads = threads;
        var loss = SoftmaxCrossEntropy(model.Forward(data.Inputs), (Indices)data.Targets);
        tape.Backward(loss);
        optimizer.Step();
        AssertNothing(1000, () =>
        {
            tape.Replay();
            tape.Backward(loss);
            optimizer.Step();
        });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_step_of_the_trainer_allocates_nothing(int threads)
    {
        var (few, many) = (Trained(20), Trained(60));
        // The runtime itself may allocate something now and then; training would do so every time.
        var rounds = Enumerable.Range(0, 10);
        long least = rounds.Min(_ => PerEpoch(many)) - rounds.Min(_ => PerEpoch(few));
        // An epoch's own share is the same for every number of steps, but for the order of the samples.
        Assert.Equal(40 * 64 * sizeof(int), least);

        IEnumerator<EpochResult> Trained(int steps)
        {
            var model = SmallRuns.Mlp(200, 200);
            var epochs = SmallRuns.TrainerOf(model, 64, threads)
                .Epochs(SmallRuns.Waves([steps * 64, 200], 5), 100, cancellation: TestContext.Current.CancellationToken).GetEnumerator();
            for (int i = 0; i < 3; i++) epochs.MoveNext();
            return epochs;
        }

        static long PerEpoch(IEnumerator<EpochResult> epochs)
        {
            long before = GC.GetTotalAllocatedBytes(true);
            epochs.MoveNext();
            return GC.GetTotalAllocatedBytes(true) - before;
        }
    }

    [Fact]
    public void Sharing_work_allocates_nothing()
    {
        int[] counts = new int[16];
        AssertNothing(1000, () => WorkPool.Shared.Run(new Counts(counts), counts.Length, 4));
        Assert.True(counts[0] > 1000);
    }

    /// <summary>Networks that are large enough for several threads, with every kind of layer that keeps something from step to step.</summary>
    private static (Layer<float> Model, DataSet<float> Data) Network(string name)
    {
        var random = new SeededRandom(4);
        return name switch
        {
            "mlp" => (SmallRuns.Mlp(160, 160), SmallRuns.Waves([128, 160], 5)),
            "rnn" => (SmallRuns.Recurrent(64, 128), SmallRuns.Waves([64, 6, 64], 5)),
            _ => (
                Sequential(
                    Conv2d(3, 16, 3, random, padding: 1), BatchNorm2d(16), Relu(), MaxPool2d(2), Dropout(0.2, seed: 1),
                    Conv2d(16, 32, 3, random), Tanh(), AveragePool2d(2), Flatten(), Linear(288, 5, random)),
                SmallRuns.Waves([16, 3, 16, 16], 5)),
        };
    }

    private readonly struct Counts(int[] counts) : IParts
    {
        public void Run(int part, int worker) => Interlocked.Increment(ref counts[part]);
    }

    private static void AssertNothing(int times, Action step)
    {
        for (int i = 0; i < 100; i++) step();
        long least = long.MaxValue;
        // The runtime itself may allocate something now and then; training would do so every time.
        for (int round = 0; round < 5 && least > 0; round++)
        {
            int collections = GC.CollectionCount(0);
            long before = GC.GetTotalAllocatedBytes(true);
            for (int i = 0; i < times; i++) step();
            if (GC.CollectionCount(0) == collections) least = Math.Min(least, GC.GetTotalAllocatedBytes(true) - before);
        }
        Assert.Equal(0, least);
    }
}
