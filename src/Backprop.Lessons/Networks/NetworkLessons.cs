using System.Text;

namespace Backprop.Lessons.Networks;

/// <summary>Complete small networks to begin with, as network files.</summary>
public static class NetworkLessons
{
    private const string Ending = ".json";

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = ["ann", "cnn", "rnn", "lstm", "mazur", "pooling"];

    /// <summary>The network file of a name, with lines that end in a line feed.</summary>
    /// <exception cref="ArgumentException">There is no lesson of this name.</exception>
    public static string Text(string name)
    {
        using var stream = typeof(NetworkLessons).Assembly.GetManifestResourceStream(name + Ending)
            ?? throw new ArgumentException($"There is no network '{name}'; there are {string.Join(", ", Names)}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
