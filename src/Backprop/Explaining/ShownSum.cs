using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Backprop.Explaining;

/// <summary>Whether terms, rounded as they are shown, add up to their sum as it is shown.</summary>
public static partial class ShownSum
{
    /// <summary>What the terms as shown add up to, where that is not the sum as shown; null where it is, or where it cannot be told.</summary>
    /// <param name="terms">The terms as they are shown: numbers, or products of numbers like <c>0.5·(−0.1)</c>.</param>
    /// <param name="sum">Their sum.</param>
    /// <param name="digits">The significant digits that are shown, 1 to 17.</param>
    public static string? Other<T>(IReadOnlyCollection<string> terms, T sum, int digits = 6) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(terms);
        if (terms.Count < 2) return null;
        decimal shown = 0;
        foreach (string term in terms)
        {
            if (Product(term) is not { } value) return null;
            shown += value;
        }
        string written = NumberText.Of(sum, digits);
        if (Number(written) is not { } whole) return null;
        // A sum that is written with fewer digits is exact: what is compared with it has all of its own.
        bool exact = written.Split('e')[0].Trim('−', '0', '.').Count(char.IsAsciiDigit) < digits;
        decimal measure = exact ? shown : whole;
        int decimals = measure == 0 ? MostDecimals : digits - 1 - Exponent(decimal.Abs(measure));
        if (decimals is < 0 or > MostDecimals || decimal.Round(shown, decimals) == whole) return null;
        return NumberText.Of((double)decimal.Round(shown, decimals), digits);
    }

    /// <summary>The same for an entry worked out, <c>0.5·0.3 + 0.1·(−0.5)</c>: where it is a sum of products, and all of them are shown.</summary>
    /// <param name="numbers">The right-hand side with the numbers put in.</param>
    /// <param name="sum">Its result.</param>
    /// <param name="digits">The significant digits that are shown, 1 to 17.</param>
    public static string? Other<T>(string numbers, T sum, int digits = 6) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(numbers);
        return Other(numbers.Replace(" − ", " + −", StringComparison.Ordinal).Split(" + "), sum, digits);
    }

    private const int MostDecimals = 24;

    /// <summary>The power of ten of a number's first digit.</summary>
    private static int Exponent(decimal size)
    {
        int exponent = 0;
        for (; size >= 10; size /= 10) exponent++;
        for (; size < 1; size *= 10) exponent--;
        return exponent;
    }

    private static decimal? Product(string term)
    {
        decimal product = 1;
        foreach (string factor in term.Split('·', StringSplitOptions.TrimEntries))
        {
            if (Number(factor) is not { } value) return null;
            try
            {
                product *= value;
            }
            catch (OverflowException)
            {
                return null;
            }
        }
        return product;
    }

    private static decimal? Number(string text)
    {
        if (Shown().Match(text) is not { Success: true } match) return null;
        string number = match.Groups["number"].Value.Replace('−', '-');
        if (!decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value)) return null;
        return match.Groups["minus"].Length > 0 ? -value : value;
    }

    /// <summary>A number as it is written behind an operator: in parentheses where it is negative, with a minus in front where it is taken away.</summary>
    [GeneratedRegex(@"^(?<minus>−?)(\((?<number>−[0-9.]+(e-?[0-9]+)?)\)|(?<number>[0-9.]+(e-?[0-9]+)?))$", RegexOptions.ExplicitCapture)]
    private static partial Regex Shown();
}
