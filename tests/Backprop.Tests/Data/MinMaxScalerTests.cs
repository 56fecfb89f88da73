using Backprop.Data;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Data;

public class MinMaxScalerTests
{
    [Fact]
    public void Columns_go_from_0_to_1_and_later_numbers_may_lie_outside()
    {
        var scaler = MinMaxScaler.OfColumns(Tensor([3, 2], 2, 10, 6, 30, 4, 40));
        Assert.Equal([2, 10], scaler.Least);
        Assert.Equal([6, 40], scaler.Most);
        Assert.Equal([0, 0, 1, 2 / 3.0, 0.5, 1, -0.5, 2], scaler.Apply(Tensor([4, 2], 2, 10, 6, 30, 4, 40, 0, 70)).Values.ToArray());
    }

    [Fact]
    public void A_constant_column_stays_0_whatever_comes_later_and_goes_back_to_its_number()
    {
        var scaler = MinMaxScaler.OfColumns(Tensor([2, 1], 0.1, 0.1));
        Assert.Equal([0, 0], scaler.Apply(Tensor([2, 1], 0.1, -7)).Values.ToArray());
        Assert.Equal([0.1], scaler.Invert(Tensor([1, 1], 0)).Values.ToArray());
    }

    [Fact]
    public void The_rows_of_every_window_belong_to_their_column()
    {
        var scaler = MinMaxScaler.OfColumns(Tensor([2, 2, 2], 1, 10, 2, 20, 3, 30, 5, 50));
        Assert.Equal([1, 10], scaler.Least);
        Assert.Equal([5, 50], scaler.Most);
    }

    [Fact]
    public void Pictures_share_one_range()
    {
        var pictures = Tensor([2, 1, 1, 2], 0, 2, 4, 8);
        Assert.Equal([0, 0.25, 0.5, 1], MinMaxScaler.OfAll(pictures).Apply(pictures).Values.ToArray());
    }

    [Fact]
    public void Invert_goes_back()
    {
        var values = Tensor([3, 2], 1, -5, 2, 0.25, 7, 11);
        var scaler = MinMaxScaler.OfColumns(values);
        var back = scaler.Invert(scaler.Apply(values));
        for (int i = 0; i < values.Length; i++) Assert.Equal(values.Values[i], back.Values[i], 1e-14);
    }

    [Fact]
    public void Other_columns_are_refused() =>
        Assert.Equal("MinMaxScaler: [2, 3] came, it was fitted on 2 columns",
            Assert.Throws<ShapeException>(() => MinMaxScaler.OfColumns(Zeros([4, 2])).Apply(Zeros([2, 3]))).Message);

    [Fact]
    public void Nothing_and_NaN_cannot_be_fitted_on()
    {
        Assert.Throws<ShapeException>(() => MinMaxScaler.OfAll(Zeros([0, 2])));
        Assert.Throws<ShapeException>(() => MinMaxScaler.OfColumns(Zeros([4])));
        Assert.Throws<ArgumentException>(() => MinMaxScaler.OfColumns(Tensor([3, 1], 1, double.NaN, 2)));
    }

    [Theory]
    [InlineData(new[] { 1.0, 2 }, new[] { 3.0 }, "MinMaxScaler: 2 least and 1 most numbers came, it needs as many of both, at least one.")]
    [InlineData(new double[0], new double[0], "MinMaxScaler: 0 least and 0 most numbers came")]
    [InlineData(new[] { 1.0 }, new[] { 0.5 }, "MinMaxScaler: least and most are finite numbers, and most is not below least.")]
    [InlineData(new[] { 1.0 }, new[] { double.PositiveInfinity }, "MinMaxScaler: least and most are finite numbers")]
    public void Numbers_that_do_not_fit_are_refused(double[] least, double[] most, string said) =>
        Assert.StartsWith(said, Assert.Throws<ArgumentException>(() => new MinMaxScaler(least, most)).Message, StringComparison.Ordinal);
}
