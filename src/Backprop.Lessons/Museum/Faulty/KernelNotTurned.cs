using Backprop.Lessons.Museum.Networks;
using Backprop.Operations;

namespace Backprop.Lessons.Museum.Faulty;

/// <summary>One training step of a true convolution: the kernel is turned
/// by 180° before it slides → tanh → 1; L = ½(y − ŷ)².</summary>
internal sealed class KernelNotTurned : TurnedKernelNetwork
{
    public override void Step(double rate)
    {
        // forward
        var z = X.Conv2d(K.Reverse(2).Reverse(3));
        var a = z.Tanh();
        var ŷ = a.Flatten().MatMul(W) + B;

        // backward
        var δ2 = ŷ - Y;
        var da = δ2.MatMul(W.Transpose()).Reshape(a.Shape);
        var δ1 = da * (1 - a * a);
        var dK = X.Conv2d(δ1);

        // update
        K.Set((K - rate * dK).Values);
        W.Set((W - rate * a.Flatten().Transpose().MatMul(δ2)).Values);
        B.Set((B - rate * δ2.Sum(0)).Values);
    }
}
