using Backprop.Data;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Data;

public class TimeSeriesTests
{
    // Two columns: the row, and ten times it.
    private static Tensor<double> Rows(int count) => Tensor([count, 2], [.. Enumerable.Range(0, count).SelectMany(row => new double[] { row, 10 * row })]);

    private static double[] Targets(DataSet<double> data) => ((Tensor<double>)data.Targets).Values.ToArray();

    [Fact]
    public void A_window_reads_rows_one_after_the_other_and_its_target_is_the_next_one()
    {
        var data = TimeSeries.Windows(Rows(5), target: 1, window: 3);
        Assert.Equal([2, 3, 2], data.Inputs.Shape);
        Assert.Equal([0, 0, 1, 10, 2, 20, 1, 10, 2, 20, 3, 30], data.Inputs.Values.ToArray());
        Assert.Equal([2, 1], data.Targets.Shape);
        Assert.Equal([30, 40], Targets(data));
    }

    [Fact]
    public void A_horizon_leaves_out_the_rows_between()
    {
        var data = TimeSeries.Windows(Rows(6), target: 0, window: 2, horizon: 3);
        Assert.Equal([0, 0, 1, 10, 1, 10, 2, 20], data.Inputs.Values.ToArray());
        Assert.Equal([4, 5], Targets(data));
    }

    [Fact]
    public void As_many_rows_as_a_single_sample_needs_are_enough() =>
        Assert.Equal([4], Targets(TimeSeries.Windows(Rows(5), target: 0, window: 1, horizon: 4)));

    [Fact]
    public void The_windows_of_a_forecast_go_on_to_the_last_row()
    {
        var windows = TimeSeries.Windows(Rows(4), window: 3);
        Assert.Equal([2, 3, 2], windows.Shape);
        Assert.Equal([1, 10, 2, 20, 3, 30], windows.Values[6..].ToArray());
    }

    [Theory]
    [InlineData(1, 1, 0.5)]
    [InlineData(3, 4, 0.3)]
    [InlineData(2, 5, 0.01)]
    public void No_row_that_is_to_be_forecast_in_the_test_part_belongs_to_the_training_part(int window, int horizon, double share)
    {
        var (train, test) = TimeSeries.Windows(Rows(40), target: 0, window, horizon).SplitInOrder(share);
        Assert.Equal(40 - window - horizon + 1, train.Count + test.Count);
        double last = Targets(train).Max();
        Assert.All(Targets(test), row => Assert.True(row > last));
        Assert.All(train.Inputs.Values.ToArray().Where((_, i) => i % 2 == 0), row => Assert.True(row < last));
        Assert.Equal(Enumerable.Range(0, test.Count).Select(i => last + 1 + i), Targets(test));
    }

    [Fact]
    public void The_simplest_forecast_says_that_the_number_read_last_stays()
    {
        // The second column goes up by 10 in a row, by 30 in three.
        Assert.Equal(10, TimeSeries.NaiveRmse(TimeSeries.Windows(Rows(9), target: 1, window: 2), 1), 1e-12);
        Assert.Equal(30, TimeSeries.NaiveRmse(TimeSeries.Windows(Rows(9), target: 1, window: 2, horizon: 3), 1), 1e-12);
        // √((3² + 4²) / 2)
        var data = TimeSeries.Windows(Tensor([3, 1], 1, 4, 0), target: 0, window: 1);
        Assert.Equal(Math.Sqrt(12.5), TimeSeries.NaiveRmse(data, 0), 1e-12);
        Assert.Throws<ShapeException>(() => TimeSeries.NaiveRmse(new DataSet<double>(Rows(3), Rows(3)), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => TimeSeries.NaiveRmse(data, 1));
    }

    [Theory]
    [InlineData(10, 0.2, 2)]
    [InlineData(10, 0.26, 3)]
    [InlineData(2, 0.9, 1)]
    [InlineData(3, 0.01, 1)]
    public void The_last_share_tests(int count, double share, int held)
    {
        var (train, test) = new DataSet<double>(Rows(count), Rows(count)).SplitInOrder(share);
        Assert.Equal((count - held, held), (train.Count, test.Count));
        Assert.Equal(count - held, test.Inputs.Values[0]);
        Assert.Equal(0, train.Inputs.Values[0]);
    }

    [Fact]
    public void A_single_sample_cannot_be_parted_in_order() =>
        Assert.Throws<InvalidOperationException>(() => new DataSet<double>(Rows(1), Rows(1)).SplitInOrder(0.5));

    [Fact]
    public void A_share_outside_its_range_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new DataSet<double>(Rows(9), Rows(9)).SplitInOrder(1));

    [Fact]
    public void What_does_not_suit_is_refused()
    {
        static string Shape(Func<object> make) => Assert.Throws<ShapeException>(make).Message;
        Assert.Equal(
            "TimeSeries: [5, 2] came, a window of 4 and a horizon of 2 after it needs 6 rows or more", Shape(() => TimeSeries.Windows(Rows(5), target: 0, window: 4, horizon: 2)));
        Assert.Equal("TimeSeries: [5, 2] came, a window of 6 needs 6 rows or more", Shape(() => TimeSeries.Windows(Rows(5), window: 6)));
        Assert.Equal("TimeSeries: [5] came, [rows, columns] is needed", Shape(() => TimeSeries.Windows(Zeros([5]), window: 2)));
        Assert.Equal(
            "TimeSeries: [5, 2] came, a window of 2147483647 and a horizon of 2147483647 after it needs 4294967294 rows or more",
            Shape(() => TimeSeries.Windows(Rows(5), target: 0, window: int.MaxValue, horizon: int.MaxValue)));
        Assert.StartsWith(
            "TimeSeries: the column lies from 0 to 1.",
            Assert.Throws<ArgumentOutOfRangeException>(() => TimeSeries.Windows(Rows(5), target: 2, window: 1, horizon: 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => TimeSeries.Windows(Rows(5), window: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => TimeSeries.Windows(Rows(5), target: 0, window: 1, horizon: 0));
    }
}
