using Backprop.Operations;
using Backprop.Randomness;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Lessons.Museum.Networks;

/// <summary>The network of the seed's cnn.py: a 3×3 kernel on a 3×3 picture, ReLU, one weight and bias, sigmoid; L = ½(y − ŷ)².</summary>
internal abstract class SeedCnn(Random random) : HandWritten
{
    protected SeedCnn(int seed) : this(new NumPyRandom(seed))
    {
    }

    public override ParameterList<double> Parameters { get; } =
        new([("K", Draw([1, 1, 3, 3], random)), ("W", Draw([1, 1], random)), ("B", Draw([1], random))]);

    public override IReadOnlyList<IInput> Inputs => [X, Y];

    protected Tensor<double> X { get; } = Tensor([1, 1, 3, 3], 1, 2, 1, 0, 1, 0, 2, 1, 2);

    protected Tensor<double> Y { get; } = Tensor([1, 1], 1);

    protected Parameter<double> K => Parameters[0];

    protected Parameter<double> W => Parameters[1];

    protected Parameter<double> B => Parameters[2];

    public override Tensor<double> Loss() => HalfSquaredError(X.Conv2d(K).Relu().Flatten().Linear(W, B).Sigmoid(), Y);

    private static Parameter<double> Draw(Shape shape, Random random) =>
        Parameter(shape, [.. Enumerable.Range(0, shape.Elements).Select(_ => random.NextGaussian())]);
}
