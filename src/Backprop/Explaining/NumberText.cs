using System.Globalization;
using System.Numerics;

namespace Backprop.Explaining;

/// <summary>How a number is written for a reader: six significant digits, an exponent only below 10⁻⁴ or from 10⁶, a real minus sign.</summary>
public static class NumberText
{
    /// <summary>The most digits that are written: as many tell every double from its neighbours.</summary>
    public const int MostDigits = 17;

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

    /// <summary>Writes a number with so many significant digits: a rounded one keeps its trailing zeros (<c>0.561370</c>), one that has
    /// no more digits than these is written as it is (<c>0.05</c>).</summary>
    /// <param name="value">The number.</param>
    /// <param name="digits">1 to 17.</param>
    public static string Of<T>(T value, int digits) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(digits, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(digits, MostDigits);
        if (!T.IsFinite(value) || value == T.Zero) return Of(value);
        string rounded = value.ToString($"E{digits - 1}", CultureInfo.InvariantCulture);
        // What lies in the last bits (0.1 + 0.2) does not make a number one with more digits.
        int precise = Math.Max(digits, typeof(T) == typeof(float) ? 7 : 15);
        string precisely = value.ToString($"E{precise - 1}", CultureInfo.InvariantCulture);
        bool exact = precisely[..precisely.IndexOf('E', StringComparison.Ordinal)].TrimEnd('0').Count(char.IsAsciiDigit) <= digits;
        int end = rounded.IndexOf('E', StringComparison.Ordinal), exponent = int.Parse(rounded.AsSpan(end + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        string sign = T.IsNegative(value) ? "−" : "", all = rounded[sign.Length..end].Replace(".", "", StringComparison.Ordinal);
        string shown = exact ? all.TrimEnd('0') : all;
        return sign + (exponent < -4 || exponent >= Math.Max(digits, 6) ? $"{WithPoint(shown, 1)}e{exponent}"
            : exponent < 0 ? $"0.{new string('0', -exponent - 1)}{shown}" : WithPoint(shown.PadRight(exponent + 1, '0'), exponent + 1));
    }

    /// <summary>The same for a number that stands behind an operator: a negative one in parentheses.</summary>
    /// <param name="value">The number.</param>
    /// <param name="digits">1 to 17.</param>
    public static string Operand<T>(T value, int digits) where T : unmanaged, IFloatingPointIeee754<T> =>
        T.IsNegative(value) && value != T.Zero ? $"({Of(value, digits)})" : Of(value, digits);

    /// <summary>The part of a number's text before its point, for aligning the points of a column.</summary>
    internal static int BeforePoint(string text)
    {
        int end = text.AsSpan().IndexOfAny('.', 'e');
        return end < 0 ? text.Length : end;
    }

    private static string WithPoint(string digits, int before) => digits.Length > before ? $"{digits[..before]}.{digits[before..]}" : digits;

    private static bool RoundsToMillion(double size) => size >= 999999.5;
}
