using System.Globalization;
using System.Numerics;

namespace Backprop.Optimizers;

/// <summary>The checks of the numbers that an optimizer or a schedule is built with; each gives the number back.</summary>
internal static class Setting
{
    /// <summary>0 up to but not including 1: what stays of a running mean.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static double Share(string of, string name, double value, double usual) =>
        value is >= 0 and < 1 ? value : throw Refused(of, name, value, "it is 0 up to but not including 1", usual);

    /// <summary>A finite number above 0 that T can hold.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static double AboveZero<T>(string of, string name, double value, double usual) where T : IFloatingPointIeee754<T> =>
        double.IsFinite(value) && T.CreateTruncating(value) > T.Zero ? value : throw Refused(of, name, value, "it is a finite number above 0", usual);

    /// <summary>0 or more, and finite.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static double NotNegative(string of, string name, double value, double usual) =>
        value >= 0 && double.IsFinite(value) ? value : throw Refused(of, name, value, "it is 0 (none) or a finite number above it", usual);

    /// <summary>Above 0 up to 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static double Fraction(string of, string name, double value, double usual) =>
        value is > 0 and <= 1 ? value : throw Refused(of, name, value, "it is above 0 up to 1", usual);

    /// <summary>0 to 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static double FractionOrNone(string of, string name, double value, double usual) =>
        value is >= 0 and <= 1 ? value : throw Refused(of, name, value, "it is 0 to 1", usual);

    /// <summary>1 or more, and finite.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static double OneOrMore(string of, string name, double value, double usual) =>
        value >= 1 && double.IsFinite(value) ? value : throw Refused(of, name, value, "it is a finite number from 1 on", usual);

    private static ArgumentOutOfRangeException Refused(string of, string name, double value, string needed, double usual) =>
        new(name, string.Create(CultureInfo.InvariantCulture, $"{of}: {name} {value} came; {needed}, usually {usual}."));
}
