using System.Text;

namespace Backprop.Cli.Networks;

/// <summary>The complete small networks that lie in the tool itself.</summary>
internal static class Lessons
{
    private const string Ending = ".json";

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = ["ann", "cnn", "rnn", "lstm", "mazur"];

    /// <summary>The network file of a name.</summary>
    public static string Text(string name)
    {
        using var stream = typeof(Lessons).Assembly.GetManifestResourceStream(name + Ending)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
