using Backprop.Tensors;
using static Backprop.Nn<float>;

namespace Backprop.Bench;

/// <summary>One operation on a tape of its own, run again and again.</summary>
internal sealed class Replayed
{
    private readonly Tape<float> tape;
    private readonly Tensor<float> output, gradient;

    /// <summary>Records what is computed from some parameters, and inputs if it has any.</summary>
    public Replayed(ParameterList<float> parameters, Func<Tensor<float>> compute, params ReadOnlySpan<IInput> inputs)
    {
        tape = Record(parameters, inputs);
        output = compute();
        gradient = Tensor(output.Shape, [.. Enumerable.Repeat(1f, output.Length)]);
        tape.Backward(output, gradient);
    }

    public void Forward() => tape.Replay();

    public void ForwardAndBackward()
    {
        tape.Replay();
        tape.Backward(output, gradient);
    }
}
