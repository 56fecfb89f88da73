using System.Text;
using Backprop.Tabular;

namespace Backprop.Cli.Data;

/// <summary>A table that a model is to meet: from a file, or from what is piped in.</summary>
internal static class LaterTable
{
    /// <summary>What stands for the input in the place of a file.</summary>
    public const string Input = "-";

    /// <summary>Reads the table.</summary>
    /// <param name="words">Where it is.</param>
    /// <param name="named">Whether the columns had names in training: then they have them now; without them the same rule as then looks for a header.</param>
    /// <param name="terminal">What - stands for.</param>
    /// <exception cref="Backprop.Data.DataException">It is no table.</exception>
    public static Table Read(SampleWords words, bool named, Terminal terminal)
    {
        bool? header = words.Header ?? (named ? true : null);
        if (words.Data != Input) return Table.Read(words.Data, header);
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(terminal.Input.ReadToEnd()));
        return Table.Read(stream, Input, header);
    }
}
