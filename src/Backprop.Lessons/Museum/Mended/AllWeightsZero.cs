using Backprop.Lessons.Museum.Networks;
using static Backprop.Nn<double>;

namespace Backprop.Lessons.Museum.Mended;

/// <summary>One training step of 2 → 3 (tanh) → 1 (sigmoid) on XOR;
/// L = mean (y − ŷ)², δ = ∂L/∂z.</summary>
internal sealed class AllWeightsZero()
    : XorNetwork(weights: GlorotUniform())
{
    public override void Step(double rate)
    {
        using var tape = Record(Parameters, X, Y);
        var loss = MeanSquaredError(Model.Forward(X), Y);
        tape.Backward(loss);
        Sgd(Parameters, rate).Step();
    }
}
