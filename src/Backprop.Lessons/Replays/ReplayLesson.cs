namespace Backprop.Lessons.Replays;

/// <summary>A published lesson that the engine runs again, to set its figures beside the published ones.</summary>
public abstract class ReplayLesson
{
    /// <summary>What the lesson is called: small letters and hyphens.</summary>
    public abstract string Name { get; }

    /// <summary>What it is about, in a line.</summary>
    public abstract string Summary { get; }

    /// <summary>Where its figures were published.</summary>
    public abstract Publication Publication { get; }

    /// <summary>Where the figures were read, if not in the publication itself; else empty.</summary>
    public virtual string Remark => "";

    /// <summary>Runs the lesson.</summary>
    /// <param name="progress">Hears how far it is; short lessons say nothing.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public ReplayReport Run(IProgress<string>? progress = null, CancellationToken cancellation = default)
    {
        var sheet = new ReplaySheet(progress, cancellation);
        Play(sheet);
        return new ReplayReport(this, sheet.Groups, sheet.Errata);
    }

    /// <summary>Runs the lesson on the engine and writes its figures down.</summary>
    protected abstract void Play(ReplaySheet sheet);
}
