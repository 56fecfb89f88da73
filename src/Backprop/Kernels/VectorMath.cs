using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Kernels;

/// <summary>
/// exp, log, tanh, sigmoid, erf and power, the library's own: at most 2 ulp from the true value for every float and double, and the
/// same bits at every vector width and on every machine. Each is one formula over <see cref="ILanes{V}"/>; here are their doors for
/// single numbers (<c>in</c> sets their signatures apart, so that <c>VectorMath.Exp(x)</c> reads the same for a number and for lanes).
/// The polynomials come from <c>tools/coefficients/vector_math.py</c>.
/// </summary>
internal static partial class VectorMath
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    public static T Exp<T>(in T x) where T : unmanaged, IFloatingPointIeee754<T> => Exp(new Lanes1<T>(x)).Value;

    public static T Log<T>(in T x) where T : unmanaged, IFloatingPointIeee754<T> => Log(new Lanes1<T>(x)).Value;

    /// <summary>The double nearest to log x for a positive finite x, but for one case in thousands.</summary>
    public static double LogNearest(double x) => LogInTwo(new Lanes1<double>(x), out _).Value;

    public static T Tanh<T>(in T x) where T : unmanaged, IFloatingPointIeee754<T> => Tanh(new Lanes1<T>(x)).Value;

    public static T Sigmoid<T>(in T x) where T : unmanaged, IFloatingPointIeee754<T> => Sigmoid(new Lanes1<T>(x)).Value;

    public static T Erf<T>(in T x) where T : unmanaged, IFloatingPointIeee754<T> => Erf(new Lanes1<T>(x)).Value;

    public static T ExpMinusOne<T>(in T x) where T : unmanaged, IFloatingPointIeee754<T> => ExpMinusOne(new Lanes1<T>(x)).Value;

    public static T Power<T>(in T x, T exponent) where T : unmanaged, IFloatingPointIeee754<T> =>
        Power(new Lanes1<T>(x), double.CreateTruncating(exponent)).Value;

    /// <summary>The bits of x's sign alone.</summary>
    [MethodImpl(Inline)]
    private static V SignOf<V>(V x) where V : struct, ILanes<V> => x & V.AllBits(long.MinValue, int.MinValue);

    [MethodImpl(Inline)]
    private static V Infinity<V>() where V : struct, ILanes<V> => V.All(double.PositiveInfinity);
}
