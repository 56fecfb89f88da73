using System.Globalization;
using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Training;

/// <summary>Ends training when the loss has not become better for some epochs, and remembers the weights at which it was best.</summary>
/// <remarks>
/// After training the weights are the last ones; <see cref="Trainer{T}.TakeBest"/> sets the best ones.
/// The part that is watched is chosen by, so that it says nothing about new data: keep a third part for that.
/// Source: Prechelt, Early Stopping – But When? (1998).
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class EarlyStopping<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Makes the rule.</summary>
    /// <param name="patience">After how many epochs without a better loss training ends, 1 or more; 10 suits most.</param>
    /// <param name="threshold">By which share of the best loss a better one must be below it, 0 up to but not including 1.</param>
    /// <param name="watchTest">Whether the loss of the test part counts, instead of that of the training part.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public EarlyStopping(int patience = 10, double threshold = 0, bool watchTest = true)
    {
        if (patience < 1)
            throw new ArgumentOutOfRangeException(nameof(patience), $"EarlyStopping: patience {patience} came; it is a number of epochs, 1 or more, usually 10.");
        if (threshold is not (>= 0 and < 1))
            throw new ArgumentOutOfRangeException(
                nameof(threshold),
                string.Create(CultureInfo.InvariantCulture, $"EarlyStopping: threshold {threshold} came; it is a share, 0 up to but not including 1."));
        (Patience, Threshold, WatchTest) = (patience, threshold, watchTest);
    }

    /// <summary>After how many epochs without a better loss training ends.</summary>
    public int Patience { get; }

    /// <summary>By which share of the best loss a better one must be below it.</summary>
    public double Threshold { get; }

    /// <summary>Whether the loss of the test part counts.</summary>
    public bool WatchTest { get; }

    /// <summary>The best loss so far; infinite before the first epoch.</summary>
    public double BestLoss { get; private set; } = double.PositiveInfinity;

    /// <summary>The epoch of the best loss, counted from 1; 0 before there is one.</summary>
    public int BestEpoch { get; private set; }

    /// <summary>The epochs since the best loss.</summary>
    public int Waited { get; private set; }

    /// <summary>Whether training has ended, or would at its next epoch.</summary>
    public bool HasStopped => Waited >= Patience;

    /// <summary>The parameters at the best loss, in the model's order; empty before there is one.</summary>
    internal T[][] Best { get; private set; } = [];

    internal void Observe(EpochResult epoch, ParameterList<T> parameters)
    {
        double loss = WatchTest ? epoch.Test!.Loss : epoch.TrainLoss;
        if (loss < BestLoss * (1 - Threshold) || (BestEpoch == 0 && !double.IsNaN(loss)))
            Set(loss, epoch.Epoch, 0, [.. parameters.Select(parameter => parameter.Values.ToArray())]);
        else Waited++;
    }

    internal void Set(double bestLoss, int bestEpoch, int waited, T[][] best) => (BestLoss, BestEpoch, Waited, Best) = (bestLoss, bestEpoch, waited, best);
}
