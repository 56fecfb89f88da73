using Backprop.Explaining;
using Backprop.Layers;
using Backprop.Operations;
using Backprop.Randomness;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Explaining;

public class ThroughTimeTests
{
    private static SeededRandom Chance => new(7);

    public static TheoryData<string> Models => [.. MakeModel.Keys];

    private static readonly Dictionary<string, Func<Random, Sequential<double>>> MakeModel = new()
    {
        ["rnn"] = random => Sequential(Rnn(2, 3, random), Linear(3, 2, random)),
        ["rnn with all states"] = random => Sequential(Rnn(2, 3, random, returnSequences: true), Linear(3, 2, random)),
        ["rnn with ReLU"] = random => Sequential(Rnn(2, 3, random, returnSequences: true, activation: RnnActivation.Relu, bias: false), Linear(3, 2, random)),
        ["lstm"] = random => Sequential(Lstm(2, 3, random), Linear(3, 2, random)),
        ["lstm with all states"] = random => Sequential(Lstm(2, 2, random, returnSequences: true), Linear(2, 2, random)),
        ["gru"] = random => Sequential(Gru(2, 3, random, returnSequences: true)),
        ["two layers"] = random => Sequential(Lstm(2, 2, random, layers: 2), Linear(2, 2, random)),
        ["one layer after the other"] = random => Sequential(Rnn(2, 2, random, returnSequences: true), Gru(2, 2, random)),
        ["both directions"] = random => Sequential(
            Bidirectional(Rnn(2, 2, random, returnSequences: true), Lstm(2, 2, random, returnSequences: true)), Linear(4, 2, random)),
        ["within containers"] = random => Sequential(
            Residual(Sequential(Rnn(2, 2, random, returnSequences: true))), Branches(2, Gru(2, 2, random, returnSequences: true), Tanh())),
    };

    private static (ThroughTime<double> Reading, Sequential<double> Model, Tensor<double> X) Read(string model, int samples, int steps, int? truncate = null, double l2 = 0)
    {
        var random = Chance;
        var layers = MakeModel[model](random);
        var x = Tensor([samples, steps, 2], [.. Enumerable.Range(0, samples * steps * 2).Select(_ => random.NextGaussian())]);
        return (ThroughTime<double>.Of(layers.Parameters, [x], k => LossOf(layers.Unroll(_ => k), x, l2), truncate), layers, x);
    }

    // Every output has a weight of its own in the loss, so that no two are alike.
    private static Tensor<double> LossOf(Layer<double> model, Tensor<double> x, double l2 = 0)
    {
        var output = model.Forward(x);
        var loss = output.Multiply(Tensor(output.Shape, [.. Enumerable.Range(0, output.Length).Select(i => Math.Cos(1.3 * i))])).Sum();
        return l2 == 0 ? loss : loss + WeightPenalty(l2, [.. model.Parameters]);
    }

