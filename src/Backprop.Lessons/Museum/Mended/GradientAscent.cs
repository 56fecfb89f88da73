using Backprop.Lessons.Museum.Networks;
using Backprop.Operations;

namespace Backprop.Lessons.Museum.Mended;

/// <summary>One training step: a 3×3 kernel on a 3×3 picture, ReLU, one
/// weight, sigmoid; L = ½(y − ŷ)², δ = ∂L/∂z.</summary>
internal sealed class GradientAscent(int seed) : SeedCnn(seed)
{
    public override void Step(double rate)
    {
        // forward
        var z = X.Conv2d(K);
        var a = z.Relu().Flatten();
        var ŷ = (a * W + B).Sigmoid();

        // backward
        var error = ŷ - Y;
        var δ2 = error * ŷ * (1 - ŷ);
        var dW = a * δ2;
        var δ1 = z.Value > 0 ? δ2 * W : 0 * δ2;
        var dK = δ1.Value * X;

        // update
        K.Set((K - rate * dK).Values);
        W.Set((W - rate * dW).Values);
        B.Set((B - rate * δ2.Flatten()).Values);
    }
}
