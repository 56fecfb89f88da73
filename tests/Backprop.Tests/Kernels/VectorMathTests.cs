using System.Numerics;
using System.Text.Json;
using Backprop.Kernels;

namespace Backprop.Tests.Kernels;

public class VectorMathTests
{
    private const double Inf = double.PositiveInfinity, NaN = double.NaN;

    public static TheoryData<string> Functions => ["exp", "log", "tanh", "sigmoid", "expm1", "erf", "power 1.7", "power -0.3", "power 20", "power 1000.5"];

    [Theory, MemberData(nameof(Functions))]
    public void Double_is_within_2_ulp_of_the_true_value(string function)
    {
        using var golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "vector-math.json")));
        foreach (var entry in golden.RootElement.GetProperty(function).EnumerateArray())
        {
            double x = entry[0].GetDouble(), y = Scalar(function, x);
            if (entry[1].ValueKind == JsonValueKind.String)
            {
                Assert.Equal(Inf, y);
                continue;
            }
            double nearest = entry[1].GetDouble(), unit = Math.BitIncrement(Math.Abs(nearest)) - Math.Abs(nearest);
            double error = Math.Abs((y - nearest) / unit - entry[2].GetDouble());
            Assert.True(error <= 2, $"{function}({x:R}) = {y:R}, {error:F2} ulp from the true value");
        }
    }

    // Every 21,473th of all floats: 200,000 of them over all magnitudes. tools/accuracy.cs takes them all.
    [Theory, MemberData(nameof(Functions))]
    public void Float_is_within_2_ulp_of_the_true_value(string function)
    {
        for (uint bits = 0; bits <= uint.MaxValue - 21473; bits += 21473)
        {
            float x = BitConverter.UInt32BitsToSingle(bits), y = Scalar(function, x);
            double truth = Exact(function, x);
            if (y.Equals((float)truth)) continue;
            Assert.False(float.IsNaN(y) || double.IsNaN(truth), $"{function}({x:R}) = {y:R} instead of {truth:R}");
            double limit = Math.ScaleB(1, 128), found = float.IsInfinity(y) ? Math.CopySign(limit, y) : y;
            int exponent = truth == 0 ? -126 : Math.Clamp(Math.ILogB(truth), -126, 127);
            double error = Math.Abs(found - Math.Clamp(truth, -limit, limit)) / Math.ScaleB(1, exponent - 23);
            Assert.True(error <= 2, $"{function}({x:R}) = {y:R}, {error:F2} ulp from {truth:R}");
        }
    }

    [Theory, MemberData(nameof(Functions))]
    public void Every_width_gives_the_bits_of_single_numbers(string function)
    {
        EveryWidth<float>(function);
        EveryWidth<double>(function);
    }

    [Fact]
    public void Every_operation_of_lanes_gives_the_same_bits_at_every_width()
    {
        EveryWidth<float>("lanes");
        EveryWidth<double>("lanes");
    }

    // The committed numbers hold the bits equal between machines, runtimes and switched-off instructions.
    [Theory]
    [InlineData("exp", "8f0bc99dbf7bad11 482f18541ce9b16f")]
    [InlineData("log", "2cd13ffe06f7092b fa0b1ceac17be08e")]
    [InlineData("tanh", "8ee9e7e496f5fe08 ea0669958570c79f")]
    [InlineData("sigmoid", "33f5c391c8bd7d3a 0dcd01708c84bc8f")]
    [InlineData("expm1", "a497bd01923fa1fb 95d8d2ad16e9b433")]
    [InlineData("erf", "f9d32af47ff88314 cf1da1a8d6865b5e")]
    [InlineData("power 1.7", "2abb5f81a89625e3 61c68137acbe883c")]
    [InlineData("power -0.3", "fe38b37ed6144625 faf29c4c7e76a234")]
    [InlineData("lanes", "94dfa01160f3c0dc bc2b076d5abeba73")]
    public void The_bits_are_those_of_every_other_machine(string function, string hashes) => Assert.Equal(
        hashes, $"{Bits.Hash<float>(Mapped(function, Samples<float>())):x16} {Bits.Hash<double>(Mapped(function, Samples<double>())):x16}");

    [Theory]
    [InlineData("exp", 0, 1), InlineData("exp", Inf, Inf), InlineData("exp", -Inf, 0), InlineData("exp", NaN, NaN), InlineData("exp", 1e30, Inf), InlineData("exp", -1e30, 0)]
    [InlineData("log", 1, 0), InlineData("log", 0, -Inf), InlineData("log", -0.0, -Inf), InlineData("log", Inf, Inf), InlineData("log", -1e-30, NaN), InlineData("log", -Inf, NaN), InlineData("log", NaN, NaN)]
    [InlineData("tanh", 0, 0), InlineData("tanh", -0.0, -0.0), InlineData("tanh", Inf, 1), InlineData("tanh", -Inf, -1), InlineData("tanh", 30, 1), InlineData("tanh", -1e30, -1), InlineData("tanh", NaN, NaN)]
    [InlineData("sigmoid", 0, 0.5), InlineData("sigmoid", Inf, 1), InlineData("sigmoid", -Inf, 0), InlineData("sigmoid", 1e30, 1), InlineData("sigmoid", -1e30, 0), InlineData("sigmoid", NaN, NaN)]
    [InlineData("expm1", 0, 0), InlineData("expm1", Inf, Inf), InlineData("expm1", -Inf, -1), InlineData("expm1", NaN, NaN), InlineData("expm1", 1e30, Inf), InlineData("expm1", -1e30, -1), InlineData("expm1", 1e-35, 1e-35)]
    [InlineData("erf", 0, 0), InlineData("erf", -0.0, -0.0), InlineData("erf", Inf, 1), InlineData("erf", -Inf, -1), InlineData("erf", 30, 1), InlineData("erf", -1e30, -1), InlineData("erf", NaN, NaN)]
    public void Limits_are_right_and_NaN_passes(string function, double x, double y)
    {
        Assert.Equal(Bits.Of(y), Bits.Of(Scalar(function, x)));
        Assert.Equal(Bits.Of((float)y), Bits.Of(Scalar(function, (float)x)));
    }

    [Theory]
    [InlineData(2, 10, 1024), InlineData(-2, 9, -512), InlineData(-2, -9, -1.0 / 512), InlineData(-2, 0.3, NaN), InlineData(-2, -0.3, NaN), InlineData(-8, 1.0 / 3, NaN)]
    [InlineData(0, 0.3, 0), InlineData(-0.0, 0.3, 0), InlineData(0, -0.3, Inf), InlineData(-0.0, -9, -Inf), InlineData(-0.0, 9, -0.0), InlineData(0, 0, 1), InlineData(NaN, 0, 1)]
    [InlineData(Inf, 0.3, Inf), InlineData(Inf, -0.3, 0), InlineData(-Inf, 9, -Inf), InlineData(-Inf, -9, -0.0), InlineData(-Inf, 10, Inf), InlineData(-Inf, 0.3, Inf), InlineData(-Inf, -0.3, 0), InlineData(NaN, 0.3, NaN)]
    [InlineData(1, 1e30, 1), InlineData(-1, 1e30, 1), InlineData(1.5, 1e30, Inf), InlineData(0.5, 1e30, 0), InlineData(0.5, -1e30, Inf)]
    [InlineData(1.5, Inf, Inf), InlineData(0.5, Inf, 0), InlineData(-1, Inf, 1), InlineData(0.5, -Inf, Inf), InlineData(1, NaN, 1), InlineData(2, NaN, NaN), InlineData(NaN, Inf, NaN)]
    [InlineData(4, 0.5, 2), InlineData(4, -0.5, 0.5), InlineData(-4, 0.5, NaN)]
    public void Powers_have_the_limits_of_the_field(double x, double exponent, double y)
    {
        Assert.Equal(Bits.Of(y), Bits.Of(VectorMath.Power(x, exponent)));
        Assert.Equal(Bits.Of((float)y), Bits.Of(VectorMath.Power((float)x, (float)exponent)));
    }

    [Theory]
    [InlineData(0.1), InlineData(-1.7), InlineData(123.4)]
    public void Small_whole_powers_are_products(double x)
    {
        double square = x * x, fourth = square * square;
        double[] products = [1, x, square, x * square, fourth, x * fourth, square * fourth, x * square * fourth, fourth * fourth];
        for (int exponent = 0; exponent <= 8; exponent++)
        {
            Assert.Equal(products[exponent], VectorMath.Power(x, exponent));
            Assert.Equal(1 / products[exponent], VectorMath.Power(x, -exponent));
        }
    }

    private static T Scalar<T>(string function, T x) where T : unmanaged, IFloatingPointIeee754<T> => function switch
    {
        "exp" => VectorMath.Exp(x),
        "log" => VectorMath.Log(x),
        "tanh" => VectorMath.Tanh(x),
        "sigmoid" => VectorMath.Sigmoid(x),
        "expm1" => VectorMath.ExpMinusOne(x),
        "erf" => VectorMath.Erf(x),
        "lanes" => new EveryLaneOperation().Value(new Lanes1<T>(x)).Value,
        _ => VectorMath.Power(x, T.CreateTruncating(Exponent(function))),
    };

    private static double Exact(string function, double x) => function switch
    {
        "exp" => Math.Exp(x),
        "log" => Math.Log(x),
        "tanh" => Math.Tanh(x),
        "sigmoid" => x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-x)),
        "expm1" => ExactExpMinusOne(x),
        "erf" => ExactErf(x),
        _ => Math.Pow(x, (float)Exponent(function)),
    };

    /// <summary>By its series near 0, where the difference loses digits.</summary>
    private static double ExactExpMinusOne(double x) =>
        Math.Abs(x) > 1e-3 ? Math.Exp(x) - 1 : x * (1 + x / 2 * (1 + x / 3 * (1 + x / 4 * (1 + x / 5))));

    /// <summary>Its series up to 1.5, beyond it 1 less the continued fraction of the complement.</summary>
    private static double ExactErf(double x)
    {
        double size = Math.Abs(x), square = x * x, sum = 0;
        if (double.IsNaN(x)) return x;
        if (size > 1.5)
        {
            for (int k = 60; k > 0; k--) sum = k / 2.0 / (size + sum);
            return Math.Sign(x) * (1 - Math.Exp(-square) / (Math.Sqrt(Math.PI) * (size + sum)));
        }
        for (int k = 40; k > 0; k--) sum = 2 * square / (2 * k + 1) * (1 + sum);
        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-square) * x * (1 + sum);
    }

    private static T[] Mapped<T>(string function, T[] x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var y = new T[x.Length];
        switch (function)
        {
            case "exp": Elementwise.Map(new ExpOf(), x, y); break;
            case "log": Elementwise.Map(new LogOf(), x, y); break;
            case "tanh": Elementwise.Map(new TanhOf(), x, y); break;
            case "sigmoid": Elementwise.Map(new SigmoidOf(), x, y); break;
            case "expm1": Elementwise.Map(new ExpMinusOneOf(), x, y); break;
            case "erf": Elementwise.Map(new ErfOf(), x, y); break;
            case "lanes": Elementwise.Map(new EveryLaneOperation(), x, y); break;
            default: Elementwise.Map(new PowerOf(Exponent(function)), x, y); break;
        }
        return y;
    }

    private static double Exponent(string function) => double.Parse(function.AsSpan(6), System.Globalization.CultureInfo.InvariantCulture);

    private static void EveryWidth<T>(string function) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] x = Samples<T>();
        T[] expected = [.. x.Select(value => Scalar(function, value))];
        Bits.AssertSame<T>(expected, Mapped(function, x), $"{function}, this machine's widest");
        Bits.AssertSame<T>(expected, InLanes<Lanes128<T>>(), $"{function}, 128 bits");
        Bits.AssertSame<T>(expected, InLanes<Lanes256<T>>(), $"{function}, 256 bits");
        Bits.AssertSame<T>(expected, InLanes<Lanes512<T>>(), $"{function}, 512 bits");

        T[] InLanes<V>() where V : struct, ILanes<V, T>
        {
            var y = new T[x.Length];
            for (nuint i = 0; i < (nuint)x.Length; i += (nuint)V.Count)
            {
                V v = V.Load(ref x[0], i);
                V result = function switch
                {
                    "exp" => VectorMath.Exp(v),
                    "log" => VectorMath.Log(v),
                    "tanh" => VectorMath.Tanh(v),
                    "sigmoid" => VectorMath.Sigmoid(v),
                    "expm1" => VectorMath.ExpMinusOne(v),
                    "erf" => VectorMath.Erf(v),
                    "lanes" => new EveryLaneOperation().Value(v),
                    _ => VectorMath.Power(v, Exponent(function)),
                };
                result.Store(ref y[0], i);
            }
            return y;
        }
    }

    // 4,096 numbers by formula: half of all bit patterns in equal steps, half between −100 and 100, the odd ones among them.
    private static T[] Samples<T>() where T : unmanaged, IFloatingPointIeee754<T>
    {
        var x = new T[4096];
        for (int i = 0; i < 2048; i++)
        {
            ulong bits = (ulong)i << 53 | (ulong)i * 1234567;
            x[2 * i] = typeof(T) == typeof(float)
                ? T.CreateTruncating(BitConverter.UInt32BitsToSingle((uint)(bits >> 32)))
                : T.CreateTruncating(BitConverter.UInt64BitsToDouble(bits));
            x[2 * i + 1] = T.CreateTruncating((i - 1024) * 0.09765625);
        }
        return x;
    }
}
