using Backprop.Explaining;
using Backprop.Saving;

namespace Backprop.Lessons.Worksheets;

/// <summary>The first training step of a network file, with all its numbers, to be worked out by hand.</summary>
/// <remarks>In double, whatever precision the file asks for: what is worked out by hand is not rounded to float.</remarks>
public sealed class NetworkStep : IDisposable
{
    /// <summary>Records the step.</summary>
    /// <exception cref="ArgumentException">The network cannot be run on its data.</exception>
    /// <exception cref="InvalidOperationException">No parameter is trained.</exception>
    public NetworkStep(NetworkFile<double> network)
    {
        ArgumentNullException.ThrowIfNull(network);
        Network = network;
        var batch = network.Batches().First();
        var tape = Nn<double>.Record(network.Model.Parameters, batch.Inputs, batch.Targets);
        var (loss, _) = network.LossOf(network.Model.Forward(batch.Inputs), batch.Targets);
        Form = StepForm<double>.Of(tape, loss, network.Optimizer, network.Labels);
        Given = GivenNumbers.Of(Form, batch.Inputs, batch.Targets);
    }

    /// <summary>The network.</summary>
    public NetworkFile<double> Network { get; }

    /// <summary>All numbers that are given.</summary>
    public IReadOnlyList<GivenNumbers> Given { get; }

    /// <summary>All numbers that are computed.</summary>
    public StepForm<double> Form { get; }

    /// <inheritdoc/>
    public void Dispose() => Form.Tape.Dispose();
}
