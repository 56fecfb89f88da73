using System.Text;

namespace Backprop.Cli.Tests;

/// <summary>Texts that a small network learns in a moment.</summary>
internal static class Texts
{
    /// <summary>Sentences in turn, with line ends, a tab and a character beyond 16 bits.</summary>
    public static string Write(TemporaryFolder folder, string name, int lines = 60, string lineEnd = "\n")
    {
        string[] sentences = ["The cat sees the dog.", "A dog, it's said, sees no cat!", "Nobody\thears a 😀 birds."];
        var text = new StringBuilder();
        for (int i = 0; i < lines; i++) text.Append(sentences[i % sentences.Length]).Append(lineEnd);
        File.WriteAllText(folder[name], text.ToString());
        return folder[name];
    }
}
