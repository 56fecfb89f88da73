using Backprop.Randomness;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Lessons.Museum.Networks;

/// <summary>A 3×3 kernel over a 6×6 picture → tanh → the largest of every 2×2 window → 1; L = ½(y − ŷ)².</summary>
internal abstract class PoolNetwork() : LayeredNetwork(
    Pictures.Slope(6), Tensor([1, 1], 1), ["K", "B", "W2", "B2"],
    Conv2d(1, 1, 3, new SeededRandom(1)), Tanh(), MaxPool2d(2), Flatten(), Linear(4, 1, new SeededRandom(2)))
{
    protected Parameter<double> K => Parameters[0];

    protected Parameter<double> B => Parameters[1];

    protected Parameter<double> W2 => Parameters[2];

    protected Parameter<double> B2 => Parameters[3];

    public override Tensor<double> Loss() => HalfSquaredError(Predict(), Y);
}
