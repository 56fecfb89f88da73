using Backprop.Lessons.Museum.Networks;
using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Lessons.Museum.Mended;

/// <summary>One training step of h_t = tanh(x_t·Wx + h_(t−1)·Wh + Bh),
/// t = 1 … 3, ŷ = σ(h_3·Wy + By); L = ½(y − ŷ)², δ = ∂L/∂z.</summary>
internal sealed class WrongHiddenState(int seed) : SeedRnn(seed)
{
    public override void Step(double rate)
    {
        // forward
        List<Tensor<double>> h = [Zeros([1, 4])];
        for (int t = 1; t <= 3; t++)
            h.Add((X.Select(1, t - 1).MatMul(Wx)
                + h[t - 1].MatMul(Wh) + Bh).Tanh());
        var ŷ = (h[3].MatMul(Wy) + By).Sigmoid();

        // backward
        var δy = (ŷ - Y) * ŷ * (1 - ŷ);
        var dh = δy.MatMul(Wy.Transpose());
        var (dWx, dWh) = (Zeros(Wx.Shape), Zeros(Wh.Shape));
        var db = Zeros(Bh.Shape);
        for (int t = 3; t >= 1; t--)
        {
            var δ = dh * (1 - h[t] * h[t]);
            dWx += X.Select(1, t - 1).Transpose().MatMul(δ);
            dWh += h[t - 1].Transpose().MatMul(δ);
            db += δ.Sum(0);
            dh = δ.MatMul(Wh.Transpose());
        }

        // update
        Wx.Set((Wx - rate * dWx).Values);
        Wh.Set((Wh - rate * dWh).Values);
        Bh.Set((Bh - rate * db).Values);
        Wy.Set((Wy - rate * h[3].Transpose().MatMul(δy)).Values);
        By.Set((By - rate * δy.Sum(0)).Values);
    }
}
