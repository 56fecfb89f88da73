using Backprop.Health;

namespace Backprop.Training;

/// <summary>Training met a NaN or an infinity and stopped before the update: the weights are those of the last good step.</summary>
public sealed class DivergedException : Exception
{
    internal DivergedException(TrainingWarning warning, int batch, double loss, string step, string parameter)
        : base($"Epoch {warning.Epoch}, batch {batch}: {warning.Finding} {warning.Cause} {warning.Remedy} The weights are those before this batch.")
    {
        Warning = warning;
        Batch = batch;
        Loss = loss;
        Step = step;
        Parameter = parameter;
    }

    /// <summary>What was found: the first operation and the ranges of its inputs, the cause and a remedy, a sentence each.</summary>
    public TrainingWarning Warning { get; }

    /// <summary>The epoch, counted from 1.</summary>
    public int Epoch => Warning.Epoch;

    /// <summary>The batch within the epoch, counted from 1.</summary>
    public int Batch { get; }

    /// <summary>The loss of that batch; finite where only a gradient is not.</summary>
    public double Loss { get; }

    /// <summary>The first step of the tape that made a NaN or an infinity, by its name: <c>Exp</c>.</summary>
    public string Step { get; }

    /// <summary>The path of the first parameter concerned: one that is not finite itself, else the one nearest before the step, or the one whose
    /// gradient is not finite; empty where the step depends on none.</summary>
    public string Parameter { get; }
}
