using Backprop.Data;

namespace Backprop.Tabular;

/// <summary>A column of a table, and what kind of cells it has.</summary>
public sealed class TableColumn
{
    private readonly double[] numbers;
    private readonly int firstText = -1;
    private readonly int firstEmpty = -1;
    private readonly int texts;

    internal TableColumn(Table table, int index, string name, IReadOnlyList<string> cells)
    {
        Table = table;
        Index = index;
        Name = name;
        Cells = cells;
        numbers = new double[cells.Count];
        int empty = 0;
        for (int row = 0; row < cells.Count; row++)
        {
            numbers[row] = double.NaN;
            if (cells[row].Length == 0)
            {
                if (empty++ == 0) firstEmpty = row;
            }
            else if (Number.TryParse(cells[row], out double number)) numbers[row] = number;
            else if (texts++ == 0) firstText = row;
        }
        Filled = cells.Count - empty;
    }

    /// <summary>The table that the column belongs to.</summary>
    public Table Table { get; }

    /// <summary>The position, from 0.</summary>
    public int Index { get; }

    /// <summary>The name in the header; without a header the position.</summary>
    public string Name { get; }

    /// <summary>The cells as they stand in the file, from the first row of data.</summary>
    public IReadOnlyList<string> Cells { get; }

    /// <summary>The number of cells that are not empty.</summary>
    public int Filled { get; }

    /// <summary>Whether the column is one of numbers: more than half of the cells that are not empty are.</summary>
    /// <remarks>A single typing error must not turn numbers into text, so <see cref="Numbers"/> refuses the cells that are none.</remarks>
    public bool HoldsNumbers => texts < Filled - texts;

    /// <summary>The cells as numbers.</summary>
    /// <exception cref="DataException">A cell is empty or is no number.</exception>
    public IReadOnlyList<double> Numbers
    {
        get
        {
            if (firstText >= 0) throw Refusal(firstText, "a number is needed");
            if (firstEmpty >= 0) throw Refusal(firstEmpty, "a number is needed");
            return numbers;
        }
    }

    /// <summary>The cells as text.</summary>
    /// <exception cref="DataException">A cell is empty.</exception>
    public IReadOnlyList<string> Texts => firstEmpty < 0 ? Cells : throw Refusal(firstEmpty, "a value is needed");

    /// <summary>How the column is called in messages: by its name in quotes, or by its position.</summary>
    public string Title => Table.HasHeader ? $"column '{Name}'" : $"column {Name}";

    /// <summary>Says what is wrong with a cell.</summary>
    /// <param name="row">The row of data, from 0.</param>
    /// <param name="needed">What is needed instead.</param>
    public DataException Refusal(int row, string needed)
    {
        string found = Cells[row].Length == 0 ? "an empty cell" : $"'{Shorten(Cells[row])}'";
        return new DataException(Table.Source, $"{found} in {Title}; {needed}", Table.LineOf(row));
    }

    /// <summary>The cells in the order of their first appearance, each once.</summary>
    internal IEnumerable<string> Distinct() => Cells.Distinct(StringComparer.Ordinal);

    internal static string Shorten(string text)
    {
        string line = text.ReplaceLineEndings(" ");
        return line.Length <= 40 ? line : $"{line[..39]}…";
    }
}
