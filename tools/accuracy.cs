#:project ../src/Backprop/Backprop.csproj
#:property AssemblyName=accuracy

// The largest error of the library's own exp, log, tanh, sigmoid, erf and power over every float that there is (2³², some minutes each),
// against double. `dotnet run tools/accuracy.cs` runs all; `dotnet run tools/accuracy.cs -- tanh 101` only every 101st float of one;
// `dotnet run tools/accuracy.cs -- FILE.json` takes doubles from a file of tools/golden/vector_math.py.

using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Backprop.Kernels;

if (args is [string file] && file.EndsWith(".json", StringComparison.Ordinal))
{
    Doubles(file);
    return;
}
string only = args.Length > 0 ? args[0] : "";
uint step = args.Length > 1 ? uint.Parse(args[1], CultureInfo.InvariantCulture) : 1;
Measure("exp", new Exp(), Math.Exp);
Measure("log", new Log(), Math.Log);
Measure("tanh", new Tanh(), Math.Tanh);
Measure("sigmoid", new Sigmoid(), x => x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-x)));
Measure("expm1", new ExpMinusOne(), ExactExpMinusOne);
Measure("erf", new Erf(), ExactErf);
Measure("power", new Power(1.7), x => Math.Pow(x, 1.7f));
Measure("power-", new Power(-20), x => Math.Pow(x, -20));

void Measure<TOp>(string name, TOp op, Func<double, double> exact) where TOp : struct, IUnary
{
    if (only != "" && name != only) return;
    var clock = Stopwatch.StartNew();
    float[] x = new float[1 << 16], y = new float[1 << 16];
    double worst = 0;
    float worstAt = 0;
    long wrong = 0;
    for (ulong next = 0; next <= uint.MaxValue;)
    {
        for (int i = 0; i < x.Length; i++, next += step) x[i] = BitConverter.UInt32BitsToSingle((uint)Math.Min(next, uint.MaxValue));
        Elementwise.Map(op, x, y);
        for (int i = 0; i < x.Length; i++)
        {
            double truth = exact(x[i]);
            if (y[i].Equals((float)truth)) continue;   // the nearest float, infinities and NaN included
            double error = Ulps(y[i], truth);
            if (double.IsNaN(error)) wrong++;
            else if (error > worst) (worst, worstAt) = (error, x[i]);
        }
    }
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{name,-8} worst {worst:F3} ulp at {worstAt:R}   NaN or infinity in the wrong place: {wrong}   ({clock.Elapsed.TotalSeconds:F0} s)"));
}

static void Doubles(string file)
{
    foreach (var function in JsonDocument.Parse(File.ReadAllText(file)).RootElement.EnumerateObject())
    {
        double worst = 0, worstAt = 0;
        foreach (var entry in function.Value.EnumerateArray())
        {
            if (entry[1].ValueKind == JsonValueKind.String) continue;
            double x = entry[0].GetDouble(), nearest = entry[1].GetDouble(), y = function.Name switch
            {
                "exp" => VectorMath.Exp(x),
                "log" => VectorMath.Log(x),
                "tanh" => VectorMath.Tanh(x),
                "sigmoid" => VectorMath.Sigmoid(x),
                "expm1" => VectorMath.ExpMinusOne(x),
                "erf" => VectorMath.Erf(x),
                _ => VectorMath.Power(x, double.Parse(function.Name.AsSpan(6), CultureInfo.InvariantCulture)),
            };
            double error = Math.Abs((y - nearest) / (Math.BitIncrement(Math.Abs(nearest)) - Math.Abs(nearest)) - entry[2].GetDouble());
            if (!(error <= worst)) (worst, worstAt) = (error, x);
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{function.Name,-13} worst {worst:F3} ulp at {worstAt:R}"));
    }
}

// By its series near 0, where the difference loses digits.
static double ExactExpMinusOne(double x) =>
    Math.Abs(x) > 1e-3 ? Math.Exp(x) - 1 : x * (1 + x / 2 * (1 + x / 3 * (1 + x / 4 * (1 + x / 5))));

// Its series up to 1.5, beyond it 1 less the continued fraction of the complement.
static double ExactErf(double x)
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

// The distance in units of the last place that a float has at the true value.
static double Ulps(float y, double truth)
{
    if (float.IsNaN(y) || double.IsNaN(truth)) return double.NaN;
    double limit = Math.ScaleB(1, 128);
    double found = float.IsInfinity(y) ? Math.CopySign(limit, y) : y;
    int exponent = truth == 0 ? -126 : Math.Clamp(Math.ILogB(truth), -126, 127);
    return Math.Abs(found - Math.Clamp(truth, -limit, limit)) / Math.ScaleB(1, exponent - 23);
}

internal readonly struct Exp : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V>(V x) where V : struct, ILanes<V> => VectorMath.Exp(x);

    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => throw new NotSupportedException();
}

internal readonly struct Log : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V>(V x) where V : struct, ILanes<V> => VectorMath.Log(x);

    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => throw new NotSupportedException();
}

internal readonly struct Tanh : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V>(V x) where V : struct, ILanes<V> => VectorMath.Tanh(x);

    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => throw new NotSupportedException();
}

internal readonly struct Sigmoid : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V>(V x) where V : struct, ILanes<V> => VectorMath.Sigmoid(x);

    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => throw new NotSupportedException();
}

internal readonly struct ExpMinusOne : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V>(V x) where V : struct, ILanes<V> => VectorMath.ExpMinusOne(x);

    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => throw new NotSupportedException();
}

internal readonly struct Erf : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V>(V x) where V : struct, ILanes<V> => VectorMath.Erf(x);

    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => throw new NotSupportedException();
}

internal readonly struct Power(double exponent) : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V>(V x) where V : struct, ILanes<V> => VectorMath.Power(x, exponent);

    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => throw new NotSupportedException();
}
