namespace Backprop.Cli.Train;

/// <summary>The settings that were left out, filled in by what suits the data and the optimizer.</summary>
/// <param name="Epochs">Passes over the training part.</param>
/// <param name="Batch">Samples per step.</param>
/// <param name="LearningRate">The step size.</param>
internal sealed record Defaults(int Epochs, int Batch, double LearningRate)
{
    public static Defaults Of(TrainSettings settings, TrainingData data) => new(
        settings.Epochs ?? (data.IsPictures ? 10 : 100),
        settings.Batch ?? (data.IsPictures ? 64 : 32),
        // Tables are small: few steps per epoch, so larger ones.
        settings.LearningRate ?? (settings.Optimizer == OptimizerKind.Sgd ? 0.05 : data.IsPictures ? 0.001 : 0.01));
}
