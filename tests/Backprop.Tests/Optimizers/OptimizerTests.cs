using Backprop.Operations;
using Backprop.Optimizers;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Optimizers;

public class OptimizerTests
{
    public static TheoryData<string> Kinds => ["sgd", "momentum", "nesterov", "adam"];

    private static Optimizer<double> Make(string kind, ParameterList<double> parameters) => kind switch
    {
        "sgd" => Sgd(parameters, 0.1),
        "momentum" => Sgd(parameters, 0.1, 0.9),
        "nesterov" => Sgd(parameters, 0.1, 0.9, nesterov: true),
        _ => Adam(parameters, 0.1),
    };

    private static double[] Wave(int count, double phase) => [.. Enumerable.Range(0, count).Select(i => Math.Sin(1.7 * i + phase))];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_state_that_is_set_goes_on_bit_for_bit(string kind)
    {
        var (w, unreached) = (new Parameter<double>([5], Wave(5, 0), "w"), Parameter([2], 1, 2));
        var first = Make(kind, [w, unreached]);
        for (int t = 0; t < 4; t++) Step(first, w, t);

        var copy = new Parameter<double>([5], w.Values, "w");
        var second = Make(kind, [copy, Parameter([2], 1, 2)]);
        second.State = first.State;
        for (int t = 4; t < 8; t++) Step(first, w, t);
        for (int t = 4; t < 8; t++) Step(second, copy, t);

        Assert.Equal(8, second.Steps);
        Assert.Equal(w.Values.ToArray(), copy.Values.ToArray());

        static void Step(Optimizer<double> optimizer, Parameter<double> parameter, int t)
        {
            parameter.Give(Wave(5, 0.3 * t));
            optimizer.Step();
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_state_that_was_read_is_a_copy(string kind)
    {
        var w = Parameter([1], 1);
        var optimizer = Make(kind, [w]);
        w.Give(1);
        optimizer.Step();
        var state = optimizer.State;
        var before = state.Memory.Values.Select(values => values[0][0]).ToArray();
        optimizer.Step();
        Assert.Equal(before, state.Memory.Values.Select(values => values[0][0]).ToArray());
        Assert.Equal(1, state.Steps);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Frozen_parameters_and_those_without_a_gradient_are_left_alone(string kind)
    {
        var (reached, unreached, frozen) = (Parameter([1], 1), Parameter([1], 1), Parameter([1], 1));
        reached.Give(1);
        frozen.Give(1);
        frozen.Trainable = false;
        long version = unreached.Version;
        var optimizer = Make(kind, [reached, unreached, frozen]);
        optimizer.Step();
        Assert.NotEqual(1, reached.Values[0]);
        Assert.Equal(1, unreached.Values[0]);
        Assert.Equal(1, frozen.Values[0]);
        Assert.Equal(version, unreached.Version);
        Assert.Equal([1, 0, 0], optimizer.State.Updates);
    }

    [Fact]
    public void A_tied_parameter_is_updated_once()
    {
        var w = Parameter([1], 1);
        w.Give(1);
        Sgd([w, w], 0.5).Step();
        Assert.Equal(0.5, w.Values[0]);
    }

    [Fact]
    public void A_step_raises_the_version_so_that_a_late_backward_is_found_out()
    {
        var w = Parameter([1, 1], 1);
        w.Give(1);
        using var tape = Record([w]);
        var loss = w.MatMul(Tensor([1, 1], 2));
        Sgd([w], 0.5).Step();
        Assert.Throws<InvalidOperationException>(() => tape.Backward(loss));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_learning_rate_that_is_not_a_number_above_zero_is_refused(double learningRate)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Sgd([], learningRate));
        var adam = Adam([]);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => adam.LearningRate = learningRate);
        Assert.Contains("a finite number above 0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_learning_rate_that_float_cannot_hold_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Nn<float>.Sgd([], 1e-60));

    [Fact]
    public void The_learning_rate_may_change_between_steps()
    {
        var w = Parameter([1], 1);
        var sgd = Sgd([w], 0.5);
        w.Give(1);
        sgd.LearningRate = 0.25;
        sgd.Step();
        Assert.Equal(0.75, w.Values[0]);
    }

    [Fact]
    public void The_state_of_another_optimizer_is_refused()
    {
        var w = Parameter([2], 1, 2);
        var adam = Adam([w]);
        w.Give(1, 1);
        adam.Step();

        var kind = Assert.Throws<ArgumentException>(() => Sgd([w], 0.1, 0.9).State = adam.State);
        Assert.Equal("State: [mean, squaredMean] came, this sgd remembers [velocity]; restore into an optimizer of the same kind and settings.", kind.Message);
        var count = Assert.Throws<ArgumentException>(() => Adam([]).State = adam.State);
        Assert.Equal("State: it is of 1 parameters, this adam changes 0; restore into an optimizer of the same model.", count.Message);
        var length = Assert.Throws<ArgumentException>(() => Adam([new Parameter<double>([3, 1], [1, 2, 3], "w")]).State = adam.State);
        Assert.Equal("State: mean of 'w' has 2 numbers, [3, 1] needs 3.", length.Message);
        var updates = Assert.Throws<ArgumentException>(() => Adam([w]).State = adam.State with { Steps = 0 });
        Assert.StartsWith("State: 0 steps with 1 updates came", updates.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_allocates_nothing_once_its_memory_is_there()
    {
        var w = Parameter([64], new double[64]);
        w.Give(Wave(64, 0));
        var adam = Adam([w]);
        Assert.Equal(0, Allocated.Least(adam.Step));
    }
}
