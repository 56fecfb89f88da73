using Backprop.Randomness;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Lessons.Museum.Networks;

/// <summary>Two 3×3 kernels over a 5×5 picture, one behind the other, each with padding 1 and tanh → 1; L = ½(y − ŷ)².</summary>
internal abstract class PaddedNetwork() : LayeredNetwork(
    Pictures.Slope(5), Tensor([1, 1], 1), ["K1", "K2", "W", "B"],
    Conv2d(1, 1, 3, new SeededRandom(1), padding: 1, bias: false), Tanh(),
    Conv2d(1, 1, 3, new SeededRandom(2), padding: 1, bias: false), Tanh(), Flatten(), Linear(25, 1, new SeededRandom(3)))
{
    protected Parameter<double> K1 => Parameters[0];

    protected Parameter<double> K2 => Parameters[1];

    protected Parameter<double> W => Parameters[2];

    protected Parameter<double> B => Parameters[3];

    public override Tensor<double> Loss() => HalfSquaredError(Predict(), Y);
}
