using static Backprop.Nn<double>;

namespace Backprop.Tests.Optimizers;

public class RmsPropTests
{
    [Fact]
    public void Two_steps_by_hand()
    {
        var w = Parameter([1], 1);
        var rmsProp = RmsProp([w], learningRate: 0.5, alpha: 0.75);
        w.Give(4);
        rmsProp.Step();                  // s = 0.25·16 = 4, w = 1 − 0.5·4/2
        Assert.Equal(0, w.Values[0], 8);
        w.Give(-2);
        rmsProp.Step();                  // s = 0.75·4 + 0.25·4 = 4, w = 0 + 0.5·2/2
        Assert.Equal(0.5, w.Values[0], 8);
        Assert.Equal([4], rmsProp.State.Memory["squaredMean"][0]);
    }

    [Fact]
    public void A_momentum_gathers_quotients()
    {
        var w = Parameter([1], 0);
        var rmsProp = RmsProp([w], learningRate: 0.5, alpha: 0.75, momentum: 0.5);
        w.Give(4);
        rmsProp.Step();                  // v = 2
        w.Give(-2);
        rmsProp.Step();                  // v = 0.5·2 − 1 = 0
        Assert.Equal(-1, w.Values[0], 8);
        Assert.Equal(0, rmsProp.State.Memory["velocity"][0][0], 8);
        Assert.Equal("s ← α·s + (1 − α)·({dw})², v ← μ·v + {dw}/(√s + ε), {w} ← {w} − η·v", rmsProp.Formula);
    }

    [Fact]
    public void Its_settings_make_an_equal_one()
    {
        var rmsProp = RmsProp([], alpha: 0.9, momentum: 0.5);
        Assert.Equal("rmsprop", rmsProp.Type);
        Assert.Equal(0.01, rmsProp.LearningRate);
        Assert.Equal([("alpha", 0.9), ("momentum", 0.5), ("epsilon", 1e-8)], rmsProp.Settings);
    }

    [Theory]
    [InlineData(1.0, 0.0, 1e-8, "RmsProp: alpha 1 came; it is 0 up to but not including 1, usually 0.99.")]
    [InlineData(0.9, -0.1, 1e-8, "RmsProp: momentum -0.1 came; it is 0 up to but not including 1, usually 0.")]
    [InlineData(0.9, 0.0, 0.0, "RmsProp: epsilon 0 came; it is a finite number above 0, usually 1E-08.")]
    public void A_setting_out_of_range_is_refused(double alpha, double momentum, double epsilon, string message) => Assert.StartsWith(
        message, Assert.Throws<ArgumentOutOfRangeException>(() => RmsProp([], 0.01, alpha, momentum, epsilon)).Message, StringComparison.Ordinal);
}