    private static void AssertClose(IEnumerable<double> expected, IEnumerable<double> found)
    {
        foreach (var (a, b) in expected.Zip(found, (a, b) => (a, b))) Assert.Equal(a, b, 1e-12 * Math.Max(1, Math.Abs(a)));
        Assert.Equal(expected.Count(), found.Count());
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void What_comes_directly_and_what_comes_from_the_next_time_step_is_the_whole(string model)
    {
        var (reading, _, _) = Read(model, 3, 5);
        Assert.NotEmpty(reading.Networks);
        foreach (var network in reading.Networks)
        {
            Assert.Equal(5, network.TimeSteps);
            Assert.Equal(Enumerable.Range(1, 5), network.States.Select(state => state.Time));
            foreach (var state in network.States.Concat(network.Cells)) AssertClose(state.Total, state.Direct.Zip(state.FromNext, (a, b) => a + b));
            Assert.All(network.States[^1].FromNext, part => Assert.Equal(0, part));
            Assert.Contains(network.States[0].FromNext, part => part != 0);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void The_shares_of_the_time_steps_sum_to_the_whole_gradient(string model)
    {
        foreach (double l2 in (double[])[0, 0.1])
        {
            var (reading, layers, x) = Read(model, 2, 4, l2: l2);
            using var tape = Record(layers.Parameters, x);
            tape.Backward(LossOf(layers, x, l2));
            foreach (var weight in reading.Networks.SelectMany(network => network.Weights))
            {
                // The fused network computes the gradient on another way.
                AssertClose(layers.Parameters[weight.Path].Gradient.ToArray(), weight.Gradient);
                Assert.Equal(l2 > 0, weight.Outside is not null);
                var parts = weight.Shares.Concat(weight.Outside is { } outside ? [outside] : []).ToArray();
                AssertClose(weight.Gradient, Enumerable.Range(0, weight.Gradient.Count).Select(i => parts.Sum(part => part.Values[i])));
                Assert.Equal(1, parts.Sum(part => part.Share), 1e-12);
            }
            var recurrent = layers.Parameters.Names.Where(name => !name.Contains("linear", StringComparison.Ordinal));
            Assert.Equal(recurrent.Order(), reading.Networks.SelectMany(network => network.Weights).Select(weight => weight.Path).Order());
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_truncated_gradient_is_that_of_a_network_that_truncates(string model)
    {
        var (reading, layers, x) = Read(model, 2, 5, truncate: 2);
        Assert.Equal(2, reading.Truncate);
        var cut = ((Sequential<double>)layers.Copy(parameter => parameter)).Unroll(_ => 2);
        using var tape = Record(layers.Parameters, x);
        tape.Backward(LossOf(cut, x));
        foreach (var weight in reading.Networks.SelectMany(network => network.Weights))
        {
            AssertClose(layers.Parameters[weight.Path].Gradient.ToArray(), weight.Truncated!.Values);
            Assert.True(weight.Truncated.Cosine < 1 - 1e-9);
        }
    }

    [Fact]
    public void A_truncated_gradient_is_that_of_the_fused_operation()
    {
        var random = Chance;
        var (whole, x) = (Lstm(2, 3, random), Tensor([2, 5, 2], [.. Enumerable.Range(0, 20).Select(i => Math.Sin(i))]));
        var cut = Lstm(whole.Cells, truncate: 3);
        var reading = ThroughTime<double>.Of(whole.Parameters, [x], k => LossOf(whole.Unroll(_ => k), x));
        Assert.Equal(3, reading.Truncate);
        using var tape = Record(cut.Parameters, x);
        tape.Backward(LossOf(cut, x));
        foreach (var weight in Assert.Single(reading.Networks).Weights)
            AssertClose(cut.Parameters[weight.Path].Gradient.ToArray(), weight.Truncated!.Values);
    }

    [Fact]
    public void Of_a_network_that_gives_its_last_state_the_last_step_only_is_a_cut_after_one()
    {
        foreach (string model in (string[])["rnn", "lstm", "two layers"])
            foreach (var weight in Read(model, 2, 4, truncate: 1).Reading.Networks.SelectMany(network => network.Weights))
                AssertClose(weight.Truncated!.Values, weight.LastTimeStepOnly.Values);
    }

    [Fact]
    public void Sequences_of_different_lengths_keep_to_their_own_ends()
    {
        var random = Chance;
        var model = Gru(2, 3, random, returnSequences: true);
        var x = Tensor([2, 4, 2], [.. Enumerable.Range(0, 16).Select(i => Math.Sin(i))]);
        Indices lengths = new([2], 4, 2);
        var reading = ThroughTime<double>.Of(model.Parameters, [x, lengths], k => ((Gru<double>)model.Unroll(_ => k)).Forward(x, lengths).Square().Sum());
        var states = Assert.Single(reading.Networks).States;
        foreach (var state in states) AssertClose(state.Total, state.Direct.Zip(state.FromNext, (a, b) => a + b));
        Assert.All(states[3].Total.Skip(3), value => Assert.Equal(0, value));
        Assert.All(states[1].FromNext.Skip(3), value => Assert.Equal(0, value));
        Assert.Contains(states[1].FromNext.Take(3), value => value != 0);
    }

    /// <summary>h_t = 0.5·h_(t−1) + x_t with L = h_3: ∂L/∂h_t = 0.5^(3−t), ∂L/∂Wx = Σ 0.5^(3−t)·x_t.</summary>
    [Fact]
    public void A_network_of_one_unit_is_worked_out_by_hand()
    {
        var model = Rnn(RnnCell(Tensor([1, 1], 1), Tensor([1, 1], 0.5), activation: RnnActivation.Relu));
        var x = Tensor([1, 3, 1], 4, 2, 1);
        var network = Assert.Single(ThroughTime<double>.Of(model.Parameters, [x], k => model.Unroll(_ => k).Forward(x).Sum(), truncate: 2).Networks);
        Assert.Equal([0.25, 0.5, 1], network.States.Select(state => state.Total[0]));
        Assert.Equal([0, 0, 1], network.States.Select(state => state.Direct[0]));
        Assert.Equal([0.25, 0.5, 0], network.States.Select(state => state.FromNext[0]));
        Assert.Equal(["h_1", "h_2", "h_3"], network.States.Select(state => state.Symbol));
        var weight = network.Weights[0];
        Assert.Equal(("inputWeight", 3.0), (weight.Path, weight.Gradient[0]));
        Assert.Equal([1, 1, 1], weight.Shares.Select(share => share.Values[0]));
        Assert.All(weight.Shares, share => Assert.Equal(1.0 / 3, share.Share, 1e-15));
        Assert.Equal((1.0, 2.0), (weight.LastTimeStepOnly.Values[0], weight.Truncated!.Values[0]));
        // ∂L/∂Wh = 0.25·h_0 + 0.5·h_1 + h_2 with h = 0, 4, 4.
        Assert.Equal([0, 2, 4], network.Weights[1].Shares.Select(share => share.Values[0]));
        Assert.Equal((FlowKind.Neither, 0.5, 0.25), (network.Flow.Kind, Math.Round(network.Flow.PerTimeStep, 14), Math.Round(network.Flow.Overall, 14)));
        Assert.Equal(
            "Neither vanishing nor exploding: one time step back multiplies the gradient's norm by 0.5 on average, the whole way from h_3 to h_1 by 0.25.", network.Flow.Conclusion);
    }

    [Theory]
    [InlineData(0.3, FlowKind.Vanishing)]
    [InlineData(3, FlowKind.Exploding)]
    [InlineData(1, FlowKind.Neither)]
    public void A_linear_network_vanishes_explodes_or_neither_by_its_recurrent_weight(double size, FlowKind kind)
    {
        // Positive states let ReLU pass everything; the columns change places, so that each state reads another.
        var model = Rnn(RnnCell(Tensor([1, 2], 1, 1), Tensor([2, 2], 0, size, size, 0), activation: RnnActivation.Relu), returnSequences: true);
        var x = Filled([2, 12, 1], 0.5);
        var flow = Assert.Single(ThroughTime<double>.Of(model.Parameters, [x], k => model.Unroll(_ => k).Forward(x).Sum()).Networks).Flow;
        Assert.Equal((kind, size), (flow.Kind, Math.Round(flow.PerTimeStep, 12)));
        Assert.StartsWith(kind == FlowKind.Neither ? "Neither vanishing nor exploding: " : $"{kind}: ", flow.Conclusion, StringComparison.Ordinal);
    }

    /// <summary>h_t = w·h_(t−1) + x_t, of which the last state is read: w^(T−1) of the gradient arrives at the first.</summary>
    [Theory]
    [InlineData(0.89, 2, FlowKind.Neither)]
    [InlineData(0.92, 100, FlowKind.Vanishing)]
    [InlineData(1.08, 100, FlowKind.Exploding)]
    [InlineData(1.2, 3, FlowKind.Neither)]
    [InlineData(0.05, 2, FlowKind.Vanishing)]
    [InlineData(12, 2, FlowKind.Exploding)]
    public void The_whole_way_back_is_what_is_judged(double weight, int steps, FlowKind kind)
    {
        var model = Rnn(RnnCell(Tensor([1, 1], 1), Tensor([1, 1], weight), activation: RnnActivation.Relu));
        var x = Filled([1, steps, 1], 0.5);
        var flow = Assert.Single(ThroughTime<double>.Of(model.Parameters, [x], k => model.Unroll(_ => k).Forward(x).Sum()).Networks).Flow;
        Assert.Equal(kind, flow.Kind);
        Assert.Equal(1, flow.Overall / Math.Pow(weight, steps - 1), 1e-12);
    }

    [Fact]
    public void A_memory_with_open_forget_gates_keeps_its_gradient_and_one_with_shut_gates_loses_it()
    {
        Assert.Equal(FlowKind.Neither, FlowOf(forget: 10).Kind);
        Assert.Equal(FlowKind.Vanishing, FlowOf(forget: -2).Kind);
        Assert.Equal(("c_15", "c_1"), (FlowOf(forget: 10).From, FlowOf(forget: 10).To));

        static GradientFlow FlowOf(double forget)
        {
            foreach (bool all in (bool[])[false, true])
            {
                // Little comes by h_t, so that the forget gate decides.
                var cell = LstmCell(2, 3, Chance, recurrentWeight: Uniform(-0.1, 0.1));
                cell.Bias!.Set([0, 0, 0, forget, forget, forget, 0, 0, 0, 0, 0, 0]);
                var model = Lstm(cell, returnSequences: all);
                var x = Tensor([1, 15, 2], [.. Enumerable.Range(0, 30).Select(i => 0.3 * Math.Sin(i))]);
                var network = Assert.Single(ThroughTime<double>.Of(model.Parameters, [x], k => model.Unroll(_ => k).Forward(x).Sum()).Networks);
                // Read at its end only, what arrives is all that there is: the factors multiply to ‖∂L/∂c_1‖ / ‖∂L/∂c_15‖.
                if (!all) Assert.Equal(network.Cells[0].TotalNorm / network.Cells[^1].TotalNorm, network.Flow.Overall, 1e-12);
                else return network.Flow;
            }
            throw new InvalidOperationException();
        }
    }

    [Fact]
    public void Cosine_and_wrong_signs_are_worked_out_by_hand()
    {
        var compared = ComparedGradient<double>.Of([3, -4, 0, 1e-20, 5], [3, 4, 2, 1, -1e-15]);
        // Two entries have a sign in both: 3 and −4 against 3 and 4.
        Assert.Equal((1, 2), (compared.WrongSigns, compared.Counted));
        Assert.Equal(Math.Sqrt(50), compared.Norm, 1e-15);
        Assert.Equal((9 - 16) / (Math.Sqrt(50) * Math.Sqrt(30)), compared.Cosine, 1e-15);
        Assert.Equal(1, ComparedGradient<double>.Of([1e-200, 2e-200], [1e200, 2e200]).Cosine, 1e-15);
        Assert.True(double.IsNaN(ComparedGradient<double>.Of([0.0, 0], [1, 2]).Cosine));
        Assert.Throws<ArgumentException>(() => ComparedGradient<double>.Of([1.0], [1, 2]));
    }

    [Fact]
    public void One_time_step_and_a_gradient_that_is_not_finite_are_said_to_be_so()
    {
        Assert.Equal(FlowKind.None, Read("rnn", 2, 1).Reading.Networks[0].Flow.Kind);
        var model = Rnn(RnnCell(Tensor([1, 1], 1), Tensor([1, 1], 1e200), activation: RnnActivation.Relu));
        var x = Filled([1, 4, 1], 1);
        var flow = Assert.Single(ThroughTime<double>.Of(model.Parameters, [x], k => model.Unroll(_ => k).Forward(x).Sum()).Networks).Flow;
        Assert.Equal(FlowKind.NotFinite, flow.Kind);
        var dead = Rnn(RnnCell(Tensor([1, 1], -1), Tensor([1, 1], 1), activation: RnnActivation.Relu));
        var lost = Assert.Single(ThroughTime<double>.Of(dead.Parameters, [x], k => dead.Unroll(_ => k).Forward(x).Sum()).Networks).Flow;
        Assert.Equal("Vanishing: of the gradient at h_4 nothing at all arrives at h_1.", lost.Conclusion);
    }

    [Fact]
    public void A_training_tape_can_be_read_and_gives_the_same()
    {
        var (reading, layers, x) = Read("both directions", 2, 3);
        using var tape = Record(layers.Parameters, x);
        var loss = LossOf(layers.Unroll(_ => null), x);
        Assert.Contains("no Backward", Assert.Throws<InvalidOperationException>(() => ThroughTime<double>.Read(tape)).Message, StringComparison.Ordinal);
        tape.Backward(loss);
        var found = ThroughTime<double>.Read(tape);
        Assert.Null(found.Truncate);
        Assert.Equal(["bidirectional1.forward", "bidirectional1.backward"], found.Networks.Select(network => network.Layer));
        foreach (var (ours, other) in found.Networks.Zip(reading.Networks))
            foreach (var (a, b) in ours.States.Zip(other.States)) Assert.Equal(a.FromNext, b.FromNext);
        layers.Parameters[0].Set(0, 3);
        Assert.Contains("have changed", Assert.Throws<InvalidOperationException>(() => ThroughTime<double>.Read(tape)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gradients_that_hold_more_than_this_tape_s_are_refused()
    {
        var (_, layers, x) = Read("rnn", 1, 2);
        for (int i = 0; i < 2; i++)
        {
            using var tape = Record(layers.Parameters, x);
            tape.Backward(LossOf(layers, x), accumulate: i == 1);
            if (i == 1) Assert.Contains("earlier ones", Assert.Throws<InvalidOperationException>(() => ThroughTime<double>.Read(tape)).Message, StringComparison.Ordinal);
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => Read("rnn", 1, 2, truncate: 0));
    }

    [Fact]
    public void Reading_leaves_dropout_s_masks_and_no_gradients()
    {
        var random = Chance;
        var masks = Dropout(0.5, seed: 3);
        var model = Sequential(Rnn(2, 3, random, returnSequences: true), masks, Linear(3, 1, random));
        var x = Tensor([1, 4, 2], [.. Enumerable.Range(0, 8).Select(i => Math.Sin(i))]);
        var reading = ThroughTime<double>.Of(model.Parameters, [x], k => LossOf(model.Unroll(_ => k), x));
        Assert.All(model.Parameters, parameter => Assert.False(parameter.HasGradient));
        using var tape = Record(model.Parameters, x);
        tape.Backward(LossOf(model, x));
        AssertClose(model.Parameters["rnn1.inputWeight"].Gradient.ToArray(), reading.Networks[0].Weights[0].Gradient);
    }

    [Fact]
    public void A_model_without_a_recurrent_network_has_nothing_to_read()
    {
        var model = Sequential(Linear(2, 1, Chance), Tanh());
        var x = Tensor([1, 2], 1, 2);
        var reading = ThroughTime<double>.Of(model.Parameters, [x], k => model.Unroll(_ => k).Forward(x).Sum());
        Assert.Empty(reading.Networks);
        Assert.Null(reading.Truncate);
    }
}
