using Backprop.Lessons.Museum.Networks;
using Backprop.Operations;

namespace Backprop.Lessons.Museum.Faulty;

/// <summary>One training step of 2 → 3 (tanh) → 1 (sigmoid) on XOR;
/// L = mean (y − ŷ)², δ = ∂L/∂z.</summary>
internal sealed class UpdatedTooEarly : XorNetwork
{
    public override void Step(double rate)
    {
        // forward
        var a1 = (X.MatMul(W1) + B1).Tanh();
        var ŷ = (a1.MatMul(W2) + B2).Sigmoid();

        // backward and update
        var δ2 = 2.0 / ŷ.Length * (ŷ - Y) * ŷ * (1 - ŷ);
        W2.Set((W2 - rate * a1.Transpose().MatMul(δ2)).Values);
        B2.Set((B2 - rate * δ2.Sum(0)).Values);
        var δ1 = δ2.MatMul(W2.Transpose()) * (1 - a1 * a1);
        W1.Set((W1 - rate * X.Transpose().MatMul(δ1)).Values);
        B1.Set((B1 - rate * δ1.Sum(0)).Values);
    }
}
