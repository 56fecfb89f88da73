using System.Numerics;
using Backprop.Data;
using Backprop.Health;
using Backprop.Layers;
using Backprop.Optimizers;
using Backprop.Randomness;
using Backprop.Tensors;

namespace Backprop.Training;

/// <summary>The training loop: batches, forward, loss, backward, update, epoch after epoch.</summary>
/// <remarks>
/// <para>It runs on the calling thread, and only while its epochs are enumerated: leave the loop, and training stops.</para>
/// <para>One tape is recorded for each shape of batch and replayed from then on. A model that does not do the same each time is found out by its
/// second recording, and is recorded at every step.</para>
/// <para>The same seed gives the same bits.</para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed partial class Trainer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Func<Tensor<T>, IInput, Tensor<T>> loss;
    private readonly ParameterList<T> watched;

    /// <summary>Trains on numbers.</summary>
    /// <param name="model">What is trained.</param>
    /// <param name="loss">A single number from (prediction, target): <c>(y, t) => MeanSquaredError(y, t)</c>.</param>
    /// <param name="optimizer">Changes the model's parameters.</param>
    public Trainer(Layer<T> model, Func<Tensor<T>, Tensor<T>, Tensor<T>> loss, Optimizer<T> optimizer)
        : this(model, optimizer, Typed("a tensor of numbers", loss))
    {
    }

    /// <summary>Trains on classes.</summary>
    /// <param name="model">What is trained.</param>
    /// <param name="loss">A single number from (prediction, classes): <c>(y, t) => SoftmaxCrossEntropy(y, t)</c>.</param>
    /// <param name="optimizer">Changes the model's parameters.</param>
    public Trainer(Layer<T> model, Func<Tensor<T>, Indices, Tensor<T>> loss, Optimizer<T> optimizer)
        : this(model, optimizer, Typed("Indices", loss))
    {
    }

    private Trainer(Layer<T> model, Optimizer<T> optimizer, Func<Tensor<T>, IInput, Tensor<T>> loss)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(optimizer);
        Model = model;
        Optimizer = optimizer;
        this.loss = loss;
        // The model's own list where it holds all that the optimizer changes: its paths are the names in messages, its memory is reused.
        watched = optimizer.Parameters.All(model.Parameters.Contains) ? model.Parameters
            : new ParameterList<T>([.. Named(model.Parameters), .. Named(optimizer.Parameters)]);
    }

    /// <summary>What is trained.</summary>
    public Layer<T> Model { get; }

    /// <summary>What changes the model's parameters.</summary>
    public Optimizer<T> Optimizer { get; }

    /// <summary>The samples of a batch, 1 or more; the last batch of an epoch has what is left. 32 suits most data.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public int BatchSize
    {
        get;
        init => field = value >= 1 ? value
            : throw new ArgumentOutOfRangeException(nameof(value), $"The batch size {value} came; it is 1 or more, 32 suits most data.");
    } = 32;

    /// <summary>The threads that a training step or an evaluation may use, those of the optimizer included, 1 or more; 1 if nothing else is said.</summary>
    /// <remarks>Weights and figures are the same to the last bit for every number of threads. Small networks use one thread whatever is said here.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public int Threads
    {
        get => Optimizer.Threads;
        set => Optimizer.Threads = value;
    }

    /// <summary>Draws the order of the samples anew for every epoch; null takes them as they lie. If left out: <see cref="SeededRandom"/> with seed 1.</summary>
    public Random? Shuffle { get; init; } = new SeededRandom(1);

    /// <summary>Changes the pictures of every training step anew, and never those of an evaluation; it draws from <see cref="Shuffle"/>, batch after batch.
    /// Null leaves them as they are.</summary>
    public Augmentation? Augmentation { get; init; }

    /// <summary>How the learning rate goes on; null leaves it as it is. A schedule of steps is applied before each, by the optimizer's number of steps,
    /// one of epochs before each, by <see cref="Epoch"/>.</summary>
    public Schedule? Schedule { get; init; }

    /// <summary>Makes the comparison for <see cref="Evaluate"/>; null takes <see cref="ClassScore{T}"/> for classes and
    /// <see cref="RegressionScore{T}"/> for numbers. For yes or no: <c>() => BinaryScore&lt;float&gt;.OnLogits()</c>.</summary>
    public Func<Score<T>>? Score { get; init; }

    /// <summary>Looks at some of the tapes and says what goes wrong; null looks at none. Training comes to the same bits with it and without.</summary>
    public TrainingHealth<T>? Health { get; init; }

    /// <summary>Hears what a user should know and what is no error, in one sentence, each once.</summary>
    public Action<string>? Notice { get; init; }

    /// <summary>The clock of progress and of times in results.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The number of whole epochs done; set it to go on counting where an earlier run stopped.</summary>
    public int Epoch { get; set; }

    /// <summary>Whether every step is recorded anew, because two recordings of the model differed.</summary>
    public bool RecordsEveryStep { get; private set; }

    /// <summary>Trains epoch by epoch; each is run when the loop asks for it, and the loop may be left at any time.</summary>
    /// <param name="train">The training part.</param>
    /// <param name="count">The number of epochs, 0 or more.</param>
    /// <param name="test">A test part, evaluated after every epoch; training does not depend on it in any bit, unless the
    /// schedule watches it.</param>
    /// <param name="progress">Hears how far training is, at most ten times a second, on this thread.</param>
    /// <param name="cancellation">Stops between two steps; the weights are then those of the last whole step.</param>
    /// <exception cref="ArgumentException">The training part or the test part has no sample.</exception>
    /// <exception cref="InvalidOperationException">There is an <see cref="Augmentation"/>, and no <see cref="Shuffle"/> from which it would draw.</exception>
    /// <exception cref="ShapeException">There is an <see cref="Augmentation"/>, and the samples are no pictures.</exception>
    /// <exception cref="DivergedException">A loss or a gradient is not finite; the weights are those of the last good step.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; where there are <see cref="Checkpoints"/>, one of this very step is written.</exception>
    /// <exception cref="DataException">The trainer was resumed from a checkpoint of other data.</exception>
    /// <exception cref="NotSupportedException">There are checkpoints, and they would miss something: the state of <see cref="Shuffle"/> cannot be read, or a
    /// layer does not name its dropout's masks.</exception>
    /// <exception cref="IOException">A checkpoint cannot be written, or the folder has those of another training.</exception>
    public IEnumerable<EpochResult> Epochs(
        DataSet<T> train, int count, DataSet<T>? test = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (train.Count == 0) throw new ArgumentException("Epochs: the training part has no sample; a loss needs at least one.", nameof(train));
        if (test is null && Schedule is PlateauSchedule { WatchTest: true })
            throw new ArgumentException("Epochs: the schedule watches the test part, and there is none; give one, or let it watch the training part.", nameof(test));
        if (test is null && Stopping is { WatchTest: true })
            throw new ArgumentException("Epochs: early stopping watches the test part, and there is none; give one, or let it watch the training part.", nameof(test));
        if (Augmentation is not null)
        {
            Augmentation.Check(train.Inputs.Shape);
            if (Shuffle is null) throw new InvalidOperationException("Epochs: the augmentation draws from Shuffle, and there is none; give the trainer one.");
        }
        if (test is { Count: 0 }) throw new ArgumentException("Epochs: the test part has no sample; leave it out, or give it at least one.", nameof(test));
        return Enumerate();

        IEnumerable<EpochResult> Enumerate()
        {
            using var run = new Run(this, train, test, count, progress, cancellation);
            run.Begin();
            for (int i = 0; i < count && Stopping is not { HasStopped: true }; i++)
            {
                double trainLoss = run.RunEpoch();
                yield return run.Finish(trainLoss, last: i == count - 1);
            }
        }
    }

    /// <summary>Loss and scores on data, in inference mode; nothing of the training changes.</summary>
    /// <param name="data">The samples, at least one.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <exception cref="ArgumentException">There is no sample.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Evaluation Evaluate(DataSet<T> data, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Count == 0) throw new ArgumentException("Evaluate: there is no sample; a loss needs at least one.", nameof(data));
        var score = Score?.Invoke() ?? (data.Targets is Indices ? new ClassScore<T>() : new RegressionScore<T>());
        double sum = 0;
        // A tape for inference, over the data alone: it brings the threads, and its memory serves one batch after the other.
        ParameterList<T> none = [];
        foreach (var batch in data.Batches(BatchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            using var tape = Tape<T>.Record(none, training: false, batch.Inputs, batch.Targets);
            tape.Threads = Threads;
            var prediction = Model.Forward(batch.Inputs);
            sum += double.CreateChecked(loss(prediction, batch.Targets).Value) * batch.Count;
            score.Add(prediction, batch.Targets);
        }
        return score.AddTo(new Evaluation(data.Count, sum / data.Count));
    }

    private static Func<Tensor<T>, IInput, Tensor<T>> Typed<TTarget>(string needed, Func<Tensor<T>, TTarget, Tensor<T>> loss) where TTarget : class, IInput
    {
        ArgumentNullException.ThrowIfNull(loss);
        return (prediction, target) => loss(prediction, target as TTarget
            ?? throw new ArgumentException($"Trainer: the data's targets are {(target is Indices ? "Indices" : "a tensor of numbers")}, the loss compares with {needed}."));
    }

    private static IEnumerable<(string, Parameter<T>)> Named(ParameterList<T> parameters) => parameters.Names.Zip(parameters);
}
