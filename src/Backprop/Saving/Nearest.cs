namespace Backprop.Saving;

/// <summary>The known word that a mistyped one was probably meant to be.</summary>
internal static class Nearest
{
    /// <summary>The nearest word where at most a third of the letters differ, one at least; null where there is none.</summary>
    public static string? To(string typed, IEnumerable<string> known)
    {
        var (word, distance) = known.Select(word => (word, Distance(typed, word))).MinBy(pair => pair.Item2);
        return distance <= Math.Max(1, typed.Length / 3) ? word : null;
    }

    /// <summary>The number of letters to insert, delete, replace or swap with their neighbour (optimal string alignment distance).</summary>
    private static int Distance(string from, string to)
    {
        int[] beforeLast = [], last = [.. Enumerable.Range(0, to.Length + 1)];
        for (int i = 0; i < from.Length; i++)
        {
            var row = new int[to.Length + 1];
            row[0] = i + 1;
            for (int j = 0; j < to.Length; j++)
            {
                row[j + 1] = Math.Min(Math.Min(row[j], last[j + 1]) + 1, last[j] + (from[i] == to[j] ? 0 : 1));
                if (i > 0 && j > 0 && from[i] == to[j - 1] && from[i - 1] == to[j]) row[j + 1] = Math.Min(row[j + 1], beforeLast[j - 1] + 1);
            }
            (beforeLast, last) = (last, row);
        }
        return last[^1];
    }
}
