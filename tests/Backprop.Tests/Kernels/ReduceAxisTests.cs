using Backprop.Kernels;

namespace Backprop.Tests.Kernels;

public class ReduceAxisTests
{
    public static TheoryData<int, int, int> Sizes => new()
    {
        { 1, 1, 1 }, { 1, 40, 1 }, { 3, 7, 1 }, { 3, 7, 5 }, { 1, 4, 33 }, { 2, 1, 3 }, { 4, 0, 3 }, { 0, 2, 3 },
    };

    [Theory, MemberData(nameof(Sizes))]
    public void Spreading_repeats_along_the_axis(int outer, int axis, int inner)
    {
        var random = new Random(7);
        double[] y = Bits.Ordinary<double>(random, outer * inner), old = Bits.Ordinary<double>(random, outer * axis * inner);
        double[] written = new double[old.Length], added = [.. old];
        Reduce.SpreadAxis(0.25, y, written, outer, axis, inner, accumulate: false);
        Reduce.SpreadAxis(0.25, y, added, outer, axis, inner, accumulate: true);
        for (int i = 0; i < old.Length; i++)
        {
            double from = 0.25 * y[i / (axis * inner) * inner + i % inner];
            Assert.Equal(from, written[i]);
            Assert.Equal(old[i] + from, added[i]);
        }
    }

    [Theory, MemberData(nameof(Sizes))]
    public void Winners_are_the_first_of_the_largest(int outer, int axis, int inner)
    {
        if (axis == 0) return;
        var random = new Random(8);
        // Few different numbers, so that there are ties.
        double[] x = [.. Enumerable.Range(0, outer * axis * inner).Select(_ => (double)random.Next(3))];
        for (int i = 0; i < x.Length; i++)
            if (random.Next(10) == 0) x[i] = double.NaN;
        var winners = new int[outer * inner];
        Reduce.Winners<double>(x, winners, outer, axis, inner);
        for (int i = 0; i < winners.Length; i++)
        {
            var places = Enumerable.Range(0, axis).Select(a => i / inner * axis * inner + a * inner + i % inner).ToArray();
            var none = places.Where(place => double.IsNaN(x[place])).ToArray();
            Assert.Equal(none.Length > 0 ? none[0] : places.MaxBy(place => x[place]), winners[i]);
        }
    }
}
