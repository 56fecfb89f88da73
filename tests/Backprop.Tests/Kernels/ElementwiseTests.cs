using System.Numerics;
using System.Reflection;
using Backprop.Kernels;

namespace Backprop.Tests.Kernels;

public class ElementwiseTests
{
    [Fact]
    public void Every_length_up_to_256_equals_the_plain_loop_in_float() => EveryLength<float>(11);

    [Fact]
    public void Every_length_up_to_256_equals_the_plain_loop_in_double() => EveryLength<double>(12);

    [Fact]
    public void A_function_may_write_over_what_it_reads()
    {
        for (int n = 0; n <= 80; n++)
        {
            float[] x = Bits.Ordinary<float>(new Random(n), n), expected = new float[n];
            Elementwise.Map(new TanhOf(), x, expected);
            Elementwise.Map(new TanhOf(), x, x);
            Bits.AssertSame<float>(expected, x, $"in place, length {n}");
        }
    }

    [Fact]
    public void Nothing_beyond_the_target_is_written()
    {
        for (int n = 0; n <= 80; n++)
        {
            double[] x = Bits.Ordinary<double>(new Random(n), n), y = new double[n + 20];
            Elementwise.Map(new ExpOf(), x, y.AsSpan(10, n));
            Assert.All(y[..10].Concat(y[(n + 10)..]), value => Assert.Equal(0, value));
        }
    }

