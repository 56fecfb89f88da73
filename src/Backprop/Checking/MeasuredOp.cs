using Backprop.Tensors;

namespace Backprop.Checking;

/// <summary>A step whose forward run is that of another, and whose backward pass is measured by finite differences: right, whatever the other's is.</summary>
internal sealed class MeasuredOp(Operation<double> original, IReadOnlyList<Tensor<double>> inputs) : Operation<double>([.. inputs])
{
    private readonly bool isElementwise = IsElementwise(original);

    public override string Name => original.Name;

    public override string Formula => original.Formula;

    public override string GradientFormula(int input) => original.GradientFormula(input);

    protected override Shape InferShape() => original.Output.Shape;

    protected override void Forward() => Run();

    protected override void Backward()
    {
        var slope = new Slope(Run, Output, OutputGradient.ToArray());
        for (int input = 0; input < inputs.Count; input++)
        {
            if (!Wants(input)) continue;
            var gradient = GradientOf(input);
            for (int i = 0; i < gradient.Length; i++) gradient[i] = slope.At(inputs[input], i) + (Accumulate(input) ? gradient[i] : 0);
        }
    }

    /// <summary>The slope of an element by itself, where the operation goes element by element.</summary>
    public override IEnumerable<Term<double>> Terms(int input, int index)
    {
        double gradient = inputs[input].Gradient[index];
        yield return isElementwise && OutputGradient[index] != 0
            ? new Term<double>(Factor.GradientOf(Output, index), Factor.Number("slope", gradient / OutputGradient[index]))
            : new Term<double>(Factor.Number("measured", gradient));
    }

    public override string WithNumbers(int index, Func<double, string> number) => original.WithNumbers(index, number);

    /// <summary>Runs the other step on these inputs, and puts its own back.</summary>
    private void Run()
    {
        double[][] own = [.. original.Inputs.Select(input => input.Values.ToArray())];
        double[] output = [.. original.Output.Values];
        for (int i = 0; i < own.Length; i++) inputs[i].Values.CopyTo(original.Inputs[i].Writable);
        original.RunForward();
        original.Output.Values.CopyTo(Result);
        for (int i = 0; i < own.Length; i++) own[i].CopyTo(original.Inputs[i].Writable);
        original.RunForward();
        output.CopyTo(original.Output.Writable);
    }

    /// <summary>Whether each entry of the one input changes the same entry of the output alone.</summary>
    private static bool IsElementwise(Operation<double> step)
    {
        if (step.Inputs.Count != 1 || step.Inputs[0].Shape != step.Output.Shape) return false;
        double[] own = [.. step.Inputs[0].Values], before = [.. step.Output.Values];
        bool elementwise = true;
        for (int i = 0; i < own.Length; i++)
        {
            step.Inputs[0].Writable[i] = own[i] + 0.25;
            step.RunForward();
            for (int k = 0; k < own.Length; k++) elementwise &= k == i || step.Output.Values[k].Equals(before[k]);
            step.Inputs[0].Writable[i] = own[i];
        }
        step.RunForward();
        return elementwise;
    }
}
