using Backprop.Data;
using Backprop.Health;
using Backprop.Kernels;
using Backprop.Optimizers;
using Backprop.Tensors;

namespace Backprop.Training;

// One call of Epochs: its tapes, its clock, its steps.
public sealed partial class Trainer<T>
{
    private sealed class Run(
        Trainer<T> trainer, DataSet<T> data, DataSet<T>? test, int epochs, IProgress<TrainingProgress>? progress, CancellationToken cancellation) : IDisposable
    {
        private static readonly TimeSpan BetweenReports = TimeSpan.FromMilliseconds(100);

        private readonly TapeCache<T> tapes = new();
        private readonly long start = trainer.Clock.GetTimestamp();
        private readonly int first = trainer.Epoch;
        private readonly T[] plane = trainer.Augmentation is null ? [] : new T[data.SampleShape[^2] * data.SampleShape[^1]];
        private bool[] trainable = [];
        private TimeSpan? reported;
        private Log? log;
        private Position? finished;

        public TimeSpan Elapsed => trainer.Clock.GetElapsedTime(start);

        private int Batches => (int)(((long)data.Count + trainer.BatchSize - 1) / trainer.BatchSize);

        /// <summary>Opens the folder of checkpoints, where there is one, and writes the first.</summary>
        public void Begin()
        {
            if (trainer.Checkpoints is { } checkpoints) log = new Log(trainer, checkpoints, data, test);
            trainer.begun = true;
            log?.Begin();
        }

        /// <summary>Takes every sample once. Gives the mean of the loss over the samples.</summary>
        public double RunEpoch()
        {
            ForgetTapesIfFrozenOtherwise();
            if (trainer.Schedule is { Per: Period.Epoch } schedule) schedule.Apply(trainer.Optimizer, trainer.Epoch);
            var (position, order) = trainer.Draw(data, log is not null);
            double sum = position.LossSum;
            if (JudgesAfter(trainer.Epoch + 1)) trainer.Health!.BeginEpoch(trainer.watched);
            for (int batch = position.Batches, done = (int)Math.Min((long)batch * trainer.BatchSize, data.Count); batch < Batches; batch++)
            {
                if (cancellation.IsCancellationRequested) log?.Save(position);
                cancellation.ThrowIfCancellationRequested();
                int size = Math.Min(trainer.BatchSize, data.Count - done);
                var entry = tapes.For(data, size);
                data.Fill(entry.Batch, order.AsSpan(done, size));
                trainer.Augmentation?.ApplyTo(entry.Batch.Inputs, trainer.Shuffle!, plane);
                sum += double.CreateChecked(Step(entry, batch + 1)) * size;
                done += size;
                if (log is not null) position = position with { Batches = batch + 1, LossSum = sum };
                if (batch + 1 < Batches) log?.SaveIfDue(position);
                Report(batch + 1, sum / done);
            }
            finished = position;
            return sum / data.Count;
        }

        /// <summary>Evaluates, and writes down what the epoch came to.</summary>
        public EpochResult Finish(double trainLoss, bool last)
        {
            trainer.Epoch++;
            Evaluation? tested;
            try
            {
                tested = test is null ? null : trainer.Evaluate(test, cancellation);
            }
            catch (OperationCanceledException)
            {
                log?.Save(finished!);
                throw;
            }
            trainer.Schedule?.Observe(trainLoss, tested?.Loss);
            var result = new EpochResult(trainer.Epoch, trainLoss, tested, Elapsed);
            trainer.history.Add(result);
            if (JudgesAfter(trainer.Epoch)) trainer.history[^1] = result = result with { Warnings = Judge(trainer.Health!) };
            trainer.Stopping?.Observe(result, trainer.Model.Parameters);
            log?.SaveEpoch(last || trainer.Stopping is { HasStopped: true });
            return result;
        }

        public void Dispose()
        {
            tapes.Dispose();
            log?.Dispose();
        }

        /// <summary>One step on the entry's batch. Gives its loss.</summary>
        private T Step(TapeCache<T>.Entry entry, int batch)
        {
            if (entry.Tape is { } sealedTape)
            {
                sealedTape.Threads = trainer.Threads;
                sealedTape.Replay(entry.Batch.Inputs, entry.Batch.Targets);
                return Update(sealedTape, entry.Prediction!, entry.Loss!, entry.Batch.Targets, batch);
            }

            var tape = Tape<T>.Record(trainer.watched, entry.Batch.Inputs, entry.Batch.Targets);
            tape.Threads = trainer.Threads;
            try
            {
                var prediction = trainer.Model.Forward(entry.Batch.Inputs);
                var loss = trainer.loss(prediction, entry.Batch.Targets);
                log?.Check(tape);
                T value = Update(tape, prediction, loss, entry.Batch.Targets, batch);
                if (MayReplay(entry, tape)) (entry.Tape, entry.Prediction, entry.Loss) = (tape, prediction, loss);
                return value;
            }
            finally
            {
                if (entry.Tape != tape) tape.Dispose();
            }
        }

        /// <summary>Backward and update, unless a number is not finite: then the weights stay as they are.</summary>
        private T Update(Tape<T> tape, Tensor<T> prediction, Tensor<T> loss, IInput targets, int batch)
        {
            // Backward itself says what is wrong with a loss that is no single number of this tape.
            T value = loss.Length == 1 && loss.Source?.Tape == tape ? loss.Value : T.Zero;
            if (!T.IsFinite(value)) throw Diverged(Divergence.OfLoss(tape, loss, trainer.Epoch + 1, batch));
            tape.Backward(loss);
            for (int i = 0; i < trainer.watched.Count; i++)
                if (trainer.watched[i] is { HasGradient: true } parameter && !Finite.All(parameter.Gradient, new Work(trainer.Threads)))
                    throw Diverged(Divergence.OfGradient(tape, parameter, value, trainer.Epoch + 1, batch));
            long steps = trainer.Optimizer.Steps;
            if (trainer.Health is { } health && TrainingHealth<T>.IsDue(steps, Batches)) health.Look(tape, prediction, targets, value, isFirst: steps == 0);
            if (trainer.Schedule is { Per: Period.Step } schedule) schedule.Apply(trainer.Optimizer, trainer.Optimizer.Steps);
            trainer.Optimizer.Step();
            return value;
        }

        private DivergedException Diverged(DivergedException error)
        {
            trainer.Health?.Diverged(error.Warning);
            return error;
        }

        private bool JudgesAfter(int epoch) => trainer.Health is not null && TrainingHealth<T>.JudgesAfter(epoch, first + epochs);

        private IReadOnlyList<TrainingWarning> Judge(TrainingHealth<T> health) => health.Judge(
            trainer.Epoch, first + epochs, trainer.Optimizer.Steps, [.. trainer.history.Select(epoch => epoch.TrainLoss)],
            [.. trainer.history.Select(epoch => epoch.Test?.Loss).OfType<double>()], trainer.watched);

        /// <summary>Whether the second recording of a shape did what the first did, so that a replay can take its place.</summary>
        private bool MayReplay(TapeCache<T>.Entry entry, Tape<T> tape)
        {
            if (trainer.RecordsEveryStep) return false;
            var recording = new Recording<T>(tape);
            if (entry.First is not { } first)
            {
                entry.First = recording;
                return false;
            }
            entry.First = null;
            if (recording.IsSameAs(first)) return true;
            trainer.RecordsEveryStep = true;
            trainer.Notice?.Invoke(
                $"Two recordings of the model on batches of {entry.Batch.Inputs.Shape} differ, so every step is recorded anew: right, but slower than a replay.");
            return false;
        }

        private void ForgetTapesIfFrozenOtherwise()
        {
            bool[] now = [.. trainer.watched.Select(parameter => parameter.Trainable)];
            if (!now.AsSpan().SequenceEqual(trainable) || trainer.RecordsEveryStep) tapes.Dispose();
            trainable = now;
        }

        private void Report(int batch, double loss)
        {
            if (progress is null) return;
            var elapsed = Elapsed;
            if (reported is { } last && elapsed - last < BetweenReports) return;
            reported = elapsed;
            int epochsDone = trainer.Epoch - first;
            double fraction = (epochsDone + (double)batch / Batches) / epochs;
            progress.Report(new TrainingProgress(trainer.Epoch + 1, first + epochs, batch, Batches, loss, elapsed, fraction));
        }
    }
}
