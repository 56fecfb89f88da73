using Backprop.Randomness;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Lessons.Museum.Networks;

/// <summary>The network of the seed's ann.py: 2 → 4 (tanh) → 1 (sigmoid), x = [1, 0], y = 1; it prints the mean of (y − ŷ)².</summary>
internal abstract class SeedAnn(Random random) : LayeredNetwork(
    Tensor([1, 2], 1, 0), Tensor([1, 1], 1), ["W1", "B1", "W2", "B2"],
    Linear(2, 4, random, Normal(0.1)), Tanh(), Linear(4, 1, random, Normal(0.1)), Sigmoid())
{
    protected SeedAnn(int seed) : this(new NumPyRandom(seed))
    {
    }

    protected Parameter<double> W1 => Parameters[0];

    protected Parameter<double> B1 => Parameters[1];

    protected Parameter<double> W2 => Parameters[2];

    protected Parameter<double> B2 => Parameters[3];

    public override Tensor<double> Loss() => MeanSquaredError(Predict(), Y);
}
