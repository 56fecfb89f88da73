using System.Text.Json.Serialization;
using Backprop.Data;

namespace Backprop.Tabular;

/// <summary>A column that a network reads: a number as it is; a text as one input per value, 1 where it is that value and else 0; or, embedded, as the
/// number of its token.</summary>
/// <param name="Name">The name of the column; without a header its position.</param>
/// <param name="Index">Its position in the table, from 0.</param>
/// <param name="Values">The texts that it may hold, sorted ordinally; the empty one stands for a missing value. Null for a column of numbers.</param>
/// <param name="Fill">What stands for a missing number; null where none may be missing.</param>
/// <param name="Embedding">The length of the vectors that are learnt for the values; null where they are not embedded.
/// Token 0 is a text that is none of the values, token i + 1 is value i.</param>
public sealed record Feature(string Name, int Index, IReadOnlyList<string>? Values = null, double? Fill = null, int? Embedding = null)
{
    /// <summary>At most so many different texts become inputs of their own; more teach little about each, unless their vectors are learnt.</summary>
    internal const int MostValues = 100;

    /// <summary>The number of inputs.</summary>
    [JsonIgnore]
    public int Width => Embedding is null ? Values?.Count ?? 1 : 1;

    /// <summary>The number of tokens of an embedded column: its values, and the one for all other texts.</summary>
    [JsonIgnore]
    public int Vocabulary => (Values?.Count ?? 0) + 1;

    /// <summary>The names of the inputs: the column's, or column=value for each value.</summary>
    [JsonIgnore]
    public IEnumerable<string> InputNames => Values is null || Embedding is not null ? [Name] : ValueNames.Select(value => $"{Name}={value}");

    /// <summary>The values as they are called: a missing one is <c>(missing)</c>.</summary>
    [JsonIgnore]
    public IEnumerable<string> ValueNames => (Values ?? []).Select(value => value.Length > 0 ? value : "(missing)");

    /// <summary>The usual length of the vectors for so many tokens: 1.6·n^0.56, rounded, at most 600.</summary>
    /// <remarks>Source: the rule of thumb in fastai (Howard, Gugger, fastai: A Layered API for Deep Learning (2020)), <c>emb_sz_rule</c>.</remarks>
    public static int UsualSize(int tokens) => (int)Math.Clamp(Math.Round(1.6 * Math.Pow(tokens, 0.56)), 1, 600);

    /// <summary>Fits a column of the training part: the median of numbers, the values of texts.</summary>
    /// <exception cref="DataException">There are too many different texts, a value is missing that may not be, or one among numbers is none.</exception>
    internal static Feature Of(TableColumn column, TableRules rules)
    {
        bool embedded = rules.Embedded.TryGetValue(column.Name, out int? size), fill = rules.Missing == MissingPolicy.Fill;
        if (column.HoldsNumbers && !embedded)
        {
            double[] numbers = [.. Enumerable.Range(0, column.Cells.Count).Select(column.NumberOf).Where(number => !double.IsNaN(number)).Order()];
            return new Feature(column.Name, column.Index, Fill: fill ? (numbers[(numbers.Length - 1) / 2] + numbers[numbers.Length / 2]) / 2 : null);
        }
        string[] values = [.. column.Cells.Distinct(StringComparer.Ordinal).Where(cell => fill || cell.Length > 0).Order(StringComparer.Ordinal)];
        if (embedded) return new Feature(column.Name, column.Index, values, Embedding: size ?? UsualSize(values.Length + 1));
        CheckTexts(column, values);
        return new Feature(column.Name, column.Index, values);
    }

    /// <summary>Writes the inputs of a row.</summary>
    /// <returns>False where the cell is a text that was not there in training.</returns>
    /// <exception cref="DataException">A value is missing that may not be, or a cell is no number.</exception>
    internal bool Write(TableColumn column, int row, Span<double> inputs)
    {
        if (Values is null)
        {
            double number = column.NumberOf(row);
            inputs[0] = !double.IsNaN(number) ? number : Fill ?? throw column.MissingInput(row, number: true);
            return true;
        }
        string text = column.Cells[row];
        int place = Place(text);
        if (place < 0 && text.Length == 0) throw column.MissingInput(row, number: false);
        inputs.Clear();
        if (Embedding is not null) inputs[0] = place + 1;
        else if (place >= 0) inputs[place] = 1;
        return place >= 0;
    }

    /// <summary>Whether a cell has no value and nothing stands for it.</summary>
    internal bool Lacks(TableColumn column, int row) =>
        Values is null ? Fill is null && double.IsNaN(column.NumberOf(row)) : column.Cells[row].Length == 0 && Place("") < 0;

    /// <summary>Whether something else stands for a missing value.</summary>
    internal bool Fills(TableColumn column, int row) =>
        Values is null ? Fill is not null && double.IsNaN(column.NumberOf(row)) : column.Cells[row].Length == 0 && Place("") >= 0;

    private static void CheckTexts(TableColumn column, string[] values)
    {
        column.RefuseCommas();
        if (values.Length > MostValues)
            throw new DataException(
                column.Table.Source,
                $"{column.Title} holds {values.Length} different texts in {column.Cells.Count} rows, at most {MostValues} can be inputs of their own; " +
                $"--embed {column.Name} learns a vector for each, --ignore {column.Name} leaves the column out");
    }

    private int Place(string text)
    {
        // The values are sorted ordinally.
        int from = 0, to = Values!.Count - 1;
        while (from <= to)
        {
            int middle = (from + to) / 2, order = string.CompareOrdinal(Values[middle], text);
            if (order == 0) return middle;
            if (order < 0) from = middle + 1;
            else to = middle - 1;
        }
        return -1;
    }
}
