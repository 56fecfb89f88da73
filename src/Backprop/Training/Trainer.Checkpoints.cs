using System.Text.Json;
using Backprop.Data;
using Backprop.Health;
using Backprop.Saving;

namespace Backprop.Training;

// Writing checkpoints, and going on from them.
public sealed partial class Trainer<T>
{
    private const string HistoryName = "history", BestPrefix = "best/";

    private readonly List<EpochResult> history = [];
    private Position? pending;
    private (string File, string Train, string Test)? expected;
    private bool begun;

    /// <summary>Where and how often all that training would go on from is written down; null for not at all.</summary>
    /// <remarks>Needs random numbers whose state can be read: <see cref="Randomness.SeededRandom"/> or <see cref="Randomness.NumPyRandom"/> for
    /// <see cref="Shuffle"/>.</remarks>
    public Checkpoints? Checkpoints { get; init; }

    /// <summary>Ends training when the loss becomes no better; null trains as many epochs as are asked for.</summary>
    public EarlyStopping<T>? Stopping { get; init; }

    /// <summary>What every epoch came to, those before a resumption included.</summary>
    public IReadOnlyList<EpochResult> History => history;

    /// <summary>The checkpoint that was written or gone on from last; null where there is none yet.</summary>
    public string? LastCheckpoint { get; private set; }

    /// <summary>Takes up the newest whole checkpoint of the folder: the next call of <see cref="Epochs"/> goes on from there, in the middle of an epoch too,
    /// to the same bits as a training that never stopped. It needs the same data, and counts the epoch that it finishes.</summary>
    /// <returns>Whether there was one; if not, training begins at the beginning.</returns>
    /// <exception cref="InvalidOperationException">The trainer has no folder for checkpoints, or has trained already.</exception>
    /// <exception cref="DataException">None of the checkpoints is whole, or the newest is of another training or a newer version.</exception>
    /// <exception cref="IOException">One cannot be read.</exception>
    public bool Resume()
    {
        if (Checkpoints is null) throw new InvalidOperationException("Resume: the trainer has no folder for checkpoints; give it Checkpoints.");
        if (begun) throw new InvalidOperationException("Resume: this trainer has trained already; make a new one, and resume it before its first epoch.");
        begun = true;
        if (Checkpoints.Folder.NewestWhole(Notice) is not { } newest) return false;
        var apply = new Checkpoint<T>(Model, Optimizer) { Schedule = Schedule, Random = Shuffle }.Read(newest.Content, newest.File);
        ReadOwn(newest.Content, newest.File, apply);
        LastCheckpoint = newest.File;
        return true;
    }

    /// <summary>Sets the model's parameters to those at which the loss was best, as <see cref="Stopping"/> saw it; without an epoch they stay.</summary>
    /// <exception cref="InvalidOperationException">The trainer has no <see cref="Stopping"/>.</exception>
    public void TakeBest()
    {
        if (Stopping is null) throw new InvalidOperationException("TakeBest: nobody watches for the best weights; give the trainer Stopping.");
        for (int i = 0; i < Stopping.Best.Length; i++) Model.Parameters[i].Set(Stopping.Best[i]);
    }

