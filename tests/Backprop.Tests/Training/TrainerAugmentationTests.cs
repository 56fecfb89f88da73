using Backprop.Data;
using Backprop.Optimizers;
using Backprop.Randomness;
using Backprop.Tensors;
using Backprop.Tests.Kernels;
using Backprop.Training;
using static Backprop.Nn<float>;

namespace Backprop.Tests.Training;

public sealed class TrainerAugmentationTests : IDisposable
{
    private static readonly Augmentation All = new(shift: 1, turn: 15, flip: true, noise: 0.1, fill: -0.5);

    private static readonly DataSet<float> Data = SmallRuns.Waves([42, 1, 8, 8], 5);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static Trainer<float> Make(Augmentation? augmentation = null, int threads = 1, Checkpoints? checkpoints = null, List<float[]>? seen = null)
    {
        var model = SmallRuns.Cnn(3, 5);
        return new Trainer<float>(model, Loss, Adam(model.Parameters, 0.003))
        {
            BatchSize = 8,
            Threads = threads,
            Augmentation = augmentation,
            Checkpoints = checkpoints,
            Clock = new CheckpointedRuns.JumpingClock(),
        };

        Tensor<float> Loss(Tensor<float> prediction, Indices classes)
        {
            seen?.Add(((Tensor<float>)prediction.Source!.Tape!.Inputs[0]).Values.ToArray());
            return SoftmaxCrossEntropy(prediction, classes);
        }
    }

    /// <summary>Trains up to four epochs, or up to a number of steps in all.</summary>
    private static ulong Trained(Trainer<float> trainer, long stopAfter = long.MaxValue)
    {
        using var source = new CancellationTokenSource();
        var stop = new Stop(trainer, stopAfter, source);
        try
        {
            foreach (var _ in trainer.Epochs(Data, 4 - trainer.Epoch, progress: stop, cancellation: source.Token)) { }
        }
        catch (OperationCanceledException)
        {
        }
        return trainer.Model.Parameters.Aggregate(17UL, (hash, parameter) => hash * 31 + Bits.Hash(parameter.Values));
    }

    [Fact]
    public void The_first_step_meets_the_pictures_as_the_seed_changes_them()
    {
        var seen = new List<float[]>();
        using var epochs = Make(All, seen: seen).Epochs(Data, 1, cancellation: TestContext.Current.CancellationToken).GetEnumerator();
        epochs.MoveNext();

        var random = new SeededRandom(1);
        int[] order = random.Permutation(Data.Count);
        // Recorded twice and replayed from then on: the first two batches are seen.
        for (int batch = 0; batch < 2; batch++)
            Assert.Equal(All.Apply(Data.Select(order.AsSpan(8 * batch, 8)).Inputs, random).Values.ToArray(), seen[batch]);
    }

    [Fact]
    public void An_evaluation_meets_the_pictures_as_they_are()
    {
        var plain = Make();
        var changing = Make(All);
        Assert.Equal(plain.Evaluate(Data, TestContext.Current.CancellationToken), changing.Evaluate(Data, TestContext.Current.CancellationToken));
        Assert.NotEqual(Trained(plain), Trained(changing));
    }

    [Fact]
    public void Every_number_of_threads_gives_the_same_bits() => Assert.Equal(Trained(Make(All)), Trained(Make(All, threads: 3)));

    [Fact]
    public void An_interrupted_training_comes_to_the_same_bits()
    {
        ulong whole = Trained(Make(All));
        Assert.NotEqual(whole, Trained(Make()));
        Trained(Make(All, checkpoints: Folder), 3);
        // At the end of an epoch, within the next, and to the end.
        foreach (long stop in new long[] { 6, 10 })
        {
            var trainer = Make(All, checkpoints: Folder);
            Assert.True(trainer.Resume());
            Trained(trainer, stop);
            Assert.Equal(stop, trainer.Optimizer.Steps);
        }
        var last = Make(All, checkpoints: Folder);
        Assert.True(last.Resume());
        Assert.Equal(whole, Trained(last));
    }

    [Fact]
    public void Another_augmentation_is_refused()
    {
        Trained(Make(All, checkpoints: Folder), 3);
        Assert.EndsWith(
            ": it was saved with the augmentation 'shift=1,turn=15,flip,noise=0.1,fill=-0.5', this training has 'shift=2'; go on with the same",
            Assert.Throws<DataException>(() => Make(new Augmentation(2), checkpoints: Folder).Resume()).Message, StringComparison.Ordinal);
        Assert.EndsWith(
            "this training has ''; go on with the same",
            Assert.Throws<DataException>(() => Make(checkpoints: Folder).Resume()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_needs_pictures_and_random_numbers()
    {
        Assert.Contains("pictures are [N, C, H, W]", Assert.Throws<ShapeException>(() => Make(All).Epochs(SmallRuns.Waves([8, 4], 2), 1, cancellation: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
        var inOrder = new Trainer<float>(SmallRuns.Cnn(3, 5), (y, t) => SoftmaxCrossEntropy(y, t), Sgd(SmallRuns.Cnn(3, 5).Parameters, 0.1))
        {
            Shuffle = null,
            Augmentation = All,
        };
        Assert.Equal(
            "Epochs: the augmentation draws from Shuffle, and there is none; give the trainer one.",
            Assert.Throws<InvalidOperationException>(() => inOrder.Epochs(Data, 1, cancellation: TestContext.Current.CancellationToken)).Message);
    }

    [Fact]
    public void Changing_pictures_allocates_nothing()
    {
        var pictures = Zeros([8, 2, 12, 12]);
        var random = new SeededRandom(1);
        float[] plane = new float[144];
        for (int i = 0; i < 100; i++) All.ApplyTo(pictures, random, plane);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) All.ApplyTo(pictures, random, plane);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private Checkpoints Folder => new(folder["run"], 2, Period.Step);

    private sealed class Stop(Trainer<float> trainer, long steps, CancellationTokenSource source) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (trainer.Optimizer.Steps >= steps) source.Cancel();
        }
    }
}
