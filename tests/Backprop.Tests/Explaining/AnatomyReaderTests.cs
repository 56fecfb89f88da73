using Backprop.Explaining;
using Backprop.Operations;
using Backprop.Tensors;
using Backprop.Tests.Operations;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Explaining;

public class AnatomyReaderTests
{
    public static TheoryData<string> Operations => [.. OperationCase.All.Select(operation => operation.Name)];

    [Theory]
    [MemberData(nameof(Operations))]
    public void The_terms_of_every_operation_add_up_to_the_gradient(string name)
    {
        int seed = name.Length;
        var random = new Random(seed);
        var operation = OperationCase.All.First(each => each.Name == name);
        var inputs = operation.Doubles();
        using var tape = Tape<double>.Record([.. inputs]);
        var output = operation.InDouble(inputs);
        // Where nothing flows back there is nothing to take apart.
        if (name.StartsWith("Detach", StringComparison.Ordinal)) return;
        var weights = Tensor(output.Shape, [.. Enumerable.Range(0, output.Length).Select(_ => random.NextDouble() * 2 - 1)]);
        var loss = output.Multiply(weights).Sum();
        tape.Backward(loss);
        var reader = AnatomyReader<double>.Attach(tape);
        foreach (var tensor in reader.Tensors)
            for (int k = 0; k < Math.Min(tensor.Length, 5); k++)
            {
                int index = random.Next(tensor.Length);
                var anatomy = reader.Of(tensor, index);
                Assert.True(
                    Math.Abs(anatomy.Difference) <= 1e-9 * Math.Max(anatomy.Magnitude, 1e-300),
                    $"{name}, seed {seed}: {anatomy.Path} is {anatomy.Gradient}, its terms add up to {anatomy.Sum}");
                foreach (var term in anatomy.Terms)
                {
                    Assert.Equal(term.Value == 0, term.Reason.Length > 0);
                    Assert.DoesNotContain("{", term.Reason + term.From + string.Concat(term.Factors.Select(factor => factor.Symbol)), StringComparison.Ordinal);
                    Assert.DoesNotContain("?", string.Concat(term.Factors.Select(factor => factor.Symbol)), StringComparison.Ordinal);
                    if (term.Incoming is { Path.Length: > 0 } incoming) Assert.Equal(incoming.Entry, reader.Paths.Find(incoming.Path));
                }
                Assert.Equal(new(tensor, index), reader.Paths.Find(anatomy.Path));
            }
    }
}
