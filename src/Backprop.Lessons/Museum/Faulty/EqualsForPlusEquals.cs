using Backprop.Lessons.Museum.Networks;
using Backprop.Operations;

namespace Backprop.Lessons.Museum.Faulty;

/// <summary>One training step of a network with a shortcut:
/// a2 = a1 + tanh(a1·W2 + B2), ŷ = a2·W3 + B3;
/// L = mean (y − ŷ)².</summary>
internal sealed class EqualsForPlusEquals : ResidualNetwork
{
    public override void Step(double rate)
    {
        // forward
        var a1 = (X.MatMul(W1) + B1).Tanh();
        var t2 = (a1.MatMul(W2) + B2).Tanh();
        var a2 = a1 + t2;
        var ŷ = a2.MatMul(W3) + B3;

        // backward
        var δ3 = 2.0 / ŷ.Length * (ŷ - Y);
        var da2 = δ3.MatMul(W3.Transpose());
        var da1 = da2;
        var δ2 = da2 * (1 - t2 * t2);
        da1 = δ2.MatMul(W2.Transpose());
        var δ1 = da1 * (1 - a1 * a1);

        // update
        W1.Set((W1 - rate * X.Transpose().MatMul(δ1)).Values);
        B1.Set((B1 - rate * δ1.Sum(0)).Values);
        W2.Set((W2 - rate * a1.Transpose().MatMul(δ2)).Values);
        B2.Set((B2 - rate * δ2.Sum(0)).Values);
        W3.Set((W3 - rate * a2.Transpose().MatMul(δ3)).Values);
        B3.Set((B3 - rate * δ3.Sum(0)).Values);
    }
}
