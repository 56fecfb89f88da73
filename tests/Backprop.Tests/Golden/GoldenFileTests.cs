using Xunit.Sdk;

namespace Backprop.Tests.Golden;

public class GoldenFileTests
{
    [Fact]
    public void A_case_has_inputs_outputs_and_gradients_with_shapes()
    {
        var golden = GoldenFile.Case("linear", "a batch");
        Assert.Equal([3, 4], golden.Inputs["x"].Shape);
        Assert.Equal(Math.Sin(1.7), golden.Inputs["x"].Values[1], 15);
        Assert.Equal([3, 5], golden.Outputs["y"].Shape);
        Assert.Equal(["x", "w", "b"], golden.Gradients.Keys);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(double.NaN)]
    public void A_wrong_entry_fails(double wrong) =>
        Assert.Throws<FailException>(() => GoldenAssert.Near([1, 1e-3], [1, 1e-3 + 1e-11 * wrong], "planted"));

    [Fact]
    public void A_rounding_of_the_largest_entry_passes() => GoldenAssert.Near([1000, 1e-3], [1000, 1e-3 + 1e-10], "rounded");
}
