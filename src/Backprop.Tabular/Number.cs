using System.Globalization;

namespace Backprop.Tabular;

/// <summary>What counts as a number in a cell: decimal digits with a point and an exponent, as in every country; finite in float.</summary>
internal static class Number
{
    /// <summary>Reads a cell as a number.</summary>
    /// <remarks>The words NaN and Infinity are text here, and so is what float cannot hold: training on them would stop at once.</remarks>
    public static bool TryParse(string cell, out double number) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && float.IsFinite((float)number);

    /// <summary>Whether a cell says in a word that there is no number.</summary>
    public static bool IsMissing(string cell) => cell.Length <= 4 && MissingWords.Contains(cell);

    /// <summary>What a cell needs that is no number; a comma is the usual reason.</summary>
    public static string Needed(string cell) => HasComma(cell)
        ? "a number with a decimal point and without separators of thousands is needed, as in 1234.5" : "a number is needed";

    /// <summary>Whether a cell would be a number if it had no comma: 1,5 or 1.000,5 or 1,000.</summary>
    public static bool HasComma(string cell) => cell.Contains(',', StringComparison.Ordinal)
        && cell.All(letter => char.IsAsciiDigit(letter) || letter is ',' or '.' or '+' or '-' or 'e' or 'E') && cell.Any(char.IsAsciiDigit);

    private static readonly HashSet<string> MissingWords = new(StringComparer.OrdinalIgnoreCase) { "NA", "N/A", "NaN", "null", "?" };

    /// <summary>Writes a number as the name of a class: 1, 1.0 and 1e0 are one class, "1".</summary>
    public static string Name(double number) => (number == 0 ? 0 : number).ToString("R", CultureInfo.InvariantCulture);
}
