using Backprop.Data;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Data;

public class DataSetTests
{
    private static DataSet<double> Numbers(int count) => new(
        Tensor([count, 2], Enumerable.Range(0, 2 * count).Select(i => (double)i).ToArray()),
        Tensor([count, 1], Enumerable.Range(0, count).Select(i => 100.0 + i).ToArray()));

    private static DataSet<double> Classes(params int[] classes) => new(
        Tensor([classes.Length, 1], Enumerable.Range(0, classes.Length).Select(i => (double)i).ToArray()), Indices([classes.Length], classes));

    [Fact]
    public void Select_takes_rows_in_the_order_given()
    {
        var some = Numbers(4).Select(3, 0, 3);
        Assert.Equal([6, 7, 0, 1, 6, 7], some.Inputs.Values.ToArray());
        Assert.Equal([103, 100, 103], ((Tensor<double>)some.Targets).Values.ToArray());
        Assert.Equal([2], some.SampleShape);
    }

    [Fact]
    public void Select_keeps_the_classes_that_no_chosen_row_has()
    {
        var data = new DataSet<double>(Zeros([3, 2, 2]), Indices([3], 0, 2, 1), ["a", "b", "c"]);
        var some = data.Select(0);
        Assert.Equal(["a", "b", "c"], some.ClassNames);
        Assert.Equal(3, Classes(0, 1, 2).Select(0).ClassCount);
    }

    [Fact]
    public void A_row_outside_is_refused() =>
        Assert.Contains("row 4 is outside 0 … 3", Assert.Throws<ArgumentOutOfRangeException>(() => Numbers(4).Select(0, 4)).Message, StringComparison.Ordinal);

    [Fact]
    public void Different_numbers_of_samples_are_refused()
    {
        var error = Assert.Throws<ShapeException>(() => new DataSet<double>(Zeros([3, 2]), Zeros([4, 1])));
        Assert.Equal("DataSet: inputs [3, 2] and targets [4, 1] need the same first axis, which counts the samples", error.Message);
        Assert.Throws<ShapeException>(() => new DataSet<double>(Zeros([]), Zeros([])));
    }

    [Fact]
    public void A_class_without_a_name_is_refused() =>
        Assert.Equal("DataSet: index 2 at [1] is outside 0 … 1",
            Assert.Throws<ArgumentOutOfRangeException>(() => new DataSet<double>(Zeros([2, 1]), Indices([2], 0, 2), ["no", "yes"])).Message);

    [Fact]
    public void Batches_hold_every_sample_once_and_the_last_may_be_smaller()
    {
        var batches = Numbers(7).Batches(3, new Random(5)).ToArray();
        Assert.Equal([3, 3, 1], batches.Select(batch => batch.Count));
        var targets = batches.SelectMany(batch => ((Tensor<double>)batch.Targets).Values.ToArray()).ToArray();
        Assert.Equal(Enumerable.Range(100, 7).Select(i => (double)i), targets.Order());
        Assert.NotEqual(targets.Order(), targets);
        foreach (var batch in batches)
            for (int i = 0; i < batch.Count; i++)
                Assert.Equal(2 * (((Tensor<double>)batch.Targets).Values[i] - 100), batch.Inputs[i, 0]);
    }

    [Fact]
    public void The_same_seed_gives_the_same_order_and_no_seed_the_order_of_the_data()
    {
        Assert.Equal(Orders(new Random(3)), Orders(new Random(3)));
        Assert.NotEqual(Orders(new Random(3)), Orders(new Random(4)));
        Assert.Equal(Enumerable.Range(100, 9).Select(i => (double)i), Orders(null));

        static double[] Orders(Random? random) =>
            [.. Numbers(9).Batches(4, random).SelectMany(batch => ((Tensor<double>)batch.Targets).Values.ToArray())];
    }

