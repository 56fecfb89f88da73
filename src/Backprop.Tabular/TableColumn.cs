using Backprop.Data;

namespace Backprop.Tabular;

/// <summary>A column of a table, and what kind of cells it has.</summary>
public sealed class TableColumn
{
    private readonly TableColumn? whole;
    private readonly double[] numbers;
    private readonly int firstText = -1;

    /// <summary>A column of a file, whose kind is read off its cells.</summary>
    internal TableColumn(Table table, int index, string name, IReadOnlyList<string> cells) : this(table, index, name, cells, null)
    {
    }

    /// <summary>A part of a column: the kind is that of the whole.</summary>
    internal TableColumn(Table table, TableColumn whole, IReadOnlyList<string> cells) : this(table, whole.Index, whole.Name, cells, whole)
    {
    }

    private TableColumn(Table table, int index, string name, IReadOnlyList<string> cells, TableColumn? whole)
    {
        this.whole = whole;
        Table = table;
        Index = index;
        Name = name;
        Cells = cells;
        numbers = new double[cells.Count];
        int count = 0, texts = 0, words = 0;
        for (int row = 0; row < cells.Count; row++)
        {
            numbers[row] = double.NaN;
            if (cells[row].Length == 0) continue;
            if (Number.TryParse(cells[row], out double number)) (numbers[row], count) = (number, count + 1);
            else if (Number.IsMissing(cells[row])) words++;
            else if (texts++ == 0) firstText = row;
        }
        HoldsNumbers = whole?.HoldsNumbers ?? texts < count;
        Filled = count + texts + (HoldsNumbers || texts == 0 ? 0 : words);
    }

    /// <summary>The table that the column belongs to.</summary>
    public Table Table { get; }

    /// <summary>The position, from 0.</summary>
    public int Index { get; }

    /// <summary>The name in the header; without a header the position.</summary>
    public string Name { get; }

    /// <summary>The cells as they stand in the file, from the first row of data.</summary>
    public IReadOnlyList<string> Cells { get; }

    /// <summary>The number of cells that have a value.</summary>
    public int Filled { get; }

    /// <summary>Whether the column is one of numbers: more than half of the cells that have a value are.</summary>
    /// <remarks>A single typing error must not turn numbers into text, so <see cref="Numbers"/> refuses the cells that are none.</remarks>
    public bool HoldsNumbers { get; }

    /// <summary>The cells as numbers.</summary>
    /// <exception cref="DataException">A value is missing or is no number.</exception>
    public IReadOnlyList<double> Numbers
    {
        get
        {
            if (firstText >= 0) throw Refusal(firstText, Number.Needed(Cells[firstText]));
            int missing = Array.FindIndex(numbers, double.IsNaN);
            return missing < 0 ? numbers : throw Refusal(missing, "a number is needed");
        }
    }

    /// <summary>The cells as text.</summary>
    /// <exception cref="DataException">A value is missing.</exception>
    public IReadOnlyList<string> Texts
    {
        get
        {
            for (int row = 0; row < Cells.Count; row++)
                if (IsMissing(row)) throw Refusal(row, "a value is needed");
            return Cells;
        }
    }

    /// <summary>How the column is called in messages: by its name in quotes, or by its position.</summary>
    public string Title => Table.HasHeader ? $"column '{Name}'" : $"column {Name}";

    /// <summary>Whether a value is missing, as <see cref="MissingPolicy"/> says it.</summary>
    /// <param name="row">The row of data, from 0.</param>
    public bool IsMissing(int row) => Cells[row].Length == 0 || (HoldsNumbers && Number.IsMissing(Cells[row]));

    /// <summary>Says what is wrong with a cell.</summary>
    /// <param name="row">The row of data, from 0.</param>
    /// <param name="needed">What is needed instead.</param>
    public DataException Refusal(int row, string needed)
    {
        string found = Cells[row].Length == 0 ? "an empty cell" : $"'{Shorten(Cells[row])}'";
        return new DataException(Table.Source, $"{found} in {Title}; {needed}", Table.LineOf(row));
    }

    /// <summary>Refuses a missing value that is to be predicted.</summary>
    internal DataException MissingTarget(int row) =>
        Refusal(row, $"a {(HoldsNumbers ? "number" : "value")} is needed; train with --missing drop, which leaves such rows out");

    /// <summary>Refuses a missing value that is an input.</summary>
    internal DataException MissingInput(int row, bool number) => Refusal(
        row, number ? "a number is needed; train with --missing drop (leaves such rows out) or --missing fill (takes the column's median)"
            : "a value is needed; train with --missing drop (leaves such rows out) or --missing fill (makes it a value of its own)");

    /// <summary>The number in a cell; NaN where it is missing.</summary>
    /// <exception cref="DataException">The cell is no number.</exception>
    internal double NumberOf(int row) => !double.IsNaN(numbers[row]) || Cells[row].Length == 0 || Number.IsMissing(Cells[row]) ? numbers[row]
        : throw Refusal(row, Number.Needed(Cells[row]));

    /// <summary>Refuses a column that would be one of numbers if they had points: its values would become so many texts.</summary>
    internal void RefuseCommas()
    {
        // What holds for most of a column may not hold for most of a part.
        whole?.RefuseCommas();
        int[] rows = [.. Enumerable.Range(0, Cells.Count).Where(row => Number.HasComma(Cells[row]))];
        if (2 * rows.Length > Filled) throw Refusal(rows[0], Number.Needed(Cells[rows[0]]));
    }

    internal static string Shorten(string text)
    {
        string line = text.ReplaceLineEndings(" ");
        return line.Length <= 40 ? line : $"{line[..39]}…";
    }
}
