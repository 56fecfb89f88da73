using Backprop.Checking;
using Backprop.Tensors;

namespace Backprop.Tests.Checking;

/// <summary>A composition as one operation, with a mistake in its backward pass: one of those that the composition's own tape allows, or one of the test's.</summary>
internal sealed class MistakenOp(Func<Tensor<double>[], Tensor<double>> compose, params Tensor<double>[] inputs) : Operation<double>(inputs)
{
    /// <summary>Which of the mistakes on the composition's tape is made; none if left out.</summary>
    public int? Made { get; init; }

    /// <summary>What the test does to the contributions.</summary>
    public Action<double[][]>? Alter { get; init; }

    /// <summary>Whether it ignores Accumulate and always writes.</summary>
    public bool Overwrites { get; init; }

    /// <summary>Whether it ignores Accumulate and always adds.</summary>
    public bool AlwaysAdds { get; init; }

    public bool Unfolds { get; init; }

    /// <summary>What it calls itself.</summary>
    public string Title { get; init; } = "Mistaken";

    public override string Name => Title;

    public Indices? Classes { get; init; }

    public override Indices? Indices => Classes;

    public override string Formula => "f({0})";

    public override string GradientFormula(int input) => "{dy}·f′";

    protected override Shape InferShape() => compose(Copies()).Shape;

    protected override void Forward() => compose(Copies()).Values.CopyTo(Result);

    protected override void Backward()
    {
        var stand = inputs.Select(input => new Parameter<double>(input.Shape, input.Values)).ToArray();
        using var tape = Tape<double>.Record([.. stand]);
        using var walk = new MistakenWalk(tape, compose(stand), Nn<double>.Tensor(Output.Shape, OutputGradient));
        if (Made is not null) walk.Walk(Mistakes.Of(walk).ElementAt(Made.Value));
        double[][] contributions = [.. stand.Select(input => MistakenWalk.GradientOf(input).ToArray())];
        Alter?.Invoke(contributions);
        for (int input = 0; input < inputs.Length; input++)
        {
            if (!Wants(input)) continue;
            var gradient = GradientOf(input);
            for (int i = 0; i < gradient.Length; i++)
                gradient[i] = contributions[input][i] + (AlwaysAdds || (Accumulate(input) && !Overwrites) ? gradient[i] : 0);
        }
    }

    public override IEnumerable<Term<double>> Terms(int input, int index) => [new(Factor.Number("?", 1.0))];

    public override string WithNumbers(int index, Func<double, string> number) => "";

    public override Tensor<double>? Unfold(IReadOnlyList<Tensor<double>> inputs) => Unfolds ? compose([.. inputs]) : null;

    private Tensor<double>[] Copies() => [.. inputs.Select(input => input.Copy())];
}
