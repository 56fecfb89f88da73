using System.Numerics;

namespace Backprop.Cli.Explain;

/// <summary>What flows back through time as text.</summary>
internal static class ThroughTimeText
{
    private const string Margin = "  ";

    public static IEnumerable<string> Lines<T>(Explanation<T> explanation, ExplainedTime<T> time, int digits) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (ThroughTimeTables.Note(time) is { Length: > 0 } note)
            foreach (string line in (string[])["", .. Wrapped(note)]) yield return line;
        foreach (var network in time.Networks)
        {
            yield return "";
            yield return $"THROUGH TIME   {ThroughTimeTables.Title(network)}";
            foreach (var table in ThroughTimeTables.Of(network, time.Truncate, explanation.Network.Labels, explanation.Network.Model.Parameters, digits))
            {
                foreach (string line in Wrapped(table.Title)) yield return Margin + line;
                foreach (string line in AlignedTable.Lines(table.Rows)) yield return Margin + Margin + line;
            }
            foreach (string line in Wrapped(ThroughTimeTables.Conclusion(time, network))) yield return Margin + line;
        }
        yield return "";
    }

    /// <summary>A sentence in lines that fit.</summary>
    private static IEnumerable<string> Wrapped(string sentence)
    {
        const int Width = 78;
        string line = "";
        foreach (string word in sentence.Split(' '))
        {
            if (line.Length + word.Length >= Width)
            {
                yield return line;
                line = "";
            }
            line += line.Length == 0 ? word : $" {word}";
        }
        yield return line;
    }
}
