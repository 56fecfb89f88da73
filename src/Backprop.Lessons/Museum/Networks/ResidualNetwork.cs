using Backprop.Randomness;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Lessons.Museum.Networks;

/// <summary>2 → 3 (tanh) → 3 (tanh, added to what goes in) → 1 on the four points of XOR; L = mean (y − ŷ)².</summary>
internal abstract class ResidualNetwork() : LayeredNetwork(
    Tensor([4, 2], 0, 0, 0, 1, 1, 0, 1, 1), Tensor([4, 1], 0, 1, 1, 0), ["W1", "B1", "W2", "B2", "W3", "B3"],
    Linear(2, 3, new SeededRandom(1)), Tanh(), Residual(Sequential(Linear(3, 3, new SeededRandom(2)), Tanh())), Linear(3, 1, new SeededRandom(3)))
{
    protected Parameter<double> W1 => Parameters[0];

    protected Parameter<double> B1 => Parameters[1];

    protected Parameter<double> W2 => Parameters[2];

    protected Parameter<double> B2 => Parameters[3];

    protected Parameter<double> W3 => Parameters[4];

    protected Parameter<double> B3 => Parameters[5];

    public override Tensor<double> Loss() => MeanSquaredError(Predict(), Y);
}
