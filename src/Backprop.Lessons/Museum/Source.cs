using System.Text;

namespace Backprop.Lessons.Museum;

/// <summary>A line that must go or come, with its number in the text that it belongs to.</summary>
/// <param name="IsRight">Whether it is the right line; else it is one of those shown.</param>
/// <param name="Number">Its number from 1: of a right line the one that it gets.</param>
/// <param name="Text">The line.</param>
public sealed record ChangedLine(bool IsRight, int Number, string Text);

/// <summary>The exhibits' source: the files that are compiled lie in the assembly as text, too.</summary>
internal static class Source
{
    /// <summary>The lines of a file.</summary>
    public static IReadOnlyList<string> Lines(string folder, string file)
    {
        using var stream = typeof(Source).Assembly.GetManifestResourceStream($"{folder}/{file}.cs")
            ?? throw new InvalidOperationException($"The assembly lacks the source {folder}/{file}.cs.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().TrimEnd().ReplaceLineEndings("\n").Split('\n');
    }

    /// <summary>The lines that differ, by the longest common subsequence; the namespace, which tells the two files apart, is left out.</summary>
    public static IReadOnlyList<ChangedLine> Difference(IReadOnlyList<string> wrong, IReadOnlyList<string> right)
    {
        var common = new int[wrong.Count + 1, right.Count + 1];
        for (int i = wrong.Count - 1; i >= 0; i--)
            for (int j = right.Count - 1; j >= 0; j--)
                common[i, j] = Same(wrong[i], right[j]) ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);

        var changes = new List<ChangedLine>();
        for (int i = 0, j = 0; i < wrong.Count || j < right.Count;)
            if (i < wrong.Count && j < right.Count && Same(wrong[i], right[j])) (i, j) = (i + 1, j + 1);
            else if (i < wrong.Count && (j == right.Count || common[i + 1, j] >= common[i, j + 1])) changes.Add(new(false, i + 1, wrong[i++]));
            else changes.Add(new(true, j + 1, right[j++]));
        return changes;
    }

    private static bool Same(string wrong, string right) => wrong == right || (IsNamespace(wrong) && IsNamespace(right));

    private static bool IsNamespace(string line) => line.StartsWith("namespace ", StringComparison.Ordinal);
}
