using Backprop.Lessons.Museum.Networks;
using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Lessons.Museum.Mended;

/// <summary>One training step of an LSTM that recalls the first number of
/// a sequence; c[t] and h[t] stand before time step t.
/// L = mean (y − ŷ)².</summary>
internal sealed class CellPathCut : MemoryNetwork
{
    public override void Step(double rate)
    {
        // forward
        List<Tensor<double>> i = [], f = [], g = [], o = [];
        List<Tensor<double>> c = [Zeros([8, H])], h = [Zeros([8, H])];
        for (int t = 0; t < T; t++)
        {
            var z = X.Select(1, t).MatMul(Wx) + h[t].MatMul(Wh) + Bh;
            i.Add(z.Slice(1, 0, H).Sigmoid());
            f.Add(z.Slice(1, H, H).Sigmoid());
            g.Add(z.Slice(1, 2 * H, H).Tanh());
            o.Add(z.Slice(1, 3 * H, H).Sigmoid());
            c.Add(f[t] * c[t] + i[t] * g[t]);
            h.Add(o[t] * c[t + 1].Tanh());
        }
        var ŷ = h[T].MatMul(Wy) + By;

        // backward
        var δy = 2.0 / ŷ.Length * (ŷ - Y);
        var (dWx, dWh) = (Zeros(Wx.Shape), Zeros(Wh.Shape));
        var (db, dc) = (Zeros(Bh.Shape), Zeros([8, H]));
        var dh = δy.MatMul(Wy.Transpose());
        for (int t = T - 1; t >= 0; t--)
        {
            var tanh = c[t + 1].Tanh();
            dc += dh * o[t] * (1 - tanh * tanh);
            var δi = dc * g[t] * i[t] * (1 - i[t]);
            var δf = dc * c[t] * f[t] * (1 - f[t]);
            var δg = dc * i[t] * (1 - g[t] * g[t]);
            var δo = dh * tanh * o[t] * (1 - o[t]);
            var δ = Concat(1, δi, δf, δg, δo);
            dWx += X.Select(1, t).Transpose().MatMul(δ);
            dWh += h[t].Transpose().MatMul(δ);
            db += δ.Sum(0);
            dh = δ.MatMul(Wh.Transpose());
            dc *= f[t];
        }

        // update
        Wx.Set((Wx - rate * dWx).Values);
        Wh.Set((Wh - rate * dWh).Values);
        Bh.Set((Bh - rate * db).Values);
        Wy.Set((Wy - rate * h[T].Transpose().MatMul(δy)).Values);
        By.Set((By - rate * δy.Sum(0)).Values);
    }
}
