using System.Globalization;
using Backprop.Layers;
using Backprop.Optimizers;
using Backprop.Randomness;
using Backprop.Saving;
using Backprop.Tabular;
using Backprop.Tensors;
using Backprop.Training;
using static Backprop.Nn<float>;

namespace Backprop.Cli.Train;

/// <summary><c>backprop train</c> from the data to the result.</summary>
internal static class TrainRun
{
    public static int Execute(TrainSettings settings, Terminal terminal, CancellationToken cancellation)
    {
        if (settings.Save is { } file) OutputFile.Check(file, settings.Force);
        settings = TrainCheckpoints.Look(settings);
        // One source of chance in a fixed order: the hold-out first, so that every network meets the same one, then weights, then the order of samples.
        var random = new SeededRandom(settings.Seed);
        var read = HoldOut.WithValidation(TrainingData.Read(settings, random, terminal), settings, random, terminal);
        var data = Network.Suited(settings, read);
        var model = Network.Create(settings, data, random);
        var defaults = Defaults.Of(settings, data);
        terminal.Note($"network: {Network.Describe(model)}, {Wording.Count(model.Parameters.Elements, "parameter")}");
        string rate = defaults.LearningRate.ToString(CultureInfo.InvariantCulture), epochs = Wording.Count(defaults.Epochs, "epoch");
        string threads = Wording.Count(settings.Threads, "thread");
        terminal.Note(
            $"training: {Words.Of(settings.Optimizer)}, learning rate {rate}, batch {defaults.Batch}, {epochs}, seed {settings.Seed}, {threads}");
        var trainer = Trainer(settings, model, data, defaults, random, terminal);
        TrainCheckpoints.Resume(trainer, settings, terminal);
        var last = Finished(trainer, data, Train(trainer, data, defaults, terminal, cancellation));
        if (!double.IsFinite(last.Test!.Loss))
            throw new NotFiniteNumberException("the loss over the test part is no finite number; a smaller learning rate usually helps");
        if (settings.Save is { } path) Save(path, settings.Force, model, data);
        var profile = settings.Profile ? StepProfile.Of(trainer, data.Train) : null;
        Write(TrainResult.Of(settings, trainer, data, last, profile), settings, terminal);
        return ExitCode.Done;
    }

    private static Trainer<float> Trainer(
        TrainSettings settings, Sequential<float> model, TrainingData data, Defaults defaults, Random random, Terminal terminal)
    {
        Optimizer<float> optimizer = settings.Optimizer == OptimizerKind.Sgd
            ? Sgd(model.Parameters, defaults.LearningRate)
            : Adam(model.Parameters, defaults.LearningRate);
        var stopping = settings.Patience is { } patience ? new EarlyStopping<float>(patience) : null;
        var trainer = data.Task == TaskKind.Classification
            ? new Trainer<float>(model, (Tensor<float> y, Indices t) => Losses.Of(y, t), optimizer)
            {
                BatchSize = defaults.Batch,
                Shuffle = random,
                Notice = terminal.Note,
                Checkpoints = TrainCheckpoints.Of(settings, defaults),
                Stopping = stopping,
            }
            : new Trainer<float>(model, (Tensor<float> y, Tensor<float> t) => Losses.Of(y, t), optimizer)
            {
                BatchSize = defaults.Batch,
                Shuffle = random,
                Notice = terminal.Note,
                Checkpoints = TrainCheckpoints.Of(settings, defaults),
                Stopping = stopping,
            };
        trainer.Threads = settings.Threads;
        return trainer;
    }

    private static EpochResult Train(Trainer<float> trainer, TrainingData data, Defaults defaults, Terminal terminal, CancellationToken cancellation)
    {
        int before = trainer.Epoch;
        try
        {
            return TrainingView.Show(terminal, before, defaults.Epochs, epoch => ProgressLines.Of(epoch, before, defaults.Epochs, data), view =>
            {
                int left = Math.Max(0, defaults.Epochs - before);
                foreach (var epoch in trainer.Epochs(data.Train, left, data.Validation ?? data.Test, view, cancellation)) view.Done(epoch);
                return trainer.History[^1];
            });
        }
        catch (OperationCanceledException) when (TrainCheckpoints.Interrupted(trainer) is { } interrupted)
        {
            throw interrupted;
        }
    }

    /// <summary>The last epoch, with the figures of the test part at the weights that are taken.</summary>
    private static EpochResult Finished(Trainer<float> trainer, TrainingData data, EpochResult last)
    {
        if (trainer.Stopping is null) return last;
        trainer.TakeBest();
        return last with { Test = trainer.Evaluate(data.Test) };
    }

    private static void Save(string path, bool force, Sequential<float> model, TrainingData data) =>
        new SavedModel<float>(model, data.Train.SampleShape)
        {
            Task = Words.Of(data.Task),
            Loss = data.Task == TaskKind.Classification ? "softmax_cross_entropy" : "mean_squared_error",
            ClassNames = data.Train.ClassNames,
            InputTransforms = [data.Inputs],
            TargetTransforms = data.Targets is { } targets ? [targets] : [],
            Notes = data.Table is { } table ? new Dictionary<string, string> { ["table"] = TableSchemaJson.Write(table) } : [],
        }.Save(path, overwrite: force);

    private static void Write(TrainResult result, TrainSettings settings, Terminal terminal) =>
        terminal.Output.Write(settings.Json ? $"{Json.Of(result)}\n" : result.ToText());
}
