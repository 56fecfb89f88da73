using Backprop.Layers;
using Backprop.Randomness;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Lessons.Museum.Networks;

/// <summary>2 → units (tanh) → 1 (sigmoid) on the four points of XOR; L = mean (y − ŷ)².</summary>
internal abstract class XorNetwork(int units, Initializer<double>? weights, Random random) : LayeredNetwork(
    Tensor([4, 2], 0, 0, 0, 1, 1, 0, 1, 1), Tensor([4, 1], 0, 1, 1, 0), ["W1", "B1", "W2", "B2"],
    Linear(2, units, random, weights), Tanh(), Linear(units, 1, random, weights), Sigmoid())
{
    protected XorNetwork(int units = 3, Initializer<double>? weights = null) : this(units, weights, new SeededRandom(1))
    {
    }

    protected Parameter<double> W1 => Parameters[0];

    protected Parameter<double> B1 => Parameters[1];

    protected Parameter<double> W2 => Parameters[2];

    protected Parameter<double> B2 => Parameters[3];

    public override Tensor<double> Loss() => MeanSquaredError(Predict(), Y);
}
