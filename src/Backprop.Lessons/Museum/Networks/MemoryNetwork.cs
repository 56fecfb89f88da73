using Backprop.Operations;
using Backprop.Randomness;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Lessons.Museum.Networks;

/// <summary>An LSTM, 1 → 2 units, through six time steps → 1; eight sequences of −1 and 1, and y is the first number of each; L = mean (y − ŷ)².</summary>
internal abstract class MemoryNetwork() : LayeredNetwork(
    Sequences.Reshape([8, T, 1]), Sequences.Slice(1, 0, 1), ["Wx", "Wh", "Bh", "Wy", "By"],
    Lstm(1, H, new SeededRandom(1), unrolled: true), Linear(H, 1, new SeededRandom(2)))
{
    protected const int T = 6;

    protected const int H = 2;

    protected Parameter<double> Wx => Parameters[0];

    protected Parameter<double> Wh => Parameters[1];

    protected Parameter<double> Bh => Parameters[2];

    protected Parameter<double> Wy => Parameters[3];

    protected Parameter<double> By => Parameters[4];

    public override Tensor<double> Loss() => MeanSquaredError(Predict(), Y);

    private static Tensor<double> Sequences { get; } = Draw();

    private static Tensor<double> Draw()
    {
        var random = new SeededRandom(3);
        return Tensor([8, T], [.. Enumerable.Range(0, 8 * T).Select(i => i % T == 0 ? i / T % 2 * 2.0 - 1 : random.Next(2) * 2.0 - 1)]);
    }
}
