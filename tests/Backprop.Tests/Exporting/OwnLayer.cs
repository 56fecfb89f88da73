using Backprop.Layers;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Tests.Exporting;

/// <summary>A layer that is none of the library's: no other language has a counterpart of it.</summary>
internal sealed class OwnLayer(string name) : Layer<float>(name)
{
    public override string Type => "own";

    public override Tensor<float> Forward(Tensor<float> input) => input.Relu();

    protected internal override Layer<float> Copy(Func<Parameter<float>, Parameter<float>> parameter) => new OwnLayer(Name);
}
