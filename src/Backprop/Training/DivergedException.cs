namespace Backprop.Training;

/// <summary>Training met a NaN or an infinity and stopped before the update: the weights are those of the last good step.</summary>
public sealed class DivergedException : Exception
{
    internal DivergedException(string message, int epoch, int batch, double loss, string step, string parameter) : base(message)
    {
        Epoch = epoch;
        Batch = batch;
        Loss = loss;
        Step = step;
        Parameter = parameter;
    }

    /// <summary>The epoch, counted from 1.</summary>
    public int Epoch { get; }

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