    // Rows and repeats on both sides of every vector's width, a single number, and nothing at all.
    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(7), InlineData(16), InlineData(17), InlineData(40)]
    public void A_repeated_operand_equals_the_plain_loop(int row)
    {
        foreach (int repeats in new[] { 0, 1, 2, 5, 33 })
            foreach (bool accumulate in new[] { false, true })
                foreach (bool left in new[] { false, true })
                {
                    Repeated<float>(row, repeats, left, accumulate, row + repeats);
                    Repeated<double>(row, repeats, left, accumulate, row + repeats);
                }
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Elementwise.Map<SquareTimes, float>(default, new float[6], new float[4], new float[6]));
        Assert.Throws<ArgumentException>(() => Elementwise.Map<SquareTimes, float>(default, new float[3], new float[3], new float[6]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Elementwise.Map<TanhOf, float>(default, new float[5], new float[6]));
        Assert.Throws<ArgumentException>(() => Elementwise.BackwardB<SquareTimes, float>(default, new float[6], new float[3], new float[6], new float[6], new float[2], false));
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        float[] x = new float[1000], y = new float[1000], row = new float[10];
        void All()
        {
            Elementwise.Map(new TanhOf(), x, y);
            Elementwise.Backward(new TanhOf(), x, y, y, x, accumulate: true);
            Elementwise.Map(new SquareTimes(), x, row, y);
            Elementwise.BackwardB(new SquareTimes(), x, row, y, y, row, accumulate: false);
            Elementwise.Scale(2, x, y, accumulate: true);
        }

        Assert.Equal(0, Allocated.Least(All));
    }

    // Without the attribute the compiler stops inlining half-way, and the loop runs up to ten times slower with the same results.
    [Fact]
    public void Every_function_asks_to_be_inlined_into_the_loop()
    {
        var methods = new[] { typeof(IUnary).Assembly, typeof(ElementwiseTests).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.IsValueType && (typeof(IUnary).IsAssignableFrom(type) || typeof(IBinary).IsAssignableFrom(type)))
            .SelectMany(type => type.GetMethods().Where(method => method.DeclaringType == type))
            .ToList();
        Assert.NotEmpty(methods);
        Assert.All(methods, method => Assert.True(
            method.MethodImplementationFlags.HasFlag(MethodImplAttributes.AggressiveInlining),
            $"{method.DeclaringType!.Name}.{method.Name} needs [MethodImpl(MethodImplOptions.AggressiveInlining)]"));
    }

    private static void EveryLength<T>(int seed) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        for (int n = 0; n <= 256; n++)
        {
            T[] x = Bits.Odd<T>(random, n), dy = Bits.Odd<T>(random, n), old = Bits.Ordinary<T>(random, n);
            One(new Leaky(0.01), x, dy, old, $"leaky, seed {seed}, length {n}");
            One(new TanhOf(), x, dy, old, $"tanh, seed {seed}, length {n}");

            T[] scaled = new T[n], added = [.. old];
            Elementwise.Scale(T.CreateTruncating(1.7), x, scaled, accumulate: false);
            Elementwise.Scale(T.CreateTruncating(1.7), x, added, accumulate: true);
            Bits.AssertSame<T>([.. x.Select(value => value * T.CreateTruncating(1.7))], scaled, $"scale, seed {seed}, length {n}");
            Bits.AssertSame<T>([.. x.Zip(old, (value, o) => T.FusedMultiplyAdd(value, T.CreateTruncating(1.7), o))], added, $"scale and add, seed {seed}, length {n}");

            T[] copied = new T[n], summed = [.. old];
            Elementwise.Copy(x, copied, accumulate: false);
            Elementwise.Copy(x, summed, accumulate: true);
            Bits.AssertSame<T>(x, copied, $"copy, seed {seed}, length {n}");
            Bits.AssertSame<T>([.. x.Zip(old, (value, o) => o + value)], summed, $"copy and add, seed {seed}, length {n}");
        }
    }

    private static void One<TOp, T>(TOp op, T[] x, T[] dy, T[] old, string what)
        where TOp : struct, IUnary
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] y = new T[x.Length], written = new T[x.Length], added = [.. old];
        T[] expected = [.. x.Select(value => op.Value(new Lanes1<T>(value)).Value)];
        T[] slope = [.. x.Select((value, i) => op.Derivative(new Lanes1<T>(value), new Lanes1<T>(expected[i])).Value)];
        Elementwise.Map(op, x, y);
        Elementwise.Backward(op, x, y, dy, written, accumulate: false);
        Elementwise.Backward(op, x, y, dy, added, accumulate: true);
        Bits.AssertSame<T>(expected, y, what);
        Bits.AssertSame<T>([.. dy.Select((d, i) => d * slope[i])], written, what + ", backward");
        Bits.AssertSame<T>([.. dy.Select((d, i) => T.FusedMultiplyAdd(d, slope[i], old[i]))], added, what + ", backward and add");
    }

    private static void Repeated<T>(int row, int repeats, bool left, bool accumulate, int seed) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        int n = row * repeats;
        string what = $"row {row} × {repeats}, {(left ? "left" : "right")} repeated, {(accumulate ? "added" : "written")}, seed {seed}";
        T[] full = Bits.Ordinary<T>(random, n), few = Bits.Ordinary<T>(random, row), y = new T[n], dy = Bits.Ordinary<T>(random, n);
        T[] a = left ? few : full, b = left ? full : few, da = Bits.Ordinary<T>(random, a.Length), db = Bits.Ordinary<T>(random, b.Length);
        T[] expectedY = new T[n], expectedA = [.. da], expectedB = [.. db];
        SquareTimes op = default;
        for (int i = 0; i < n; i++) expectedY[i] = op.Value(At(a, i), At(b, i)).Value;
        Plain(expectedA, i => op.DerivativeA(At(a, i), At(b, i), At(expectedY, i)).Value);
        Plain(expectedB, i => op.DerivativeB(At(a, i), At(b, i), At(expectedY, i)).Value);

        Elementwise.Map(op, a, b, y);
        Elementwise.BackwardA(op, a, b, y, dy, da, accumulate);
        Elementwise.BackwardB(op, a, b, y, dy, db, accumulate);
        Bits.AssertSame<T>(expectedY, y, what);
        Bits.AssertSame<T>(expectedA, da, what + ", dA");
        Bits.AssertSame<T>(expectedB, db, what + ", dB");

        static Lanes1<T> At(T[] operand, int i) => new(operand[i % operand.Length]);

        void Plain(T[] gradient, Func<int, T> slope)
        {
            if (gradient.Length == 1 && n > 1)
            {
                T total = ReduceTests.InLanes<T>(n, (sum, i) => T.FusedMultiplyAdd(dy[i], slope(i), sum));
                gradient[0] = accumulate ? gradient[0] + total : total;
                return;
            }
            if (!accumulate && n == 0) Array.Clear(gradient);
            for (int i = 0; i < n; i++)
            {
                ref T sum = ref gradient[i % gradient.Length];
                sum = accumulate || i >= gradient.Length ? T.FusedMultiplyAdd(dy[i], slope(i), sum) : dy[i] * slope(i);
            }
        }
    }
}
