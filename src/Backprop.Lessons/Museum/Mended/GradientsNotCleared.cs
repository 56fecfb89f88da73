using Backprop.Lessons.Museum.Networks;
using static Backprop.Nn<double>;

namespace Backprop.Lessons.Museum.Mended;

/// <summary>One training step of a network with a shortcut,
/// 2 → 3 → 3 → 1, on XOR.</summary>
internal sealed class GradientsNotCleared : ResidualNetwork
{
    public override void Step(double rate)
    {
        using var tape = Record(Parameters, X, Y);
        var loss = MeanSquaredError(Model.Forward(X), Y);
        tape.Backward(loss);
        Sgd(Parameters, rate).Step();
    }
}
