using Backprop.Cli.Data;

namespace Backprop.Cli.Train;

/// <summary>The settings that were left out, filled in by what suits the data and the optimizer.</summary>
/// <param name="Model">The network.</param>
/// <param name="Epochs">Passes over the training part.</param>
/// <param name="Batch">Samples per step.</param>
/// <param name="LearningRate">The step size.</param>
internal sealed record Defaults(ModelKind Model, int Epochs, int Batch, double LearningRate)
{
    public static Defaults Of(TrainSettings settings, DataForm form)
    {
        var (model, epochs, batch, rate) = form switch
        {
            DataForm.Pictures => (ModelKind.Mlp, 10, 64, 0.001),
            DataForm.Series => (ModelKind.Lstm, 100, 32, 0.01),
            DataForm.Text => (ModelKind.Lstm, 10, 32, 0.005),
            // Tables are small: few steps per epoch, so larger ones.
            _ => (ModelKind.Mlp, 100, 32, 0.01),
        };
        return new Defaults(
            settings.Model ?? model, settings.Epochs ?? epochs, settings.Batch ?? batch,
            settings.LearningRate ?? (settings.Optimizer == OptimizerKind.Sgd ? 0.05 : rate));
    }
}
