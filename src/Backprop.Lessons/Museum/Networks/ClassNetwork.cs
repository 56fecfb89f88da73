using Backprop.Layers;
using Backprop.Randomness;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Lessons.Museum.Networks;

/// <summary>2 → 3 classes, six points; L = softmax cross-entropy.</summary>
internal abstract class ClassNetwork : HandWritten
{
    protected ClassNetwork() => Parameters = new([("W", Model.Parameters[0]), ("B", Model.Parameters[1])]);

    public override ParameterList<double> Parameters { get; }

    public override IReadOnlyList<IInput> Inputs => [X, Classes];

    protected Sequential<double> Model { get; } = Sequential(Linear(2, 3, new SeededRandom(1)));

    protected Tensor<double> X { get; } = Tensor([6, 2], 2, 0, 1.5, 0.5, -1, 1.7, -0.5, 1.3, -1, -1.7, -0.5, -1.5);

    /// <summary>The right classes.</summary>
    public Indices Classes { get; } = Indices([6], 0, 0, 1, 1, 2, 2);

    /// <summary>The scores of the classes, one row for each point.</summary>
    public Tensor<double> Scores() => Model.Forward(X);

    public override Tensor<double> Loss() => SoftmaxCrossEntropy(Scores(), Classes);
}
