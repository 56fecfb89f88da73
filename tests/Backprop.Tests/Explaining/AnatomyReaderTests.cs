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

    private static GradientAnatomy<double> Of(Tape<double> tape, Tensor<double> loss, Tensor<double> tensor, int index)
    {
        tape.Backward(loss);
        return AnatomyReader<double>.Attach(tape).Of(tensor, index);
    }

    [Fact]
    public void A_closed_relu_is_named_where_it_stands_and_where_its_zero_arrives()
    {
        var w = Parameter([1, 2], 0.5, -0.5).Named("w");
        using var tape = Record([(Parameter<double>)w]);
        var z = Tensor([1, 1], 3).MatMul(w);
        var anatomy = Of(tape, z.Relu().Sum(), w, 1);
        Assert.Equal("ReLU closed, z1 = −1.5", Assert.Single(anatomy.Terms).Reason);
        Assert.Equal("ReLU closed, z1 = −1.5", Assert.Single(AnatomyReader<double>.Attach(tape).Of(z, 1).Terms).Reason);
        Assert.Equal("", Assert.Single(AnatomyReader<double>.Attach(tape).Of(z, 0).Terms).Reason);
    }

    [Fact]
    public void The_winner_of_each_window_is_named()
    {
        var x = Parameter([1, 1, 2, 3], 1, 4, 2, 3, 0, 5);
        using var tape = Record([x]);
        tape.Backward(x.MaxPool2d(2, 1).Sum());
        var reader = AnatomyReader<double>.Attach(tape);
        string symbol = reader.Symbols[x];
        Assert.Equal([1.0, 0], reader.Of(x, 1).Terms.Select(term => term.Value));
        Assert.Equal(["", $"not the winner: {symbol}[1,2] = 5 won"], reader.Of(x, 1).Terms.Select(term => term.Reason));
        Assert.Equal($"not the winner: {symbol}[0,1] = 4 won", Assert.Single(reader.Of(x, 0).Terms).Reason);
    }

    [Fact]
    public void The_larger_of_two_and_the_largest_of_all_are_named_too()
    {
        var (a, b) = (Parameter([2], 1, 4), Parameter([2], 2, 3));
        using var tape = Record([a, b]);
        tape.Backward(a.Maximum(b).Max());
        var reader = AnatomyReader<double>.Attach(tape);
        Assert.Equal($"not the winner: {reader.Symbols[b]}[0] = 2 won", Assert.Single(reader.Of(a, 0).Terms).Reason);
        Assert.StartsWith("not the winner: ", Assert.Single(reader.Of(b, 0).Terms).Reason, StringComparison.Ordinal);
        Assert.EndsWith("[1] = 4 won", Assert.Single(reader.Of(b, 0).Terms).Reason, StringComparison.Ordinal);
        Assert.Equal(1, reader.Of(a, 1).Gradient);
    }

    [Fact]
    public void What_dropout_dropped_is_said()
    {
        var x = Parameter([64], [.. Enumerable.Range(1, 64).Select(i => (double)i)]);
        using var tape = Record([x]);
        tape.Backward(x.Dropout(0.5, new DropoutMasks(1)).Sum());
        var reader = AnatomyReader<double>.Attach(tape);
        var reasons = Enumerable.Range(0, 64).Select(i => Assert.Single(reader.Of(x, i).Terms).Reason).ToList();
        Assert.Equal(x.Gradient.Count(0.0), reasons.Count(reason => reason == "dropped"));
        Assert.InRange(reasons.Count(reason => reason.Length == 0), 10, 54);
    }

    [Fact]
    public void An_input_a_weight_and_a_gradient_of_zero_are_told_apart()
    {
        var w = Parameter([2, 1], 0, 0.5);
        var v = Parameter([1, 2], 0, 1);
        using var tape = Record([w, v]);
        var h = v.Scale(2);
        var loss = Tensor([1, 2], 0, 3).MatMul(w).Add(h.MatMul(w)).Square().Sum();
        tape.Backward(loss);
        var reader = AnatomyReader<double>.Attach(tape);
        Assert.Equal(["c1 is 0", "input is 0"], reader.Of(w, 0).Terms.Select(term => term.Reason));
        Assert.Equal("weight is 0", Assert.Single(reader.Of(h, 0).Terms).Reason);
        Assert.Equal("weight is 0", Assert.Single(reader.Of(v, 0).Terms).Reason);
    }

    [Fact]
    public void What_is_held_constant_and_what_leads_nowhere_stay_in_the_list()
    {
        var x = Parameter([1], 2);
        using var tape = Record([x]);
        var square = x.Square();
        _ = x.Tanh();
        tape.Backward(square.Add(x.Detach()).Sum());
        Assert.Equal(
            ["", "no way from here to the loss", "held constant: the gradient ends here"],
            AnatomyReader<double>.Attach(tape).Of(x, 0).Terms.Select(term => term.Reason));
    }

    [Fact]
    public void A_tensor_that_is_used_twice_has_the_terms_of_both_uses()
    {
        var x = Parameter([1], 3);
        using var tape = Record([x]);
        var anatomy = Of(tape, x.Multiply(x).Sum(), x, 0);
        Assert.Equal([3.0, 3], anatomy.Terms.Select(term => term.Value));
        Assert.Equal((6.0, 6.0, 0.0), (anatomy.Sum, anatomy.Gradient, anatomy.Difference));
        Assert.Equal([0.5, 0.5], anatomy.Terms.Select(term => anatomy.ShareOf(term.Value)));
    }

    [Fact]
    public void Terms_know_their_sample_and_their_time_step()
    {
        var layer = Rnn(1, 2, new Random(1), unrolled: true);
        var x = Tensor([2, 3, 1], 1, 2, 3, 4, 5, 6);
        using var tape = Record(layer.Parameters, x);
        tape.Backward(layer.Forward(x).Square().Sum());
        var terms = AnatomyReader<double>.Attach(tape).Of("inputWeight[0,1]").Terms;
        Assert.Equal([(1, 0), (1, 1), (2, 0), (2, 1), (3, 0), (3, 1)], terms.Select(term => (term.Time!.Value, term.Sample!.Value)));
        Assert.Equal([1.0, 4, 2, 5, 3, 6], terms.Select(term => term.Factors[0].Value));
    }

    [Fact]
    public void The_penalty_is_a_term_of_its_own()
    {
        var w = Parameter([1, 1], 2);
        using var tape = Record([w]);
        var anatomy = Of(tape, Tensor([1, 1], 3).MatMul(w).Sum() + WeightPenalty(0.1, w).Named("R"), w, 0);
        Assert.Equal(3.2, anatomy.Sum, 1e-15);
        Assert.Equal(("R (weight penalty)", 0.2), (anatomy.Terms[^1].From, anatomy.Terms[^1].Value));
        Assert.Equal("λ", anatomy.Terms[^1].Factors[0].Symbol);
    }

    [Fact]
    public void Earlier_passes_and_given_numbers_are_terms_without_factors()
    {
        var x = Parameter([1], 3);
        for (int pass = 0; pass < 2; pass++)
        {
            using var tape = Record([x]);
            tape.Backward(x.Square().Sum(), accumulate: pass > 0);
            var anatomy = AnatomyReader<double>.Attach(tape).Of(x, 0);
            Assert.Equal(pass == 0 ? [6.0] : [6.0, 6.0], anatomy.Terms.Select(term => term.Value));
            if (pass > 0) Assert.Equal("earlier passes", anatomy.Terms[1].From);
        }
        using var pinned = Record([x]);
        var y = x.Square();
        var loss = y.Sum();
        pinned.Replay([new Pin<double>(y, 0, 7, OnGradient: true)]);
        pinned.Backward(loss);
        var given = Assert.Single(AnatomyReader<double>.Attach(pinned).Of(y, 0).Terms);
        Assert.Equal(("given", 7.0), (given.From, given.Value));
    }

    [Fact]
    public void Of_many_terms_the_largest_are_shown_and_the_others_counted()
    {
        var w = Parameter([1, 1], 1);
        using var tape = Record([w]);
        var x = Tensor([21, 1], [.. Enumerable.Range(1, 21).Select(i => i % 2 == 0 ? -(double)i : i)]);
        var anatomy = Of(tape, x.MatMul(w).Sum(), w, 0);
        Assert.Equal(21, anatomy.Terms.Count);
        Assert.Equal([21.0, -20, 19, -18, 17, -16, 15, -14, 13, -12], anatomy.Shown.Select(term => term.Value));
        Assert.Equal(11, anatomy.Rest.Count);
        Assert.Contains("and 11 more terms, together 6   +2.6 %", AnatomyText.Of(anatomy), StringComparison.Ordinal);
    }

    [Fact]
    public void Who_asks_too_early_too_late_or_for_nothing_is_told_so()
    {
        var x = Parameter([1], 3);
        using var tape = Record([x], Tensor([1], 5));
        var loss = x.Square().Sum();
        Assert.Throws<InvalidOperationException>(() => AnatomyReader<double>.Attach(tape));
        tape.Backward(loss);
        var reader = AnatomyReader<double>.Attach(tape);
        Assert.Equal(1, reader.Of("loss").Gradient);
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.Of(x, 1));
        Assert.Equal("'x' has no gradient: the tape computes none for this input", Assert.Throws<ArgumentException>(() => reader.Of((Tensor<double>)tape.Inputs[0], 0)).Message);
        x.Set(0, 4);
        Assert.Throws<InvalidOperationException>(() => AnatomyReader<double>.Attach(tape));
    }
}
