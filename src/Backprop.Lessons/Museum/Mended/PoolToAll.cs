using Backprop.Lessons.Museum.Networks;
using Backprop.Operations;
using static Backprop.Nn<double>;

namespace Backprop.Lessons.Museum.Mended;

/// <summary>One training step: a 3×3 kernel on a 6×6 picture → tanh → 2×2
/// max pooling → 1; L = ½(y − ŷ)².</summary>
internal sealed class PoolToAll : PoolNetwork
{
    public override void Step(double rate)
    {
        // forward
        var a = X.Conv2d(K, B).Tanh();
        var p = a.MaxPool2d(2).Flatten();
        var ŷ = p.MatMul(W2) + B2;

        // backward
        var δ2 = ŷ - Y;
        var dp = δ2.MatMul(W2.Transpose());
        var da = new double[16];
        for (int at = 0; at < 16; at++)
        {
            int window = at / 8 * 2 + at % 4 / 2;
            if (a.Values[at] == p.Values[window])
                da[at] = dp.Values[window];
        }
        var δ1 = Tensor(a.Shape, da) * (1 - a * a);

        // update
        K.Set((K - rate * X.Conv2d(δ1)).Values);
        B.Set((B - rate * δ1.Sum()).Values);
        W2.Set((W2 - rate * p.Transpose().MatMul(δ2)).Values);
        B2.Set((B2 - rate * δ2.Sum(0)).Values);
    }
}
