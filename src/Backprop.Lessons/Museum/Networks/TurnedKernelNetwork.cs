using Backprop.Operations;
using Backprop.Randomness;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Lessons.Museum.Networks;

/// <summary>A true convolution, which turns its 3×3 kernel before it slides over a 5×5 picture → tanh → 1; L = ½(y − ŷ)².</summary>
internal abstract class TurnedKernelNetwork : HandWritten
{
    private readonly Layers.Linear<double> output = Linear(9, 1, new SeededRandom(2));

    protected TurnedKernelNetwork() => Parameters = new([("K", K), ("W", W), ("B", B)]);

    public override ParameterList<double> Parameters { get; }

    public override IReadOnlyList<IInput> Inputs => [X, Y];

    protected Tensor<double> X { get; } = Pictures.Slope(5);

    protected Tensor<double> Y { get; } = Tensor([1, 1], 1);

    protected Parameter<double> K { get; } = Conv2d(1, 1, 3, new SeededRandom(1), bias: false).Weight;

    protected Parameter<double> W => output.Weight;

    protected Parameter<double> B => output.Bias!;

    public override Tensor<double> Loss() => HalfSquaredError(X.Conv2d(K.Reverse(2).Reverse(3)).Tanh().Flatten().Linear(W, B), Y);
}
