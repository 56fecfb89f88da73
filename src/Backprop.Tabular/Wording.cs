using System.Globalization;

namespace Backprop.Tabular;

/// <summary>Counts and lists in messages; a list is cut where it grows long.</summary>
public static class Wording
{
    private const int Most = 12;

    /// <summary>A number of things: 1 cell, 2 cells.</summary>
    /// <param name="count">How many.</param>
    /// <param name="one">The word for one.</param>
    /// <param name="many">The word for several, where it is not the first with an s.</param>
    public static string Count(long count, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many ?? $"{one}s")}");

    /// <summary>The first names, separated by commas, and how many more there are.</summary>
    public static string List(IEnumerable<string> names)
    {
        var all = names.ToArray();
        string first = string.Join(", ", all.Take(Most));
        return all.Length > Most ? $"{first} and {all.Length - Most} more" : first;
    }
}
