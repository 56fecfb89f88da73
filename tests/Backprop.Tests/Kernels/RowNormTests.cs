using System.Numerics;
using Backprop.Kernels;

namespace Backprop.Tests.Kernels;

public class RowNormTests
{
    [Fact]
    public void Float_equals_the_plain_loops() => EveryLength<float>(Bits.Ordinary<float>);

    [Fact]
    public void Double_equals_the_plain_loops() => EveryLength<double>(Bits.Ordinary<double>);

    [Fact]
    public void Infinities_and_NaN_take_the_same_way() => EveryLength<float>(Bits.Odd<float>);

    private static void EveryLength<T>(Func<Random, int, T[]> numbers) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(1);
        for (int columns = 1; columns <= 70; columns++)
            foreach (int rows in new[] { 0, 1, 3 }) Check(rows, columns, random, numbers);
    }

    private static void Check<T>(int rows, int columns, Random random, Func<Random, int, T[]> numbers) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T epsilon = T.CreateTruncating(1e-5), count = T.CreateTruncating(columns);
        T[] x = numbers(random, rows * columns), dy = numbers(random, x.Length), scale = numbers(random, columns), shift = numbers(random, columns);
        T[] y = new T[x.Length], dx = numbers(random, x.Length), dScale = numbers(random, columns), mean = new T[rows], variance = new T[rows];
        T[] added = [.. dx], addedScale = [.. dScale], written = new T[x.Length], writtenScale = new T[columns];
        RowNorm.Forward<T>(x, scale, shift, y, mean, variance, epsilon);
        RowNorm.InputGradient<T>(x, dy, scale, mean, variance, epsilon, added, accumulate: true);
        RowNorm.InputGradient<T>(x, dy, scale, mean, variance, epsilon, written, accumulate: false);
        RowNorm.ScaleGradient<T>(x, dy, mean, variance, epsilon, addedScale, accumulate: true);
        RowNorm.ScaleGradient<T>(x, dy, mean, variance, epsilon, writtenScale, accumulate: false);

        T[] expected = new T[x.Length], expectedAdded = [.. dx], expectedWritten = new T[x.Length], expectedScale = new T[columns];
        for (int row = 0; row < rows; row++)
        {
            int start = row * columns;
            T center = Lanes<T>(columns, (t, i) => t + x[start + i]) / count;
            T spread = Lanes<T>(columns, (t, i) => T.FusedMultiplyAdd(x[start + i] - center, x[start + i] - center, t)) / count;
            T slope = T.One / T.Sqrt(spread + epsilon);
            Assert.Equal((Bits.Of(center), Bits.Of(spread)), (Bits.Of(mean[row]), Bits.Of(variance[row])));
            T sum = Lanes<T>(columns, (t, i) => T.FusedMultiplyAdd(dy[start + i], scale[i], t)) / count;
            T product = Lanes<T>(columns, (t, i) => T.FusedMultiplyAdd(dy[start + i] * scale[i], x[start + i] - center, t));
            T stretch = slope * slope * product / count;
            for (int i = 0; i < columns; i++)
            {
                int at = start + i;
                expected[at] = T.FusedMultiplyAdd((x[at] - center) * slope, scale[i], shift[i]);
                T inner = T.FusedMultiplyAdd(center - x[at], stretch, dy[at] * scale[i] - sum);
                expectedWritten[at] = slope * inner;
                expectedAdded[at] = T.FusedMultiplyAdd(slope, inner, expectedAdded[at]);
                expectedScale[i] = T.FusedMultiplyAdd(dy[at], (x[at] - center) * slope, expectedScale[i]);
                dScale[i] = T.FusedMultiplyAdd(dy[at], (x[at] - center) * slope, dScale[i]);
            }
        }
        string what = $"{rows} rows of {columns}";
        Bits.AssertSame<T>(expected, y, $"y {what}");
        Bits.AssertSame<T>(expectedAdded, added, $"dx added {what}");
        Bits.AssertSame<T>(expectedWritten, written, $"dx {what}");
        Bits.AssertSame<T>(dScale, addedScale, $"dγ added {what}");
        Bits.AssertSame<T>(expectedScale, writtenScale, $"dγ {what}");
    }

    // 64 bytes of lanes, added as a tree of halves.
    private static T Lanes<T>(int n, Func<T, int, T> add) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] lanes = new T[typeof(T) == typeof(float) ? 16 : 8];
        for (int i = 0; i < n; i++) lanes[i % lanes.Length] = add(lanes[i % lanes.Length], i);
        for (int half = lanes.Length / 2; half > 0; half /= 2)
            for (int l = 0; l < half; l++) lanes[l] += lanes[l + half];
        return lanes[0];
    }
}
