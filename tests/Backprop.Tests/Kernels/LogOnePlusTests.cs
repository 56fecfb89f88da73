using Backprop.Kernels;

namespace Backprop.Tests.Kernels;

public class LogOnePlusTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1e-20, 1e-20)]
    [InlineData(-1e-20, -1e-20)]
    [InlineData(1e-300, 1e-300)]
    [InlineData(1, 0.6931471805599453)]
    [InlineData(-1, double.NegativeInfinity)]
    [InlineData(-1.5, double.NaN)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.NaN, double.NaN)]
    public void Limits_are_those_of_the_function(double x, double expected) => Assert.Equal(expected, Of(x));

    // log(1 + x) = 2·atanh(x/(2 + x)): a series that needs no logarithm.
    [Fact]
    public void Small_numbers_keep_all_digits()
    {
        for (double x = 1e-17; x < 0.3; x *= 1.37)
            foreach (double signed in new[] { x, -x })
            {
                double s = signed / (2 + signed), expected = 0;
                for (int power = 41; power > 0; power -= 2) expected = expected * s * s + 2.0 / power;
                expected *= s;
                Assert.Equal(expected, Of(signed), 4e-16 * Math.Abs(expected));
            }
    }

    private static double Of(double x) => VectorMath.LogOnePlus(new Lanes1<double>(x)).Value;
}
