using System.Globalization;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Optimizers;

public class AdagradTests
{
    [Fact]
    public void Two_steps_by_hand()
    {
        var w = Parameter([1], 1);
        var adagrad = Adagrad([w], learningRate: 0.5);
        w.Give(3);
        adagrad.Step();                  // s = 9, w = 1 − 0.5·3/3
        Assert.Equal(0.5, w.Values[0], 9);
        w.Give(-4);
        adagrad.Step();                  // s = 9 + 16, w = 0.5 + 0.5·4/5
        Assert.Equal(0.9, w.Values[0], 9);
        Assert.Equal([25], adagrad.State.Memory["squaredSum"][0]);
        Assert.Equal("0.9 − 0.5·(-4)/(√41 + 1E-10)", adagrad.WithNumbers(0, 0, null, v => Math.Round(v, 10).ToString(CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Its_settings_make_an_equal_one()
    {
        var adagrad = Adagrad([], epsilon: 1e-6);
        Assert.Equal("adagrad", adagrad.Type);
        Assert.Equal(0.01, adagrad.LearningRate);
        Assert.Equal([("epsilon", (object)1e-6)], adagrad.Settings);
        Assert.Equal("s ← s + ({dw})², {w} ← {w} − η·{dw}/(√s + ε)", adagrad.Formula);
    }

    [Fact]
    public void A_setting_out_of_range_is_refused() => Assert.StartsWith(
        "Adagrad: epsilon 0 came; it is a finite number above 0, usually 1E-10.",
        Assert.Throws<ArgumentOutOfRangeException>(() => Adagrad([], epsilon: 0)).Message, StringComparison.Ordinal);
}