    /// <summary>Writes a checkpoint of a position in the data.</summary>
    private void Save(Checkpoints checkpoints, Position position, string trainPrint, string testPrint, Tensors.Shape input)
    {
        var tensors = new List<(string, SavedTensor)>();
        var (columns, numbers) = EpochTable.Write(history);
        tensors.Add((HistoryName, numbers));
        for (int i = 0; i < (Stopping?.Best.Length ?? 0); i++)
            tensors.Add((BestPrefix + Model.Parameters.Names[i], SavedTensor.Of<T>(Model.Parameters[i].Shape, Stopping!.Best[i])));
        string own = JsonTexts.Of(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("epoch", position.Epoch);
            json.WriteNumber("batches", position.Batches);
            json.WriteNumber("lossSum", position.LossSum);
            json.WriteString("order", position.Order);
            json.WriteNumber("batchSize", BatchSize);
            if (Augmentation is not null) json.WriteString("augmentation", Augmentation.ToString());
            json.WriteString("train", trainPrint);
            json.WriteString("test", testPrint);
            json.WriteStartArray("history");
            foreach (string column in columns) json.WriteStringValue(column);
            json.WriteEndArray();
            if (Stopping is { } stopping) WriteStopping(json, stopping);
            TrainingWarningJson.WriteField(json, Health?.Warnings ?? []);
            json.WriteEndObject();
        });
        string file = checkpoints.Folder.FileOf(Optimizer.Steps);
        new Checkpoint<T>(Model, Optimizer)
        {
            Schedule = Schedule,
            Random = Shuffle,
            Input = input,
            Notes = checkpoints.Notes,
            Training = own,
            TrainingTensors = tensors,
        }.Save(file, overwrite: true);
        checkpoints.Folder.Prune(Optimizer.Steps, checkpoints.Keep);
        LastCheckpoint = file;
    }

    private static void WriteStopping(Utf8JsonWriter json, EarlyStopping<T> stopping)
    {
        json.WriteStartObject("stopping");
        json.WriteNumber("patience", stopping.Patience);
        json.WriteNumber("threshold", stopping.Threshold);
        json.WriteBoolean("watchTest", stopping.WatchTest);
        if (stopping.BestEpoch > 0) json.WriteNumber("bestLoss", stopping.BestLoss);
        json.WriteNumber("bestEpoch", stopping.BestEpoch);
        json.WriteNumber("waited", stopping.Waited);
        json.WriteEndObject();
    }

    private void ReadOwn(Safetensors content, string file, Action apply)
    {
        if (!content.Metadata.TryGetValue(CheckpointKeys.Training, out string? text))
            throw new DataException(file, "it was not saved by a trainer, and has no position in the data; Checkpoint.Restore reads it");
        var fields = JsonFields.Parse(text, CheckpointKeys.Training, file);
        var position = new Position(fields.Whole("epoch"), fields.Whole("batches"), fields.Number("lossSum"), fields.Text("order"));
        int batchSize = fields.Whole("batchSize");
        if (batchSize != BatchSize) throw new DataException(file, $"it was saved with batches of {batchSize}, this training has {BatchSize}; go on with the same");
        string augmentation = fields.Text("augmentation", ""), mine = Augmentation?.ToString() ?? "";
        if (augmentation != mine)
            throw new DataException(file, $"it was saved with the augmentation '{augmentation}', this training has '{mine}'; go on with the same");
        var prints = (file, fields.Text("train"), fields.Text("test"));
        var epochs = EpochTable.Read(fields.Texts("history"), content[CheckpointKeys.InTraining + HistoryName]);
        var restoreStopping = ReadStopping(fields, content, file);
        var warnings = TrainingWarningJson.ReadField(fields, file);
        fields.Finish();

        apply();
        restoreStopping();
        Health?.Restore(warnings);
        history.Clear();
        history.AddRange(epochs);
        Epoch = position.Epoch;
        (pending, expected) = (position, prints);
    }

    private Action ReadStopping(JsonFields fields, Safetensors content, string file)
    {
        if (fields.Has("stopping") != Stopping is not null)
        {
            var (then, now) = Stopping is null ? ("with", "without") : ("without", "with");
            throw new DataException(file, $"it was saved {then} early stopping, this training is {now} it; go on with the same");
        }
        if (Stopping is null) return () => { };
        var saved = fields.Object("stopping");
        if ((saved.Whole("patience"), saved.Number("threshold"), saved.Flag("watchTest", true)) != (Stopping.Patience, Stopping.Threshold, Stopping.WatchTest))
            throw new DataException(file, "its early stopping has other settings; go on with the same");
        double best = saved.Number("bestLoss", double.PositiveInfinity);
        int bestEpoch = saved.Whole("bestEpoch"), waited = saved.Whole("waited");
        saved.Finish();
        T[][] weights = bestEpoch == 0 ? []
            : [.. Model.Parameters.Names.Select(name => content[$"{CheckpointKeys.InTraining}{BestPrefix}{name}"].ToArray<T>())];
        return () => Stopping.Set(best, bestEpoch, waited, weights);
    }

    private void CheckData(string trainPrint, string testPrint)
    {
        if (expected is not { } needed) return;
        expected = null;
        string? other = needed.Train != trainPrint ? "training" : needed.Test != testPrint ? "test" : null;
        if (other is not null)
            throw new DataException(
                needed.File, $"it was saved in a training on other data: the {other} part differs; go on with the same data, or begin anew in another folder");
    }
}