    [Fact]
    public void A_split_has_every_row_once_and_follows_its_seed()
    {
        var (train, test) = Numbers(10).SplitRows(0.25, new Random(1));
        Assert.Equal(3, test.Length);
        Assert.Equal(Enumerable.Range(0, 10), train.Concat(test).Order());
        Assert.Equal(test, Numbers(10).SplitRows(0.25, new Random(1)).Test);
        var draws = Enumerable.Range(0, 20).Select(seed => string.Join(",", Numbers(10).SplitRows(0.25, new Random(seed)).Test)).Distinct();
        Assert.True(draws.Count() > 10);
    }

    [Fact]
    public void A_split_of_classes_is_stratified()
    {
        int[] classes = [.. Enumerable.Repeat(0, 50), .. Enumerable.Repeat(1, 30), .. Enumerable.Repeat(2, 20)];
        var (train, test) = Classes(classes).Split(0.2, new Random(1));
        Assert.Equal([10, 6, 4], Counts(test));
        Assert.Equal([40, 24, 16], Counts(train));

        static int[] Counts(DataSet<double> data) => [.. ((Indices)data.Targets).Values.ToArray().CountBy(c => c).OrderBy(c => c.Key).Select(c => c.Value)];
    }

    [Fact]
    public void A_class_of_one_sample_stays_in_the_training_part()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            var (train, test) = Classes(0, 0, 0, 0, 0, 0, 1, 0).Split(0.5, new Random(seed));
            Assert.Contains(1, ((Indices)train.Targets).Values.ToArray());
            Assert.Equal(4, test.Count);
        }
    }

    [Fact]
    public void Classes_that_can_give_more_stand_in_for_those_that_cannot()
    {
        int[] classes = [.. Enumerable.Range(0, 6), .. Enumerable.Repeat(6, 10)];
        for (int seed = 0; seed < 20; seed++)
        {
            var (train, test) = Classes(classes).Split(0.5, new Random(seed));
            Assert.Equal(8, test.Count);
            Assert.Equal(Enumerable.Range(0, 7), ((Indices)train.Targets).Values.ToArray().Distinct().Order());
        }
    }

    [Fact]
    public void Where_the_classes_cannot_give_enough_the_test_part_is_smaller_and_each_class_keeps_one()
    {
        int[] classes = [.. Enumerable.Range(0, 10), .. Enumerable.Repeat(10, 10)];
        var (train, test) = Classes(classes).Split(0.5, new Random(1));
        Assert.Equal(9, test.Count);
        Assert.Equal(Enumerable.Range(0, 11), ((Indices)train.Targets).Values.ToArray().Order());
    }

    [Fact]
    public void Classes_of_one_sample_each_cannot_be_split() =>
        Assert.Equal(
            "Split: each of the 3 classes has a single sample and keeps it to train on, so none is left to test on; a class with two samples or more is needed.",
            Assert.Throws<InvalidOperationException>(() => Classes(0, 1, 2).Split(0.5, new Random(1))).Message);

    [Theory, InlineData(0), InlineData(1), InlineData(-0.1), InlineData(double.NaN)]
    public void A_share_that_leaves_one_part_empty_is_refused(double share) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Numbers(10).Split(share, new Random(1)));

    [Fact]
    public void The_share_is_written_with_a_point_under_every_culture() =>
        Assert.StartsWith(
            "Split: the share 1.5 came;",
            TestCulture.UnderComma(() => Assert.Throws<ArgumentOutOfRangeException>(() => Numbers(10).Split(1.5, new Random(1)))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_single_sample_cannot_be_split() => Assert.Throws<InvalidOperationException>(() => Numbers(1).Split(0.5, new Random(1)));

    [Fact]
    public void Xor_is_the_four_points()
    {
        var xor = Generated.Xor<double>();
        for (int i = 0; i < 4; i++)
            Assert.Equal((int)xor.Inputs[i, 0] ^ (int)xor.Inputs[i, 1], ((Tensor<double>)xor.Targets)[i, 0]);
        Assert.Equal(4, xor.Count);
    }
}
