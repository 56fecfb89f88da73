using static Backprop.Nn<double>;

namespace Backprop.Tests.Optimizers;

public class AdadeltaTests
{
    [Fact]
    public void Two_steps_by_hand()
    {
        var w = Parameter([1], 1);
        var adadelta = Adadelta([w], rho: 0.75, epsilon: 1);
        w.Give(4);
        adadelta.Step();                 // s = 0.25·16 = 4, d = 4·√1/√5, u = 0.25·16/5
        Assert.Equal(1 - 4 / Math.Sqrt(5), w.Values[0], 14);
        Assert.Equal(0.8, adadelta.State.Memory["squaredStep"][0][0], 14);
        w.Give(-2);
        adadelta.Step();                 // s = 0.75·4 + 0.25·4 = 4, d = −2·√1.8/√5
        Assert.Equal(1 - 4 / Math.Sqrt(5) + 2 * Math.Sqrt(1.8 / 5), w.Values[0], 14);
    }

    [Fact]
    public void A_gradient_a_thousand_times_as_large_takes_the_same_steps()
    {
        var (w, scaled) = (Parameter([1], 1), Parameter([1], 1));
        var (one, other) = (Adadelta([w], epsilon: 1e-12), Adadelta([scaled], epsilon: 1e-12));
        foreach (double gradient in new[] { 3, -1, 2.0 })
        {
            w.Give(gradient);
            scaled.Give(1000 * gradient);
            one.Step();
            other.Step();
        }
        Assert.Equal(w.Values[0], scaled.Values[0], 14);
    }

    [Fact]
    public void Its_settings_make_an_equal_one()
    {
        var adadelta = Adadelta([], rho: 0.95);
        Assert.Equal("adadelta", adadelta.Type);
        Assert.Equal(1, adadelta.LearningRate);
        Assert.Equal([("rho", 0.95), ("epsilon", 1e-6)], adadelta.Settings);
    }

    [Theory]
    [InlineData(1.0, 1e-6, "Adadelta: rho 1 came; it is 0 up to but not including 1, usually 0.9.")]
    [InlineData(0.9, 0.0, "Adadelta: epsilon 0 came; it is a finite number above 0, usually 1E-06.")]
    public void A_setting_out_of_range_is_refused(double rho, double epsilon, string message) => Assert.StartsWith(
        message, Assert.Throws<ArgumentOutOfRangeException>(() => Adadelta([], 1, rho, epsilon)).Message, StringComparison.Ordinal);
}
