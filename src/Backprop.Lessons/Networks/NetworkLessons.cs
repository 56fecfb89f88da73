using System.Text;

namespace Backprop.Lessons.Networks;

/// <summary>Small networks to begin with, as network files.</summary>
public static class NetworkLessons
{
    private const string Ending = ".json";

    /// <summary>The names of those that are complete: they have data, and take steps of their own.</summary>
    public static IReadOnlyList<string> Names { get; } = ["ann", "cnn", "rnn", "lstm", "mazur", "pooling"];

    /// <summary>The names of those that wait for data: layers for a table, for pictures and for a series, to be changed and trained.</summary>
    public static IReadOnlyList<string> Templates { get; } = ["table", "pictures", "series"];

    /// <summary>The network file of a name, with lines that end in a line feed.</summary>
    /// <exception cref="ArgumentException">There is no lesson of this name.</exception>
    public static string Text(string name)
    {
        using var stream = typeof(NetworkLessons).Assembly.GetManifestResourceStream(name + Ending)
            ?? throw new ArgumentException($"There is no network '{name}'; there are {string.Join(", ", Names.Concat(Templates))}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
