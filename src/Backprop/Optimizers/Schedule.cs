using System.Numerics;

namespace Backprop.Optimizers;

/// <summary>How the learning rate goes on during training: a factor of <see cref="Optimizer{T}.InitialLearningRate"/> for each step or each epoch.</summary>
/// <remarks>
/// The factor follows from the number of steps or epochs done, so that training that goes on from a checkpoint goes on in its schedule.
/// A trainer applies its schedule by itself; in a loop of one's own: <c>schedule.Apply(optimizer, optimizer.Steps)</c> before each step.
/// A schedule of your own derives from this class.
/// </remarks>
public abstract class Schedule
{
    /// <summary>Makes a schedule.</summary>
    /// <param name="per">What it counts.</param>
    protected Schedule(Period per) => Per = per;

    /// <summary>What the schedule counts.</summary>
    public Period Per { get; }

    /// <summary>The factor for the step (or epoch) that comes after so many, 0 or more.</summary>
    /// <param name="done">The steps or epochs done; 0 before the first.</param>
    public abstract double Factor(long done);

    /// <summary>Sets the optimizer's learning rate for the step (or epoch) that comes next.</summary>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="done">The steps or epochs done; 0 before the first.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public void Apply<T>(Optimizer<T> optimizer, long done) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentOutOfRangeException.ThrowIfNegative(done);
        optimizer.LearningRate = optimizer.InitialLearningRate * Factor(done);
    }

    /// <summary>Hears what an epoch came to; only a schedule that depends on the loss listens.</summary>
    /// <param name="trainLoss">The mean loss of the training part.</param>
    /// <param name="testLoss">That of the test part; null where there is none.</param>
    public virtual void Observe(double trainLoss, double? testLoss)
    {
    }

    /// <summary>What the schedule has seen and goes by, for a checkpoint; empty where the factor follows from the number of steps or epochs alone.</summary>
    /// <exception cref="ArgumentException">It is that of another kind of schedule.</exception>
    public virtual IReadOnlyList<double> Memory
    {
        get => [];
        set => Check(value, 0);
    }

    /// <summary>Refuses a memory of another length than this schedule's.</summary>
    private protected void Check(IReadOnlyList<double> memory, int needed)
    {
        ArgumentNullException.ThrowIfNull(memory);
        if (memory.Count != needed)
            throw new ArgumentException(
                $"{GetType().Name}: {memory.Count} remembered numbers came, {needed} are needed; restore into a schedule of the same kind.", nameof(memory));
    }

    private protected static int Length(string schedule, int length) => length >= 1 ? length
        : throw new ArgumentOutOfRangeException(nameof(length), $"{schedule}: length {length} came; it is the number of steps or epochs, 1 or more.");
}
