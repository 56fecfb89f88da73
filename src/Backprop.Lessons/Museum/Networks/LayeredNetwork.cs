using Backprop.Layers;
using Backprop.Tensors;

namespace Backprop.Lessons.Museum.Networks;

/// <summary>A chain of layers, with what goes in and what should come out.</summary>
/// <param name="x">What goes in.</param>
/// <param name="y">What should come out.</param>
/// <param name="names">What the code calls the parameters, in their order.</param>
/// <param name="layers">The layers.</param>
internal abstract class LayeredNetwork(Tensor<double> x, Tensor<double> y, string[] names, params Layer<double>[] layers) : HandWritten
{
    private ParameterList<double>? parameters;

    public override ParameterList<double> Parameters => parameters ??= new(names.Zip(Model.Parameters));

    public override IReadOnlyList<IInput> Inputs => [x, y];

    protected Sequential<double> Model { get; } = Nn<double>.Sequential(layers);

    protected Tensor<double> X => x;

    protected Tensor<double> Y => y;

    /// <summary>What the network answers.</summary>
    public Tensor<double> Predict() => Model.Forward(x);
}
