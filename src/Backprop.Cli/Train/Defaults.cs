using Backprop.Cli.Data;

namespace Backprop.Cli.Train;

/// <summary>The settings that were left out, filled in by what suits the data, the network's file and the optimizer.</summary>
/// <param name="Model">The network; null where it comes from a file.</param>
/// <param name="Epochs">Passes over the training part.</param>
/// <param name="Batch">Samples per step.</param>
/// <param name="Optimizer">What changes the weights.</param>
internal sealed record Defaults(ModelKind? Model, int Epochs, int Batch, OptimizerChoice Optimizer)
{
    // From so many samples on there are steps enough for small ones, which end nearer to the minimum.
    private const int ManyRows = 1000;

    /// <exception cref="InputException">An option was given that does not suit the optimizer.</exception>
    public static Defaults Of(TrainSettings settings, TrainingData data, GivenNetwork? network)
    {
        var (model, epochs, batch, rate) = data.Form switch
        {
            DataForm.Pictures => (ModelKind.Mlp, 10, 64, 0.001),
            DataForm.Series => (ModelKind.Mlp, SeriesEpochs(data.Train.Count, settings.Batch ?? 32), 32, data.Train.Count < ManyRows ? 0.01 : 0.003),
            DataForm.Text => (ModelKind.Lstm, EpochsOf(data, settings.Batch ?? 32), 32, 0.003),
            // Tables are small: few steps per epoch, so larger ones.
            _ => (ModelKind.Mlp, 100, 32, 0.01),
        };
        return new Defaults(
            network is null ? settings.Model ?? model : null, settings.Epochs ?? epochs, settings.Batch ?? batch, OptimizerChoice.Of(settings, data.Form, rate, network));
    }

    /// <summary>About 1,500 steps, at most 100 epochs: a long series would be learnt by heart, its noise included.</summary>
    private static int SeriesEpochs(int samples, int batch) => Math.Clamp((int)Math.Round(1500.0 * batch / samples), 10, 100);

    /// <summary>As many as read about five million characters, or a million words, each of which costs more: some minutes on two cores. A short text is
    /// soon known by heart, so no more than 12; but a very short one needs some steps to be learnt at all.</summary>
    private static int EpochsOf(TrainingData text, int batch)
    {
        double tokens = text.Text!.Vocabulary.Unit == Backprop.Data.TextUnit.Characters ? 5e6 : 1e6, steps = Math.Ceiling((double)text.Train.Count / batch);
        return (int)Math.Clamp(Math.Max(Math.Min(Math.Round(tokens / text.Train.Inputs.Length), 12), Math.Ceiling(150 / steps)), 1, 100);
    }
}
