using Backprop.Lessons.Museum.Networks;
using Backprop.Operations;

namespace Backprop.Lessons.Museum.Mended;

/// <summary>One training step of 2 → 2 (tanh) → 1 (sigmoid) on XOR;
/// L = mean (y − ŷ)², δ = ∂L/∂z.</summary>
internal sealed class TransposedGradient() : XorNetwork(units: 2)
{
    public override void Step(double rate)
    {
        // forward
        var a1 = (X.MatMul(W1) + B1).Tanh();
        var ŷ = (a1.MatMul(W2) + B2).Sigmoid();

        // backward
        var δ2 = 2.0 / ŷ.Length * (ŷ - Y) * ŷ * (1 - ŷ);
        var dW2 = a1.Transpose().MatMul(δ2);
        var db2 = δ2.Sum(0);
        var δ1 = δ2.MatMul(W2.Transpose()) * (1 - a1 * a1);
        var dW1 = X.Transpose().MatMul(δ1);
        var db1 = δ1.Sum(0);

        // update
        W1.Set((W1 - rate * dW1).Values);
        B1.Set((B1 - rate * db1).Values);
        W2.Set((W2 - rate * dW2).Values);
        B2.Set((B2 - rate * db2).Values);
    }
}
