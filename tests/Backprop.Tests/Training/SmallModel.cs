using Backprop.Layers;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Tests.Training;

/// <summary>y = x·W, the smallest thing that can be trained.</summary>
internal sealed class SmallModel(Parameter<double> weight) : Layer<double>
{
    public Parameter<double> Weight => weight;

    /// <summary>Done to the prediction in every forward run.</summary>
    public Func<Tensor<double>, Tensor<double>> After { get; init; } = y => y;

    public override string Type => "small";

    public override Tensor<double> Forward(Tensor<double> input) => After(input.MatMul(weight));

    protected internal override IEnumerable<(string Path, Parameter<double> Parameter)> OwnParameters() => [("weight", weight)];

    protected internal override Layer<double> Copy(Func<Parameter<double>, Parameter<double>> parameter) => new SmallModel(parameter(weight)) { After = After };

    public static SmallModel Make() => new(new Parameter<double>([2, 1], [0.5, -0.25], "weight"));

    public static SmallModel Make(Func<Tensor<double>, Tensor<double>> after) => new(Make().Weight) { After = after };
}
