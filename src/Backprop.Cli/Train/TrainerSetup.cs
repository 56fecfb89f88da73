using Backprop.Cli.Data;
using Backprop.Health;
using Backprop.Layers;
using Backprop.Optimizers;
using Backprop.Saving;
using Backprop.Tensors;
using Backprop.Training;

namespace Backprop.Cli.Train;

/// <summary>Puts the trainer together as the settings say.</summary>
internal static class TrainerSetup
{
    /// <summary>Makes the trainer of a network.</summary>
    /// <param name="settings">The options.</param>
    /// <param name="model">The network.</param>
    /// <param name="loss">What is made small, the penalty of a network's file with it.</param>
    /// <param name="score">How outputs are held against what is right; null for what suits classes with an output each, and numbers.</param>
    /// <param name="data">The data.</param>
    /// <param name="defaults">What was filled in.</param>
    /// <param name="random">Draws the order of the samples.</param>
    /// <param name="terminal">Hears what the trainer notes.</param>
    public static Trainer<float> Of(
        TrainSettings settings, Sequential<float> model, Func<Tensor<float>, IInput, Tensor<float>> loss, Func<Score<float>>? score, TrainingData data, Defaults defaults,
        Random random, Terminal terminal)
    {
        var optimizer = defaults.Optimizer.Build(model.Parameters);
        var stopping = settings.Patience is { } patience ? new EarlyStopping<float>(patience) : null;
        var schedule = ScheduleOf(settings, data, defaults, terminal);
        var trainer = data.Train.Targets is Indices
            ? new Trainer<float>(model, (Tensor<float> y, Indices t) => loss(y, t), optimizer)
            {
                BatchSize = defaults.Batch,
                Shuffle = random,
                Schedule = schedule,
                Score = score,
                Notice = terminal.Note,
                Checkpoints = TrainCheckpoints.Of(settings, defaults),
                Stopping = stopping,
                Augmentation = data.Augmentation,
                Health = new TrainingHealth<float>(),
            }
            : new Trainer<float>(model, (Tensor<float> y, Tensor<float> t) => loss(y, t), optimizer)
            {
                BatchSize = defaults.Batch,
                Shuffle = random,
                Schedule = schedule,
                Notice = terminal.Note,
                Checkpoints = TrainCheckpoints.Of(settings, defaults),
                Stopping = stopping,
                Augmentation = data.Augmentation,
                Health = new TrainingHealth<float>(),
            };
        trainer.Threads = settings.Threads;
        return trainer;
    }

    /// <summary>How a single output for two classes is held against them; null where each class has one, or numbers are to be predicted.</summary>
    public static Func<Score<float>>? ScoreOf(LossFunction<float> loss, Sequential<float> model, TrainingData data)
    {
        if (data.Train.Targets is not Indices || model.Describe([1, .. data.Train.SampleShape.AsSpan()]).Output[^1] > 1) return null;
        return () => loss.ReadsProbabilities ? BinaryScore<float>.OnProbabilities() : BinaryScore<float>.OnLogits();
    }

    private static Schedule? ScheduleOf(TrainSettings settings, TrainingData data, Defaults defaults, Terminal terminal)
    {
        if (settings.Schedule is not { } words) return null;
        int steps = (data.Train.Count - 1) / defaults.Batch + 1;
        var (schedule, saying) = words.Build(defaults.Epochs, steps, watchTest: data.Validation is not null);
        terminal.Note($"schedule: {Words.Of(words.Kind)}, learning rate {saying}");
        return schedule;
    }
}
