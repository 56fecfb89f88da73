using System.Globalization;
using System.Text;
using Backprop.Tensors;

namespace Backprop.Layers;

/// <summary>One layer of a <see cref="LayerTable"/>.</summary>
/// <param name="Name">The layer's path in the model: <c>conv1</c>, <c>encoder.linear1</c>.</param>
/// <param name="Type">What kind of layer it is.</param>
/// <param name="Output">The shape of what it computes.</param>
/// <param name="Parameters">The number of single numbers that it learns, frozen ones included.</param>
/// <param name="MultiplyAdds">The multiply-adds of one forward run.</param>
public sealed record LayerRow(string Name, string Type, Shape Output, long Parameters, long MultiplyAdds);

/// <summary>The layers of a model with their shapes and sizes, found without a single multiplication.</summary>
public sealed class LayerTable
{
    internal LayerTable(Shape input, IReadOnlyList<LayerRow> rows, long parameters) => (Input, Rows, Parameters) = (input, rows, parameters);

    /// <summary>The shape that the table was made for.</summary>
    public Shape Input { get; }

    /// <summary>The layers, in the order in which they run.</summary>
    public IReadOnlyList<LayerRow> Rows { get; }

    /// <summary>The number of single numbers that the model learns; what two layers share counts once.</summary>
    public long Parameters { get; }

    /// <summary>The multiply-adds of one forward run of the whole model.</summary>
    public long MultiplyAdds => Rows.Sum(row => row.MultiplyAdds);

    /// <summary>The shape of what the model computes.</summary>
    public Shape Output => Rows[^1].Output;

    /// <summary>The table as aligned text, lines parted by <c>\n</c>.</summary>
    public override string ToString()
    {
        string[][] lines =
        [
            ["layer", "type", "output", "parameters", "multiply-adds"],
            ["input", "", Input.ToString(), "", ""],
            .. Rows.Select(row => new[] { row.Name, row.Type, row.Output.ToString(), Count(row.Parameters), Count(row.MultiplyAdds) }),
            ["total", "", "", Count(Parameters), Count(MultiplyAdds)],
        ];
        int[] widths = [.. Enumerable.Range(0, 5).Select(column => lines.Max(line => line[column].Length))];
        var text = new StringBuilder();
        foreach (string[] line in lines)
        {
            if (text.Length > 0) text.Append('\n');
            var cells = line.Select((cell, column) => column < 3 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
            text.Append(string.Join("  ", cells).TrimEnd());
        }
        return text.ToString();
    }

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
