using Backprop.Cli.Data;
using Backprop.Randomness;
using Backprop.Saving;
using Backprop.Tabular;
using Backprop.Tensors;
using Backprop.Training;

namespace Backprop.Cli.Train;

/// <summary><c>backprop train</c> from the data to the result.</summary>
internal static class TrainRun
{
    public static int Execute(TrainSettings settings, Terminal terminal, CancellationToken cancellation)
    {
        if (settings.Save is { } file)
        {
            OutputFile.Check(file, settings.Force);
            if (File.Exists(settings.Data)) OutputFile.Spare(settings.Data, file, "--save");
        }
        TrainLog.Check(settings);
        settings = TrainCheckpoints.Look(settings);
        var given = GivenNetwork.Open(settings);
        settings = settings with { NetworkIdentity = given?.Identity };
        // One source of chance in a fixed order: the hold-out first, so that every network meets the same one, then weights, then the order of samples.
        var random = new SeededRandom(settings.Seed);
        var read = HoldOut.WithValidation(DataSources.Read(settings, random, terminal), settings, random, terminal);
        var defaults = Defaults.Of(settings, read, given);
        var data = given?.Suited(read, settings) ?? Network.Suited(defaults.Model!.Value, settings, read);
        var network = given?.Build(random) ?? Network.Create(defaults.Model!.Value, settings, data, random);
        var model = network.Model;
        terminal.Note($"network: {Network.Describe(model)}, {Wording.Count(model.Parameters.Elements, "parameter")}{(given is null ? "" : $", from {given.Word}")}");
        var loss = LossChoice.Of(settings, network, data, terminal);
        string epochs = Wording.Count(defaults.Epochs, "epoch"), threads = Wording.Count(settings.Threads, "thread");
        terminal.Note($"training: {defaults.Optimizer}, batch {defaults.Batch}, {epochs}, seed {settings.Seed}, {threads}");
        Tensor<float> Objective(Tensor<float> prediction, IInput target) => network.Penalized(loss.Of(prediction, target));
        var trainer = TrainerSetup.Of(settings, model, Objective, TrainerSetup.ScoreOf(loss, model, data), data, defaults, random, terminal);
        TrainCheckpoints.Resume(trainer, settings, terminal);
        SavedModel<float> Trained() => TrainedModel.Of(settings, defaults, read, data, trainer, loss.Name);
        using var log = TrainLog.Open(settings, defaults, data, trainer);
        try
        {
            var last = Finished(trainer, data, Train(settings, defaults, data, trainer, Trained, log, terminal, cancellation));
            if (!double.IsFinite(last.Test!.Loss))
                throw new NotFiniteNumberException("the loss over the test part is no finite number; a smaller learning rate usually helps");
            if (settings.Save is { } path) Trained().Save(path, overwrite: settings.Force);
            var profile = settings.Profile ? StepProfile.Of(trainer, data.Train, Objective) : null;
            var result = TrainResult.Of(settings, defaults, loss.Name, trainer, data, last, profile);
            log?.End(result);
            Write(result, settings, terminal);
            return ExitCode.Done;
        }
        catch (Exception error)
        {
            log?.End(error);
            throw;
        }
    }

    private static EpochResult Train(
        TrainSettings settings, Defaults defaults, TrainingData data, Trainer<float> trainer, Func<SavedModel<float>> trained, TrainLog? log, Terminal terminal,
        CancellationToken cancellation)
    {
        try
        {
            return TrainLoop.Run(trainer, data, defaults, log, terminal, cancellation);
        }
        catch (OperationCanceledException)
        {
            throw Interruption.Of(settings, trainer, trained);
        }
    }

    /// <summary>The last epoch, with the figures of the test part at the weights that are taken.</summary>
    private static EpochResult Finished(Trainer<float> trainer, TrainingData data, EpochResult last)
    {
        if (trainer.Stopping is null) return last;
        trainer.TakeBest();
        return last with { Test = trainer.Evaluate(data.Test) };
    }

    private static void Write(TrainResult result, TrainSettings settings, Terminal terminal) =>
        terminal.Output.Write(settings.Json ? $"{Json.Of(result)}\n" : result.ToText());
}
