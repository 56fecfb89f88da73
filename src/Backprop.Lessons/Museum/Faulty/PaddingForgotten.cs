using Backprop.Lessons.Museum.Networks;
using Backprop.Operations;
using static Backprop.Nn<double>;

namespace Backprop.Lessons.Museum.Faulty;

/// <summary>One training step: two 3×3 kernels over a 5×5 picture, both
/// with padding 1 and tanh → 1; L = ½(y − ŷ)².</summary>
internal sealed class PaddingForgotten : PaddedNetwork
{
    public override void Step(double rate)
    {
        // forward
        var a1 = X.Conv2d(K1, padding: 1).Tanh();
        var a2 = a1.Conv2d(K2, padding: 1).Tanh();
        var ŷ = a2.Flatten().MatMul(W) + B;

        // backward
        var δ3 = ŷ - Y;
        var da2 = δ3.MatMul(W.Transpose()).Reshape(a2.Shape);
        var δ2 = da2 * (1 - a2 * a2);
        var da1 = new double[25];
        for (int at = 0; at < 25; at++)
            for (int k = 0; k < 9; k++)
            {
                int row = at / 5 + k / 3, column = at % 5 + k % 3;
                if (row is >= 0 and < 5 && column is >= 0 and < 5)
                    da1[5 * row + column] += K2.Values[k] * δ2.Values[at];
            }
        var δ1 = Tensor(a1.Shape, da1) * (1 - a1 * a1);

        // update
        K1.Set((K1 - rate * X.Conv2d(δ1, padding: 1)).Values);
        K2.Set((K2 - rate * a1.Conv2d(δ2, padding: 1)).Values);
        W.Set((W - rate * a2.Flatten().Transpose().MatMul(δ3)).Values);
        B.Set((B - rate * δ3.Sum(0)).Values);
    }
}
