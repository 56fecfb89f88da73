using System.Globalization;
using System.Text.RegularExpressions;

namespace Backprop.Lessons.Worksheets;

/// <summary>A number as somebody has typed it, with as many digits as they have worked out.</summary>
/// <param name="Value">The number.</param>
/// <param name="Unit">What one more in its last digit adds: 0.01 for 0.38.</param>
public sealed partial record TypedNumber(double Value, double Unit)
{
    /// <summary>What sums of rounded products may differ by, relative to the number.</summary>
    private const double Tolerance = 1e-9;

    /// <summary>What working with six digits may do to an outcome, relative to it.</summary>
    private const double Slack = 3e-5;

    /// <summary>What is as good as 0.</summary>
    private const double Exactness = 1e-12;

    /// <summary>How many times farther off than what a slip is allowed the right number must lie.</summary>
    private const double Clearly = 3;

    /// <summary>A whole number of one digit says nothing of how far it was worked out.</summary>
    private bool IsShort => Unit == 1 && Math.Abs(Value) < 10;

    /// <summary>Reads a number: <c>0.38</c>, <c>−0,38</c>, <c>1.5e-3</c>. Minus may be − or -, the decimal point may be a comma; signs between thousands are none.</summary>
    /// <returns>null where it is no number.</returns>
    public static TypedNumber? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string plain = text.Trim().Replace('−', '-').Replace(',', '.');
        if (Form().Match(plain) is not { Success: true } match) return null;
        if (!double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value)) return null;
        int exponent = match.Groups["exponent"].Success ? int.Parse(match.Groups["exponent"].ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0;
        return new TypedNumber(value, Math.Pow(10, exponent - match.Groups["decimals"].Length));
    }

    /// <summary>Whether it is another number rounded to its digits: within half a unit. A whole number of one digit is taken as exact.</summary>
    public bool Stands(double number) =>
        Math.Abs(number - Value) <= (IsShort ? 0 : Unit / 2) + Tolerance * Math.Max(Math.Abs(number), IsShort ? 1 : Unit);

    /// <summary>Whether it lies within one unit of the last of so many decimals from a number, or from what that is when it is rounded to them.</summary>
    public bool IsWithin(double number, int decimals) =>
        Math.Min(Math.Abs(number - Value), Math.Abs(Math.Round(number, decimals) - Value)) <= Math.Pow(10, -decimals) * (1 + 1e-6);

    /// <summary>Whether it is so near to the outcome of a slip that it may come from it, worked out with rounded numbers: to its digits where it has few of them.
    /// A whole number of one digit is taken as exact.</summary>
    internal bool MayBe(double number) => Math.Abs(number - Value) <= Exactness + LeewayAt(number);

    /// <summary>Whether it tells that a number came out in place of the right one: it may be that number, which is clearly another one to its digits, and it has
    /// at least two of them. With one digit nearly anything would fit; and 0, to however many digits it is written, comes from nothing but 0.</summary>
    internal bool Tells(double number, double right) =>
        (Value == 0 ? Math.Abs(number) <= Exactness : Digits >= 2 && MayBe(number)) && Math.Abs(right - number) > Exactness + Clearly * LeewayAt(number);

    /// <summary>How many digits it has from the first that is not 0.</summary>
    private int Digits => Value == 0 ? 0 : 1 + (int)Math.Floor(Math.Log10(Math.Abs(Value) / Unit * (1 + Tolerance)));

    private double LeewayAt(double number) => (1 + 1e-6) * Math.Max(IsShort ? 0 : Digits < 3 ? Unit / 2 : Unit, Slack * Math.Abs(number));

    /// <summary>With the other sign.</summary>
    internal TypedNumber Negated => this with { Value = -Value };

    [GeneratedRegex(@"^[+-]?(\d+(\.(?<decimals>\d*))?|\.(?<decimals>\d+))([eE](?<exponent>[+-]?\d{1,4}))?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
