using System.Numerics;
using Backprop.Kernels;
using Kernel = Backprop.Kernels.Softmax;

namespace Backprop.Tests.Kernels;

public class SoftmaxTests
{
    [Fact]
    public void Every_length_equals_the_plain_loop()
    {
        EveryLength<float>(1);
        EveryLength<double>(2);
    }

    private static void EveryLength<T>(int seed) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        for (int n = 1; n <= 256; n++)
        {
            string what = $"seed {seed}, length {n}";
            T[] x = Bits.Ordinary<T>(random, n), dy = Bits.Ordinary<T>(random, n), old = Bits.Ordinary<T>(random, n);
            T[] y = new T[n], logs = new T[n], dx = new T[n], added = [.. old];
            T largest = x.Max();
            T[] powers = [.. x.Select(v => VectorMath.Exp(v - largest))];
            T sum = Reduce.Sum<T>(powers);

            T logSum = Kernel.Forward<T>(x, y, out T found);
            Assert.Equal(largest, found);
            Assert.Equal(VectorMath.Log(sum), logSum);
            Bits.AssertSame<T>([.. powers.Select(power => power / sum)], y, $"softmax, {what}");

            Kernel.LogForward<T>(x, logs);
            Bits.AssertSame<T>([.. x.Select(v => v - largest - logSum)], logs, $"log softmax, {what}");

            T dot = Reduce.Dot<T>(dy, y), total = Reduce.Sum<T>(dy);
            Kernel.Backward<T>(y, dy, dx, accumulate: false);
            Kernel.Backward<T>(y, dy, added, accumulate: true);
            Bits.AssertSame<T>([.. y.Zip(dy, (p, d) => p * (d - dot))], dx, $"softmax backward, {what}");
            T[] sums = [.. Enumerable.Range(0, n).Select(i => T.FusedMultiplyAdd(y[i], dy[i] - dot, old[i]))];
            Bits.AssertSame<T>(sums, added, $"softmax backward and add, {what}");

            T[] slopes = [.. logs.Zip(dy, (log, d) => T.FusedMultiplyAdd(VectorMath.Exp(log), -total, d))];
            added = [.. old];
            Kernel.LogBackward<T>(logs, dy, dx, accumulate: false);
            Kernel.LogBackward<T>(logs, dy, added, accumulate: true);
            Bits.AssertSame<T>(slopes, dx, $"log softmax backward, {what}");
            Bits.AssertSame<T>([.. slopes.Zip(old, (slope, o) => o + slope)], added, $"log softmax backward and add, {what}");
        }
    }
}
