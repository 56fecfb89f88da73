using Backprop.Data;
using Backprop.Optimizers;
using Backprop.Randomness;
using Backprop.Tensors;
using Backprop.Training;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Training;

/// <summary>A training with everything that has a state: dropout, batch normalisation, a shuffled order, and what a case adds.</summary>
internal sealed class CheckpointedRuns(string folder)
{
    public const int Batches = 5;

    public Func<ParameterList<double>, Optimizer<double>> Optimizer { get; init; } = parameters => Adam(parameters, 0.02);

    public Func<Schedule?> Schedule { get; init; } = () => null;

    public Func<Random?> Shuffle { get; init; } = () => new SeededRandom(9);

    public Func<EarlyStopping<double>?> Stopping { get; init; } = () => null;

    public int Every { get; init; } = 3;

    public Period Per { get; init; } = Period.Step;

    public static DataSet<double> Train { get; } = Data(18, 0);

    public static DataSet<double> Test { get; } = Data(6, 40);

    public static DataSet<double> Data(int count, int from)
    {
        var x = Tensor([count, 3], [.. Enumerable.Range(from, 3 * count).Select(i => Math.Sin(1.7 * i))]);
        return new DataSet<double>(x, new Indices([count], [.. Enumerable.Range(0, count).Select(i => x[i, 0] + x[i, 1] > x[i, 2] ? 1 : 0)]));
    }

    public Trainer<double> Make(bool checkpoints = true, int keep = 3)
    {
        var random = new SeededRandom(5);
        var model = Sequential(
            Linear(3, 6, random), BatchNorm1d(6), Tanh(), Dropout(0.3, random),
            Residual(Sequential(Linear(6, 6, random), Dropout(0.2, random))), Linear(6, 2, random));
        return new Trainer<double>(model, (Tensor<double> y, Indices t) => SoftmaxCrossEntropy(y, t), Optimizer(model.Parameters))
        {
            BatchSize = 4,
            Shuffle = Shuffle(),
            Schedule = Schedule(),
            Stopping = Stopping(),
            Clock = new JumpingClock(),
            Checkpoints = checkpoints ? new Checkpoints(folder, Every, Per, keep) : null,
        };
    }

    /// <summary>Trains up to an epoch, and is cancelled after a number of steps in all.</summary>
    public static void Run(Trainer<double> trainer, int epochs, long stopAfter = long.MaxValue)
    {
        using var source = new CancellationTokenSource();
        var stop = new StopAfter(trainer, stopAfter, source);
        try
        {
            stop.Look();
            foreach (var _ in trainer.Epochs(Train, epochs - trainer.Epoch, Test, stop, source.Token)) stop.Look();
        }
        catch (OperationCanceledException)
        {
        }
    }

    /// <summary>Everything that a training has come to, bit by bit.</summary>
    public static string[] Outcome(Trainer<double> trainer) =>
    [
        .. trainer.Model.Parameters.SelectMany(parameter => parameter.Values.ToArray()).Select(Bits),
        .. trainer.Optimizer.State.Memory.OrderBy(memory => memory.Key, StringComparer.Ordinal)
            .SelectMany(memory => memory.Value).SelectMany(values => values).Select(Bits),
        .. trainer.Model.OwnMasks().Select(own => $"{own.Path} {own.Masks.Step}"),
        .. trainer.History.Select(epoch => $"{epoch.Epoch} {Bits(epoch.TrainLoss)} {Bits(epoch.Test!.Loss)} {Bits(epoch.Test.Accuracy!.Value)}"),
        $"{trainer.Optimizer.Steps} {Bits(trainer.Optimizer.LearningRate)} {trainer.Stopping?.BestEpoch} {trainer.Stopping?.Waited} {trainer.Shuffle?.Next()}",
    ];

    private static string Bits(double number) => BitConverter.DoubleToInt64Bits(number).ToString("x16", null);

    /// <summary>A clock by which every batch takes a second, so that each is reported.</summary>
    internal sealed class JumpingClock : TimeProvider
    {
        private long now;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => ++now;
    }

    private sealed class StopAfter(Trainer<double> trainer, long steps, CancellationTokenSource source) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => Look();

        public void Look()
        {
            if (trainer.Optimizer.Steps >= steps) source.Cancel();
        }
    }
}
