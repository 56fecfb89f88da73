using System.Globalization;
using System.Numerics;

namespace Backprop.Explaining;

/// <summary>How a number is written for a reader: six significant digits, an exponent only below 10⁻⁴ or from 10⁶, a real minus sign.</summary>
public static class NumberText
{
    /// <summary>Writes a number: <c>0.162435</c>, <c>−1.5e-7</c>, <c>12</c>, <c>NaN</c>, <c>∞</c>.</summary>
    public static string Of<T>(T value) where T : unmanaged, IFloatingPointIeee754<T>
    {
        double number = double.CreateChecked(value);
        if (double.IsNaN(number)) return "NaN";
        if (double.IsInfinity(number)) return number > 0 ? "∞" : "−∞";
        if (number == 0) return "0";
        double size = Math.Abs(number);
        string text = size < 1e-4 || RoundsToMillion(size)
            ? number.ToString("0.#####e+0", CultureInfo.InvariantCulture).Replace("e+", "e", StringComparison.Ordinal)
            : number.ToString("G6", CultureInfo.InvariantCulture);
        return text.Replace('-', '−').Replace("e−", "e-", StringComparison.Ordinal);
    }

    /// <summary>Writes a number that stands behind an operator: a negative one in parentheses.</summary>
    public static string Operand<T>(T value) where T : unmanaged, IFloatingPointIeee754<T> =>
        T.IsNegative(value) && value != T.Zero ? $"({Of(value)})" : Of(value);

    /// <summary>The part of a number's text before its point, for aligning the points of a column.</summary>
    internal static int BeforePoint(string text)
    {
        int end = text.AsSpan().IndexOfAny('.', 'e');
        return end < 0 ? text.Length : end;
    }

    private static bool RoundsToMillion(double size) => size >= 999999.5;
}
