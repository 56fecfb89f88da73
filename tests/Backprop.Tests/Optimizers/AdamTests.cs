using System.Globalization;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Optimizers;

public class AdamTests
{
    private static readonly Func<double, string> Number = value => value.ToString("G4", CultureInfo.InvariantCulture).Replace("-", "−", StringComparison.Ordinal);

    [Fact]
    public void Two_steps_by_hand()
    {
        var w = Parameter([1], 1);
        var adam = Adam([w], learningRate: 0.1, beta1: 0.5, beta2: 0.75, epsilon: 1e-8);
        w.Give(2);
        adam.Step();                     // m = 1, v = 1; m̂ = 1/0.5 = 2, v̂ = 1/0.25 = 4; w = 1 − 0.1·2/2
        Assert.Equal(0.9, w.Values[0], 9);
        w.Give(-4);
        adam.Step();                     // m = 0.5 − 2, v = 0.75 + 4; m̂ = −1.5/0.75 = −2, v̂ = 4.75/0.4375; w = 0.9 + 0.1·2/√10.857
        Assert.Equal(0.9 + 0.2 / Math.Sqrt(4.75 / 0.4375), w.Values[0], 9);
        Assert.Equal([-1.5], adam.State.Memory["mean"][0]);
        Assert.Equal([4.75], adam.State.Memory["squaredMean"][0]);
    }

    [Fact]
    public void The_first_step_is_as_long_as_the_learning_rate_whatever_the_gradient()
    {
        var w = Parameter([2], 1, 1);
        var adam = Adam([w]);
        w.Give(1e-3, -1e6);
        adam.Step();
        Assert.Equal(0.999, w.Values[0], 7);
        Assert.Equal(1.001, w.Values[1], 7);
    }

    [Fact]
    public void Epsilon_stands_outside_the_root()
    {
        var w = Parameter([1], 1);
        var adam = Adam([w], learningRate: 1, epsilon: 0.25);
        w.Give(0.25);                    // m̂ = 0.25, √v̂ = 0.25
        adam.Step();
        Assert.Equal(1 - 0.25 / (0.25 + 0.25), w.Values[0], 12);
    }

    [Fact]
    public void Each_parameter_counts_its_own_updates()
    {
        var late = Parameter([1], 1);
        var early = Parameter([1], 1);
        var adam = Adam([late, early], learningRate: 0.1);
        early.Give(1);
        for (int i = 0; i < 5; i++) adam.Step();
        Assert.Equal([0, 5], adam.State.Updates);
        Assert.Empty(adam.State.Memory["mean"][0]);
        late.Give(3);
        adam.Step();
        Assert.Equal(0.9, late.Values[0], 8);
        Assert.Equal([1, 6], adam.State.Updates);
    }

    [Fact]
    public void The_numbers_are_put_into_the_update_before_and_after_the_step()
    {
        var w = Parameter([1], 0.5);
        var adam = Adam([w]);
        w.Give(-0.3);
        Assert.Equal("0.5 − 0.001·(−0.3)/(√0.09 + 1E−08)", adam.WithNumbers(0, 0, null, Number));
        adam.Step();
        Assert.Equal("0.5 − 0.001·(−0.3)/(√0.09 + 1E−08)", adam.WithNumbers(0, 0, 0.5, Number));
        w.Give(-0.3);
        Assert.Equal("0.501 − 0.001·(−0.3)/(√0.09 + 1E−08)", adam.WithNumbers(0, 0, null, Number));
    }

    [Fact]
    public void A_squared_mean_keeps_what_a_mean_lets_go()
    {
        var w = Nn<float>.Parameter([2], 1, 1);
        var adam = Nn<float>.Adam([w], learningRate: 1, beta1: 0.5, beta2: 0.5);
        w.Give(1e-16f, 1e-31f);
        adam.Step();
        var state = adam.State;
        Assert.Equal(5e-33f, state.Memory["squaredMean"][0][0], 1e-38f);      // a normal number below 1e-30
        Assert.Equal([5e-17f, 0], state.Memory["mean"][0]);
        Assert.Equal(0, state.Memory["squaredMean"][0][1]);                   // (1e-31)² is below every float
    }

    [Fact]
    public void Its_settings_make_an_equal_one()
    {
        var adam = Adam([], beta1: 0.8);
        Assert.Equal("adam", adam.Type);
        Assert.Equal(0.001, adam.LearningRate);
        Assert.Equal([("beta1", 0.8), ("beta2", 0.999), ("epsilon", 1e-8)], adam.Settings);
    }

    [Theory]
    [InlineData(1.0, 0.999, 1e-8, "beta1")]
    [InlineData(-0.1, 0.999, 1e-8, "beta1")]
    [InlineData(double.NaN, 0.999, 1e-8, "beta1")]
    [InlineData(0.9, 1.0, 1e-8, "beta2")]
    [InlineData(0.9, 0.999, 0.0, "epsilon")]
    [InlineData(0.9, 0.999, double.PositiveInfinity, "epsilon")]
    public void A_setting_out_of_range_is_refused(double beta1, double beta2, double epsilon, string name)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Adam([], 0.001, beta1, beta2, epsilon));
        Assert.Equal(name, error.ParamName);
        Assert.Contains("usually", error.Message, StringComparison.Ordinal);
    }
}
