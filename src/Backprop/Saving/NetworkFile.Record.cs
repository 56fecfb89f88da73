using Backprop.Data;
using Backprop.Tensors;

namespace Backprop.Saving;

// The forward half of a training step.
public sealed partial class NetworkFile<T>
{
    private const string InputName = "x";

    /// <summary>Records the forward pass and the loss of a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="inputGradient">Whether the backward pass is to compute ∂L/∂x too. The input then stands on the tape as a parameter <c>x</c> beside those of
    /// the network, which no optimizer changes.</param>
    /// <returns>The tape, which the caller disposes; the loss, on which Backward is called; and the part of it that the data has.</returns>
    public (Tape<T> Tape, Tensor<T> Loss, Tensor<T> DataLoss) Record(Batch<T> batch, bool inputGradient = false)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var parameters = Model.Parameters;
        var inputs = batch.Inputs;
        if (inputGradient)
        {
            var x = new Parameter<T>(inputs.Shape, inputs.Values, InputName);
            parameters = new([.. Model.Parameters.Names.Select(path => (path, Model.Parameters[path])), (InputName, x)]);
            inputs = x;
        }
        var tape = Tape<T>.Record(parameters, inputs, batch.Targets);
        try
        {
            var (loss, ofData) = LossOf(Model.Forward(inputs), batch.Targets);
            return (tape, loss, ofData);
        }
        catch
        {
            tape.Dispose();
            throw;
        }
    }
}
