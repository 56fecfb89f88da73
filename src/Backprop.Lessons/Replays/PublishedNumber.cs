using System.Globalization;
using System.Numerics;

namespace Backprop.Lessons.Replays;

/// <summary>A number as it was printed, which says how exactly it is meant: to half a unit of its last digit.</summary>
/// <remarks>0.50 means 0.495 to 0.505, 1e-3 means 0.0005 to 0.0015. The comparison is exact: no rounding of its own decides.</remarks>
public sealed class PublishedNumber
{
    private readonly BigInteger digits;
    private readonly int exponent;

    /// <summary>Reads a number as it was printed: <c>0.50</c>, <c>-12</c>, <c>3.5084786e-05</c>.</summary>
    /// <exception cref="FormatException">It is no number.</exception>
    public PublishedNumber(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int end = text.AsSpan().IndexOfAny('e', 'E');
        string mantissa = end < 0 ? text : text[..end];
        int point = mantissa.IndexOf('.', StringComparison.Ordinal);
        Decimals = point < 0 ? 0 : mantissa.Length - point - 1;
        string plain = point < 0 ? mantissa : mantissa.Remove(point, 1);
        int power = 0;
        if (!BigInteger.TryParse(plain, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out digits)
            || (end >= 0 && !int.TryParse(text.AsSpan(end + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out power))
            || Math.Abs(power) > 400)
            throw new FormatException($"'{text}' is no number as one prints it.");
        Text = text;
        exponent = power - Decimals;
        Value = double.Parse(text, CultureInfo.InvariantCulture);
    }

    /// <summary>The number as it was printed.</summary>
    public string Text { get; }

    /// <summary>The double nearest to it.</summary>
    public double Value { get; }

    /// <summary>The digits behind the point, before an exponent.</summary>
    public int Decimals { get; }

    /// <summary>Whether a number lies within half a unit of the last printed digit; one that is not finite does not.</summary>
    public bool Agrees(double number)
    {
        if (!double.IsFinite(number)) return false;
        long bits = BitConverter.DoubleToInt64Bits(number);
        int power = (int)(bits >> 52 & 0x7FF);
        BigInteger significand = bits & 0xFFFFFFFFFFFFF | (power > 0 ? 1L << 52 : 0);
        if (number < 0) significand = -significand;
        power = Math.Max(power, 1) - 1075;
        // |significand·2^power − digits·10^exponent| ≤ 10^exponent / 2, doubled and without fractions.
        BigInteger unit = BigInteger.Pow(10, Math.Max(exponent, 0)) << Math.Max(-power, 0);
        BigInteger ours = significand * BigInteger.Pow(10, Math.Max(-exponent, 0)) << Math.Max(power, 0);
        return BigInteger.Abs(2 * (ours - digits * unit)) <= unit;
    }

    /// <summary>The number as it was printed.</summary>
    public override string ToString() => Text;
}
