using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<float>;

namespace Backprop.Compare;

/// <summary>One square product of matrices, replayed; its "losses" are the sums of the squares of some rows of the result.</summary>
internal sealed class ProductWork : IWork
{
    private readonly Tape<float> tape;
    private readonly Tensor<float> product;

    public ProductWork(int side, int threads)
    {
        var a = Tensor([side, side], Formula.Numbers(1, side * side));
        var b = Tensor([side, side], Formula.Numbers(2, side * side));
        tape = Record([], a, b);
        product = a.MatMul(b);
        tape.Threads = threads;
    }

    public void Step() => tape.Replay();

    public double[] Losses(int count)
    {
        Step();
        int side = product.Shape[0];
        var losses = new double[count];
        for (int i = 0; i < count; i++)
            foreach (float value in product.Values.Slice(i * (side - 1) / Math.Max(count - 1, 1) * side, side)) losses[i] += (double)value * value;
        return losses;
    }
}
