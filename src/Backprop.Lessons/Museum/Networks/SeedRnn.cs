using Backprop.Randomness;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Lessons.Museum.Networks;

/// <summary>The network of the seed's rnn.py: 2 → 4 (tanh) through three time steps → 1 (sigmoid on the last state); L = ½(y − ŷ)².</summary>
internal abstract class SeedRnn(Random random) : LayeredNetwork(
    Tensor([1, 3, 2], 1, 0, 0, 1, 1, 1), Tensor([1, 1], 1), ["Wx", "Wh", "Bh", "Wy", "By"],
    Rnn(2, 4, random, inputWeight: Normal(0.1), recurrentWeight: Normal(0.1), unrolled: true), Linear(4, 1, random, Normal(0.1)), Sigmoid())
{
    protected SeedRnn(int seed) : this(new NumPyRandom(seed))
    {
    }

    protected Parameter<double> Wx => Parameters[0];

    protected Parameter<double> Wh => Parameters[1];

    protected Parameter<double> Bh => Parameters[2];

    protected Parameter<double> Wy => Parameters[3];

    protected Parameter<double> By => Parameters[4];

    public override Tensor<double> Loss() => HalfSquaredError(Predict(), Y);
}
