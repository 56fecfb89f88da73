using Backprop.Cli.Data;
using Backprop.Layers;
using Backprop.Optimizers;
using Backprop.Tabular;
using Backprop.Tensors;
using Backprop.Training;
using static Backprop.Nn<float>;

namespace Backprop.Cli.Train;

/// <summary>Puts the trainer together as the settings say.</summary>
internal static class TrainerSetup
{
    public static Trainer<float> Of(
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
}
