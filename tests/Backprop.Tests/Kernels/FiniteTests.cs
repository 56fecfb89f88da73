using Backprop.Kernels;

namespace Backprop.Tests.Kernels;

public class FiniteTests
{
    [Fact]
    public void The_vectors_say_what_the_plain_loop_says_for_every_length_and_place()
    {
        for (int length = 0; length <= 256; length++)
        {
            double[] values = [.. Enumerable.Range(0, length).Select(i => i % 3 == 0 ? double.MaxValue : -Math.Sin(i))];
            Assert.True(Finite.All<double>(values) && Finite.All1<double>(values));
            float[] singles = [.. values.Select(value => (float)Math.Clamp(value, -float.MaxValue, float.MaxValue))];
            Assert.True(Finite.All<float>(singles));
            for (int place = 0; place < length; place++)
                foreach (double bad in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })
                {
                    double kept = values[place];
                    values[place] = bad;
                    Assert.False(Finite.All<double>(values) || Finite.All1<double>(values), $"{bad} at {place} of {length}");
                    Assert.Equal(place, Finite.IndexOfOther<double>(values));
                    values[place] = kept;
                    singles[place] = (float)bad;
                    Assert.False(Finite.All<float>(singles), $"{bad} at {place} of {length}");
                    singles[place] = (float)kept;
                    if (!float.IsFinite(singles[place])) singles[place] = float.MaxValue;
                }
        }
    }
}
