using Backprop.Data;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Data;

public class StandardizerTests
{
    [Fact]
    public void Columns_get_mean_0_and_deviation_1()
    {
        var train = Tensor([4, 2], 2, 10, 4, 20, 4, 30, 6, 40);
        var standardizer = Standardizer.OfColumns(train);
        Assert.Equal([4, 25], standardizer.Means);
        Assert.Equal([Math.Sqrt(2), Math.Sqrt(125)], standardizer.Deviations);
        var applied = standardizer.Apply(train);
        Assert.Equal(-2 / Math.Sqrt(2), applied[0, 0], 1e-15);
        Assert.Equal(0, applied[1, 0]);
        Assert.Equal(15 / Math.Sqrt(125), applied[3, 1], 1e-15);
    }

    [Fact]
    public void A_constant_column_stays_0_whatever_comes_later()
    {
        // The mean of 0.1 ten times is not 0.1 when summed up; that must not count as a spread.
        var standardizer = Standardizer.OfColumns(Tensor([10, 1], Enumerable.Repeat(0.1, 10).ToArray()));
        Assert.Equal([0.1], standardizer.Means);
        Assert.Equal([0], standardizer.Deviations);
        Assert.Equal([0, 0, 0], standardizer.Apply(Tensor([3, 1], 0.1, -7, 1e9)).Values.ToArray());
    }

    [Fact]
    public void Pictures_share_one_mean_and_one_deviation()
    {
        var pictures = Tensor([2, 1, 1, 2], 0, 2, 4, 6);
        var standardizer = Standardizer.OfAll(pictures);
        Assert.Equal([3], standardizer.Means);
        Assert.Equal(Math.Sqrt(5), Assert.Single(standardizer.Deviations));
        Assert.Equal([2, 1, 1, 2], standardizer.Apply(pictures).Shape);
        Assert.Equal(3 / Math.Sqrt(5), standardizer.Apply(pictures)[1, 0, 0, 1], 1e-15);
    }

    [Fact]
    public void Invert_goes_back()
    {
        var values = Tensor([3, 2], 1, -5, 2, 0.25, 7, 11);
        var standardizer = Standardizer.OfColumns(values);
        var back = standardizer.Invert(standardizer.Apply(values));
        for (int i = 0; i < values.Length; i++) Assert.Equal(values.Values[i], back.Values[i], 1e-14);
    }

    [Fact]
    public void A_standardizer_made_of_its_fitted_numbers_does_the_same()
    {
        var values = Tensor([3, 2], 1, -5, 2, 0.25, 7, 11);
        var fitted = Standardizer.OfColumns(values);
        var again = new Standardizer(fitted.Fitted[0].Values, fitted.Fitted[1].Values);
        Assert.Equal(["means", "deviations"], fitted.Fitted.Select(part => part.Key));
        Assert.Equal(fitted.Apply(values).Values.ToArray(), again.Apply(values).Values.ToArray());
    }

    [Fact]
    public void Other_columns_are_refused() =>
        Assert.Equal("Standardizer: [2, 3] came, it was fitted on 2 columns",
            Assert.Throws<ShapeException>(() => Standardizer.OfColumns(Zeros([4, 2])).Apply(Zeros([2, 3]))).Message);

    [Fact]
    public void Nothing_and_NaN_cannot_be_fitted_on()
    {
        Assert.Throws<ShapeException>(() => Standardizer.OfColumns(Zeros([0, 2])));
        Assert.Throws<ShapeException>(() => Standardizer.OfColumns(Zeros([4])));
        Assert.Throws<ArgumentException>(() => Standardizer.OfColumns(Tensor([2, 1], 1, double.NaN)));
        Assert.Throws<ArgumentException>(() => new Standardizer([1, 2], [1]));
    }
}
