namespace Backprop.Cli;

/// <summary>What a mistyped word was probably meant to be.</summary>
internal static class Suggestion
{
    /// <summary>The known word that the typed one begins, or else the nearest where at most a third of the letters differ; null where there is none.</summary>
    public static string? For(string typed, IEnumerable<string> known)
    {
        string[] words = [.. known];
        if (typed.Length > 3 && Array.Find(words, word => word.StartsWith(typed, StringComparison.Ordinal)) is { } longer) return longer;
        string? nearest = words.MinBy(word => Distance(typed, word));
        return nearest is not null && Distance(typed, nearest) <= Math.Max(1, typed.Length / 3) ? nearest : null;
    }

    /// <summary>The question at the end of a message, <c>; did you mean adam?</c>; empty where no word is near.</summary>
    public static string Question(string typed, IEnumerable<string> known) => For(typed, known) is { } near ? $"; did you mean {near}?" : "";

    /// <summary>The question <c>did you mean adam?</c>, or what is said where no word is near.</summary>
    public static string Or(string typed, IEnumerable<string> known, string otherwise) => For(typed, known) is { } near ? $"did you mean {near}?" : otherwise;

    /// <summary>What stands behind a word that is none of those that may: <c>adam or sgd is needed; did you mean adam?</c></summary>
    public static string Needed(string typed, IReadOnlyList<string> words)
    {
        string listed = words.Count == 1 ? words[0] : $"{string.Join(", ", words.SkipLast(1))} or {words[^1]}";
        return $"{listed} is needed{Question(typed, words)}";
    }

    /// <summary>The number of letters to insert, delete, replace or swap with their neighbour (optimal string alignment distance).</summary>
    private static int Distance(string from, string to)
    {
        var cost = new int[from.Length + 1, to.Length + 1];
        for (int i = 0; i <= from.Length; i++) cost[i, 0] = i;
        for (int j = 0; j <= to.Length; j++) cost[0, j] = j;
        for (int i = 1; i <= from.Length; i++)
            for (int j = 1; j <= to.Length; j++)
            {
                int replace = from[i - 1] == to[j - 1] ? 0 : 1;
                cost[i, j] = Math.Min(Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1, cost[i - 1, j - 1] + replace);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }
        return cost[from.Length, to.Length];
    }
}
