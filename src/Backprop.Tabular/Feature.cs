using System.Text.Json.Serialization;
using Backprop.Data;

namespace Backprop.Tabular;

/// <summary>A column that a network reads: a number as it is, or a text as one input per value, 1 where it is that value and else 0.</summary>
/// <param name="Name">The name of the column; without a header its position.</param>
/// <param name="Index">Its position in the table, from 0.</param>
/// <param name="Values">The texts that it may hold, sorted ordinally; null for a column of numbers.</param>
public sealed record Feature(string Name, int Index, IReadOnlyList<string>? Values = null)
{
    /// <summary>At most so many different texts become inputs; more are names or numbers of things, which teach nothing about other rows.</summary>
    internal const int MostValues = 100;

    /// <summary>The number of inputs.</summary>
    [JsonIgnore]
    public int Width => Values?.Count ?? 1;

    /// <summary>The names of the inputs: the column's, or column=value for each value.</summary>
    [JsonIgnore]
    public IEnumerable<string> InputNames => Values is null ? [Name] : Values.Select(value => $"{Name}={value}");

    /// <summary>Looks at a column: numbers stay numbers, texts get their values listed.</summary>
    /// <exception cref="DataException">There are too many different texts, or a cell is empty, or one among numbers is none.</exception>
    internal static Feature Of(TableColumn column)
    {
        if (column.HoldsNumbers)
        {
            _ = column.Numbers;
            return new Feature(column.Name, column.Index, null);
        }
        string[] values = [.. column.Texts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (values.Length > MostValues)
            throw new DataException(
                column.Table.Source,
                $"{column.Title} holds {values.Length} different texts in {column.Cells.Count} rows, at most {MostValues} can be inputs; " +
                $"--ignore {column.Name} leaves the column out");
        return new Feature(column.Name, column.Index, values);
    }

    /// <summary>Writes the inputs of a row.</summary>
    /// <exception cref="DataException">The cell is no number, or a text that was not there in training.</exception>
    internal void Write(TableColumn column, int row, Span<double> inputs)
    {
        if (Values is null)
        {
            inputs[0] = column.Numbers[row];
            return;
        }
        int place = IndexOf(column.Texts[row]);
        if (place < 0) throw column.Refusal(row, $"one of {Wording.List(Values)} is needed, as in training");
        inputs.Clear();
        inputs[place] = 1;
    }

    private int IndexOf(string text)
    {
        for (int i = 0; i < Values!.Count; i++)
            if (Values[i] == text) return i;
        return -1;
    }
}
