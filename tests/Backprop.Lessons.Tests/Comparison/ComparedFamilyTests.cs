using Backprop.Data;
using Backprop.Lessons.Comparison;
using Backprop.Randomness;
using Backprop.Tensors;
using static Backprop.Nn<float>;

namespace Backprop.Lessons.Tests.Comparison;

public class ComparedFamilyTests
{
    [Fact]
    public void A_picture_comes_to_the_recurrent_network_row_by_row_with_all_channels()
    {
        // Two samples of 2 channels, 4 rows, 4 columns; the number is 1000·sample + 100·channel + 10·row + column.
        float[] numbers =
        [
            .. from n in Enumerable.Range(0, 2)
               from c in Enumerable.Range(0, 2)
               from h in Enumerable.Range(0, 4)
               from w in Enumerable.Range(0, 4)
               select (float)(1000 * n + 100 * c + 10 * h + w),
        ];
        var data = new DataSet<float>(Tensor([2, 2, 4, 4], numbers), new Indices([2], [0, 1]));
        var family = ComparedFamily.All([2, 4, 4], 2)[2];
        var view = family.View(data).Inputs;
        Assert.Equal([2, 4, 8], view.Shape);
        Assert.Equal([1020, 1021, 1022, 1023, 1120, 1121, 1122, 1123], view.Values.Slice((4 + 2) * 8, 8).ToArray());
        Assert.Equal(numbers.Order(), view.Values.ToArray().Order());
    }

    [Fact]
    public void Each_network_reads_its_own_view()
    {
        foreach (Shape sample in (Shape[])[[1, 9, 6], [2, 4, 4], [5], [40]])
        {
            var data = new DataSet<float>(Zeros([3, .. sample]), new Indices([3], [0, 1, 2]));
            foreach (var family in ComparedFamily.All(sample, 3))
            {
                Assert.Equal([3, .. family.SampleView], family.View(data).Inputs.Shape);
                Assert.Equal([3, 3], family.Create(5, new SeededRandom(1)).Forward(family.View(data).Inputs).Shape);
            }
        }
    }

    [Fact]
    public void Only_the_recurrent_network_has_a_memory() =>
        Assert.Equal([0, 0, 24], ComparedFamily.All([4], 2).Select(family => family.StateNumbers(12)));

    [Theory]
    [InlineData(2)]
    [InlineData(1, 3, 16)]
    [InlineData(4, 4)]
    public void Samples_over_which_nothing_slides_are_refused(params int[] sample) =>
        Assert.Contains(
            "rows of at least 3 numbers or pictures", Assert.Throws<ShapeException>(() => ComparedFamily.All(new Shape(sample), 2)).Message, StringComparison.Ordinal);
}
