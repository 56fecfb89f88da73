using Backprop.Tensors;

namespace Backprop.Lessons.Museum;

/// <summary>A network whose training step somebody wrote by hand, beside the same network on a tape, which knows the right gradient.</summary>
public abstract class HandWritten
{
    /// <summary>What training changes.</summary>
    public abstract ParameterList<double> Parameters { get; }

    /// <summary>What goes in and what should come out.</summary>
    public abstract IReadOnlyList<IInput> Inputs { get; }

    /// <summary>The network's loss, computed by the library: on a tape its gradient is the right one.</summary>
    public abstract Tensor<double> Loss();

    /// <summary>One training step: forward, backward, update.</summary>
    /// <param name="rate">The learning rate, above 0.</param>
    public abstract void Step(double rate);
}
