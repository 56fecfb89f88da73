namespace Backprop.Tabular;

/// <summary>Counts and lists in messages; a list is cut where it grows long.</summary>
internal static class Wording
{
    private const int Most = 12;

    /// <summary>A number of things: 1 cell, 2 cells.</summary>
    public static string Count(int count, string thing) => count == 1 ? $"1 {thing}" : $"{count} {thing}s";

    /// <summary>The first names, separated by commas, and how many more there are.</summary>
    public static string List(IEnumerable<string> names)
    {
        var all = names.ToArray();
        string first = string.Join(", ", all.Take(Most));
        return all.Length > Most ? $"{first} and {all.Length - Most} more" : first;
    }
}
