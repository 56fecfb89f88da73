using System.Numerics;
using Backprop.Kernels;

namespace Backprop.Tests.Kernels;

public class ChannelsTests
{
    [Fact]
    public void Every_plane_equals_the_plain_loop()
    {
        EveryPlane<float>(1);
        EveryPlane<double>(2);
    }

    private static void EveryPlane<T>(int seed) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        for (int plane = 0; plane <= 70; plane++)
        {
            const int Samples = 3, C = 2, Channel = 1;
            string what = $"seed {seed}, planes of {plane}";
            T[] x = Bits.Ordinary<T>(random, Samples * C * plane), dy = Bits.Ordinary<T>(random, x.Length), old = Bits.Ordinary<T>(random, x.Length);
            T[] numbers = Bits.Ordinary<T>(random, 4);
            var (center, factor, mean, slope) = (numbers[0], numbers[1], numbers[2], numbers[3]);
            int[] mine = [.. Enumerable.Range(0, x.Length).Where(i => i / Math.Max(plane, 1) % C == Channel)];
            T[] distances = [.. x.Select(v => v - center)];
            var channels = new Channels(Samples, C, plane);

            Assert.Equal(Samples * (long)plane, channels.Count);
            Bits.AssertSame<T>([Total(n => Reduce.Sum<T>(Plane(x, n)))], [channels.Sum<T>(x, Channel)], $"sum, {what}");
            Bits.AssertSame<T>(
                [Total(n => Reduce.Dot<T>(Plane(distances, n), Plane(distances, n)))], [channels.SumOfSquares(x, center, Channel)], $"squares, {what}");
            Bits.AssertSame<T>(
                [Total(n => Reduce.Dot<T>(Plane(dy, n), Plane(distances, n)))], [channels.SumOfProducts(dy, x, center, Channel)], $"products, {what}");

            Same(y => channels.Map(x, y, center, factor, mean, Channel), i => T.FusedMultiplyAdd(x[i] - center, factor, mean), "map");
            Same(y => channels.Scale(factor, x, y, Channel, accumulate: false), i => factor * x[i], "scale");
            Same(y => channels.Scale(factor, x, y, Channel, accumulate: true), i => T.FusedMultiplyAdd(factor, x[i], old[i]), "scale and add");
            T Inner(int i) => T.FusedMultiplyAdd(center - x[i], slope, dy[i] - mean);
            Same(y => channels.MapBack(x, dy, y, center, factor, mean, slope, Channel, accumulate: false), i => factor * Inner(i), "back");
            Same(y => channels.MapBack(x, dy, y, center, factor, mean, slope, Channel, accumulate: true),
                i => T.FusedMultiplyAdd(factor, Inner(i), old[i]), "back and add");

            ReadOnlySpan<T> Plane(T[] of, int n) => of.AsSpan((n * C + Channel) * plane, plane);

            T Total(Func<int, T> part)
            {
                T sum = T.Zero;
                for (int n = 0; n < Samples; n++) sum += part(n);
                return sum;
            }

            void Same(Action<T[]> run, Func<int, T> expected, string how)
            {
                T[] actual = [.. old], wanted = [.. old];
                foreach (int i in mine) wanted[i] = expected(i);
                run(actual);
                Bits.AssertSame<T>(wanted, actual, $"{how}, {what}");
            }
        }
    }
}
