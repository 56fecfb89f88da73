using System.Globalization;
using Backprop.Operations;
using Backprop.Optimizers;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Optimizers;

public class OptimizerTests
{
    public static TheoryData<string> Kinds => ["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "rmsprop with momentum", "adadelta", "adam", "adamw"];

    private static Optimizer<double> Make(string kind, ParameterList<double> parameters) => kind switch
    {
        "sgd" => Sgd(parameters, 0.1),
        "momentum" => Sgd(parameters, 0.1, 0.9),
        "nesterov" => Sgd(parameters, 0.1, 0.9, nesterov: true),
        "adagrad" => Adagrad(parameters, 0.1),
        "rmsprop" => RmsProp(parameters, 0.1),
        "rmsprop with momentum" => RmsProp(parameters, 0.1, momentum: 0.9),
        "adadelta" => Adadelta(parameters),
        "adamw" => AdamW(parameters, 0.1),
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
        Assert.Equal(
            string.Create(CultureInfo.InvariantCulture, $"Adam: learningRate {learningRate} came; it is a finite number above 0, usually 0.001. (Parameter 'learningRate')"),
            Assert.Throws<ArgumentOutOfRangeException>(() => Adam([], learningRate)).Message);
    }

    // 0 is let in between the steps: schedules end there, and a small rate becomes 0 in float.
    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_learning_rate_set_between_steps_is_a_finite_number_from_zero_on(double learningRate)
    {
        var w = Parameter([1], 1);
        var adam = Adam([w]);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => adam.LearningRate = learningRate);
        Assert.Contains("a finite number, 0 or more", error.Message, StringComparison.Ordinal);
        adam.LearningRate = 0;
        w.Give(1);
        adam.Step();
        Assert.Equal(1, w.Values[0]);
        Assert.Equal(0.001, adam.InitialLearningRate);
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

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_step_allocates_nothing_once_its_memory_is_there(string kind)
    {
        var w = Parameter([64], new double[64]);
        w.Give(Wave(64, 0));
        var optimizer = Make(kind, [w]);
        (optimizer.L2, optimizer.MaxGradientNorm, optimizer.Penalizes) = (0.1, 1, (_, _) => true);
        Assert.Equal(0, Allocated.Least(optimizer.Step));
    }

    // The texts are held to what the step does: read as arithmetic, they give the new weight.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_numbers_in_the_update_are_those_of_the_step_before_it_and_after_it(string kind)
    {
        var w = new Parameter<double>([2, 2], Wave(4, 0.4), "w");
        var optimizer = Make(kind, [w]);
        (optimizer.L1, optimizer.L2, optimizer.WeightDecay, optimizer.MaxGradientNorm) = (0.01, 0.02, 0.03, 0.9);
        for (int t = 0; t < 3; t++)
        {
            w.Give(Wave(4, 0.3 * t));
            string[] ahead = [.. Enumerable.Range(0, 4).Select(i => optimizer.WithNumbers(0, i, null, Number))];
            double[] before = w.Values.ToArray();
            optimizer.Step();
            for (int i = 0; i < 4; i++)
            {
                string text = optimizer.WithNumbers(0, i, before[i], Number);
                Assert.Equal(w.Values[i], Arithmetic.Value(text), 1e-12);
                Assert.Equal(w.Values[i], Arithmetic.Value(ahead[i]), 1e-12);
            }
        }

        static string Number(double value) => value.ToString("F17", CultureInfo.InvariantCulture);
    }
}
