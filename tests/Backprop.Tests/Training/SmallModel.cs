using Backprop.Layers;
using Backprop.Operations;
using Backprop.Optimizers;
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
}

/// <summary>w ← w − η·g.</summary>
internal sealed class Descent(ParameterList<double> parameters, double learningRate) : Optimizer<double>(parameters, learningRate)
{
    public override string Type => "descent";

    public override string Formula => "w ← w − η·g";

    public override string WithNumbers(int parameter, int index, double before, Func<double, string> number) => "";

    protected override void Update(int parameter, Span<double> values, ReadOnlySpan<double> gradient)
    {
        for (int i = 0; i < values.Length; i++) values[i] -= LearningRate * gradient[i];
    }
}
