using System.Globalization;

namespace Backprop.Tabular;

/// <summary>What counts as a number in a cell: decimal digits with a point and an exponent, as in every country; finite in float.</summary>
internal static class Number
{
    /// <summary>Reads a cell as a number.</summary>
    /// <remarks>The words NaN and Infinity are text here, and so is what float cannot hold: training on them would stop at once.</remarks>
    public static bool TryParse(string cell, out double number) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && float.IsFinite((float)number);

    /// <summary>Writes a number as the name of a class: 1, 1.0 and 1e0 are one class, "1".</summary>
    public static string Name(double number) => (number == 0 ? 0 : number).ToString("R", CultureInfo.InvariantCulture);
}
