using System.Globalization;
using Backprop.Explaining;
using Backprop.Operations;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Optimizers;

public class SgdTests
{
    private static readonly Func<double, string> Number = value => value.ToString("G6", CultureInfo.InvariantCulture).Replace("-", "−", StringComparison.Ordinal);

    [Fact]
    public void A_step_goes_against_the_gradient_of_a_recorded_loss()
    {
        var w = Parameter([1, 2], 1, 2);
        var sgd = Sgd([w], learningRate: 0.5);
        using var tape = Record([w]);
        tape.Backward(w.MatMul(Tensor([2, 1], 4, -8)));
        sgd.Step();
        Assert.Equal([-1, 6], w.Values.ToArray());
    }

    [Fact]
    public void The_first_velocity_is_the_gradient_and_the_second_remembers_it()
    {
        var w = Parameter([1], 10);
        var sgd = Sgd([w], learningRate: 0.5, momentum: 0.5);
        w.Give(4);
        sgd.Step();                                       // v = 4
        Assert.Equal(8, w.Values[0]);
        w.Give(2);
        sgd.Step();                                       // v = 0.5·4 + 2 = 4
        Assert.Equal(6, w.Values[0]);
        Assert.Equal([4], sgd.State.Memory["velocity"][0]);
    }

    [Fact]
    public void Nesterov_looks_ahead_by_the_momentum()
    {
        var w = Parameter([1], 10);
        var sgd = Sgd([w], learningRate: 0.5, momentum: 0.5, nesterov: true);
        w.Give(4);
        sgd.Step();                                       // v = 4, 10 − 0.5·(4 + 0.5·4)
        Assert.Equal(7, w.Values[0]);
    }

    [Fact]
    public void The_numbers_are_put_into_the_update()
    {
        var w = Parameter([2], 0.0319039, -0.5);
        var sgd = Sgd([w], learningRate: 0.3);
        w.Give(-0.039829, 0.25);
        Assert.Equal("0.0319039 − 0.3·(−0.039829)", sgd.WithNumbers(0, 0, null, Number));
        Assert.Equal("−0.5 − 0.3·0.25", sgd.WithNumbers(0, 1, null, Number));
        Assert.Equal("0.0319039 − 0.3·(−0.039829)", sgd.WithNumbers(0, 0, null, NumberText.Operand));
        sgd.Step();
        Assert.Equal("0.0319039 − 0.3·(−0.039829)", sgd.WithNumbers(0, 0, 0.0319039, Number));
    }

    [Fact]
    public void The_numbers_of_a_velocity_are_the_same_before_and_after_the_step()
    {
        var w = Parameter([1], 10);
        var sgd = Sgd([w], learningRate: 0.5, momentum: 0.5);
        var ahead = Sgd([w], learningRate: 0.5, momentum: 0.5, nesterov: true);
        w.Give(-4);
        Assert.Equal("10 − 0.5·(−4)", sgd.WithNumbers(0, 0, null, Number));
        Assert.Equal("10 − 0.5·(−4 + 0.5·(−4))", ahead.WithNumbers(0, 0, null, Number));
        sgd.Step();
        Assert.Equal("10 − 0.5·(−4)", sgd.WithNumbers(0, 0, 10, Number));
        w.Give(6);
        Assert.Equal("12 − 0.5·4", sgd.WithNumbers(0, 0, null, Number));
    }

    [Fact]
    public void The_formula_says_what_is_switched_on()
    {
        Assert.Equal("{w} ← {w} − η·{dw}", Sgd([], 0.1).Formula);
        Assert.Equal("v ← μ·v + {dw}, {w} ← {w} − η·v", Sgd([], 0.1, 0.9).Formula);
        Assert.Equal("v ← μ·v + {dw}, {w} ← {w} − η·({dw} + μ·v)", Sgd([], 0.1, 0.9, nesterov: true).Formula);
    }

    [Fact]
    public void Its_settings_make_an_equal_one()
    {
        var sgd = Sgd([], 0.1, 0.9, nesterov: true);
        Assert.Equal("sgd", sgd.Type);
        Assert.Equal([("momentum", 0.9), ("nesterov", true)], sgd.Settings);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void A_momentum_out_of_range_is_refused(double momentum)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Sgd([], 0.1, momentum));
        Assert.Contains("0 (none) up to but not including 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nesterov_without_a_momentum_is_refused() => Assert.Throws<ArgumentException>(() => Sgd([], 0.1, nesterov: true));

    [Fact]
    public void A_velocity_that_fades_becomes_zero_and_not_a_denormal()
    {
        var w = Nn<float>.Parameter([1], 1);
        var sgd = Nn<float>.Sgd([w], learningRate: 0.5, momentum: 0.5);
        w.Give(1e-29f);
        sgd.Step();
        Assert.Equal(1e-29f, sgd.State.Memory["velocity"][0][0]);
        w.Give(0);
        for (int i = 0; i < 4; i++) sgd.Step();
        Assert.Equal(0, sgd.State.Memory["velocity"][0][0]);
    }

    [Fact]
    public void A_gradient_that_is_not_a_number_is_not_hidden()
    {
        var w = Parameter([1], 1);
        var sgd = Sgd([w], learningRate: 0.5, momentum: 0.5);
        w.Give(double.NaN);
        sgd.Step();
        Assert.Equal(double.NaN, w.Values[0]);
    }
}
