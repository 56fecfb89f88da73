using Backprop.Data;
using Backprop.Operations;
using Backprop.Optimizers;
using Backprop.Saving;
using Backprop.Tensors;

namespace Backprop.Training;

// The checkpoints of one call of Epochs.
public sealed partial class Trainer<T>
{
    private sealed class Log : IDisposable
    {
        private readonly Trainer<T> trainer;
        private readonly Checkpoints checkpoints;
        private readonly DataSet<T> data;
        private readonly string trainPrint, testPrint;
        private readonly IDisposable holder;

        /// <summary>Takes the folder for this training alone.</summary>
        public Log(Trainer<T> trainer, Checkpoints checkpoints, DataSet<T> data, DataSet<T>? test)
        {
            (this.trainer, this.checkpoints, this.data) = (trainer, checkpoints, data);
            (trainPrint, testPrint) = (Fingerprint.Of(data), test is null ? "" : Fingerprint.Of(test));
            trainer.CheckData(trainPrint, testPrint);
            holder = checkpoints.Folder.Open();
        }

        /// <summary>Writes what training begins with, so that there is something to go on from at any moment.</summary>
        public void Begin()
        {
            if (trainer.LastCheckpoint is not null) return;
            if (checkpoints.Folder.Files.Count > 0)
                throw new IOException($"{checkpoints.Folder.Path}: the folder has checkpoints of another training; resume that one, or take another folder");
            Save(new Position(trainer.Epoch, 0, 0, ""));
        }

        /// <summary>Refuses a dropout whose masks a checkpoint would miss.</summary>
        public void Check(Tape<T> tape)
        {
            var known = trainer.Model.OwnMasks().Select(own => own.Masks).ToHashSet();
            if (tape.Steps.OfType<MaskedOp<T>>().Any(step => !known.Contains(step.Masks)))
                throw new NotSupportedException(
                    "Checkpoints: a dropout draws masks that the model does not name, so that they would not go on; override OwnMasks in the layer that has them.");
        }

        public void SaveIfDue(Position position)
        {
            if (checkpoints.AreDue(Period.Step, trainer.Epoch, trainer.Optimizer.Steps)) Save(position);
        }

        public void SaveEpoch(bool last)
        {
            if (last || checkpoints.AreDue(Period.Epoch, trainer.Epoch, trainer.Optimizer.Steps)) Save(new Position(trainer.Epoch, 0, 0, ""));
        }

        public void Save(Position position) => trainer.Save(checkpoints, position, trainPrint, testPrint, data.SampleShape);

        public void Dispose() => holder.Dispose();
    }

    /// <summary>The order of the samples of the epoch that comes next, or of the one that a checkpoint stands in.</summary>
    private (Position Position, int[] Order) Draw(DataSet<T> data, bool remember)
    {
        if (pending is { } position && (position.Batches > 0 || position.Order.Length > 0))
        {
            pending = null;
            string now = RandomStates.Of(Shuffle);
            RandomStates.Restoring(Shuffle, position.Order, LastCheckpoint!)();
            int[] drawn = data.Order(Shuffle);
            RandomStates.Restoring(Shuffle, now, LastCheckpoint!)();
            return (position, drawn);
        }
        pending = null;
        var beginning = new Position(Epoch, 0, 0, remember ? RandomStates.Of(Shuffle) : "");
        return (beginning, data.Order(Shuffle));
    }
}
