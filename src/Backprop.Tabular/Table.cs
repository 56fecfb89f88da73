using System.Globalization;
using Backprop.Data;

namespace Backprop.Tabular;

/// <summary>A table read from a CSV or TSV file: rows of cells, all of one length, under named columns.</summary>
public sealed class Table
{
    private readonly IReadOnlyList<int> lines;

    internal Table(string source, IReadOnlyList<Record> records, HeaderDecision header)
    {
        Source = source;
        Header = header;
        var first = records[0];
        var rows = header.HasHeader ? records.Skip(1).ToArray() : [.. records];
        if (rows.Length == 0) throw new DataException(source, "a header and no row; at least one row of data is needed");
        lines = [.. rows.Select(row => row.Line)];
        var names = header.HasHeader ? HeaderRule.Names(source, first) : [.. Enumerable.Range(0, first.Cells.Length).Select(HeaderRule.NameOf)];
        Columns = [.. names.Select((name, index) => new TableColumn(this, index, name, [.. rows.Select(row => row.Cells[index])]))];
    }

    private Table(Table whole, ReadOnlySpan<int> rows)
    {
        (Source, Header) = (whole.Source, whole.Header);
        int[] chosen = rows.ToArray();
        lines = [.. chosen.Select(row => whole.lines[row])];
        Columns = [.. whole.Columns.Select(column => new TableColumn(this, column, [.. chosen.Select(row => column.Cells[row])]))];
    }

    /// <summary>The file as it was named, for messages.</summary>
    public string Source { get; }

    /// <summary>Whether the first row was taken for a header, and why.</summary>
    public HeaderDecision Header { get; }

    /// <summary>Whether the first row names the columns.</summary>
    public bool HasHeader => Header.HasHeader;

    /// <summary>The columns, in order.</summary>
    public IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>The number of rows of data.</summary>
    public int Rows => lines.Count;

    /// <summary>Reads a CSV or TSV file.</summary>
    /// <param name="path">The file: UTF-8, with or without a byte order mark. Its end and its first line say what separates the cells.</param>
    /// <param name="header">Whether the first row names the columns; null: by the rule of <see cref="HeaderDecision"/>.</param>
    /// <exception cref="DataException">The file is no table: empty, ragged, with a quote that does not end.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Table Read(string path, bool? header = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = File.OpenRead(path);
        return TableReader.Read(stream, path, header);
    }

    /// <summary>Reads CSV or TSV text.</summary>
    /// <inheritdoc cref="Read(string, bool?)"/>
    /// <param name="stream">The bytes of the file; left open.</param>
    /// <param name="source">The name of the file, for messages; the end .tsv or .tab says that tabs separate the cells.</param>
    /// <param name="header">Whether the first row names the columns; null: by the rule of <see cref="HeaderDecision"/>.</param>
    public static Table Read(Stream stream, string source, bool? header = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(source);
        return TableReader.Read(stream, source, header);
    }

    /// <summary>Some of the rows, in the order given. A column keeps its kind: numbers stay numbers.</summary>
    /// <param name="rows">Positions of rows, 0 … <see cref="Rows"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A row lies outside.</exception>
    public Table Select(params ReadOnlySpan<int> rows)
    {
        foreach (int row in rows)
            if ((uint)row >= (uint)Rows) throw new ArgumentOutOfRangeException(nameof(rows), $"Table: row {row} is outside 0 … {Rows - 1}.");
        return new Table(this, rows);
    }

    /// <summary>The line in the file at which a row of data starts, from 1, the header counted.</summary>
    public int LineOf(int row) => lines[row];

    /// <summary>The column of a name; null where there is none.</summary>
    public TableColumn? Find(string name) => Columns.FirstOrDefault(column => column.Name == name);

    /// <summary>The column of a name, or else of a position from 0.</summary>
    /// <exception cref="DataException">There is no such column; the message names those that are there.</exception>
    public TableColumn Column(string nameOrIndex)
    {
        ArgumentNullException.ThrowIfNull(nameOrIndex);
        if (Find(nameOrIndex) is { } named) return named;
        if (int.TryParse(nameOrIndex, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < Columns.Count) return Columns[index];
        string hint = HasHeader ? "" : ", for no header was found (--header yes says that there is one)";
        throw new DataException(Source, $"no column '{nameOrIndex}'; there are {Listing()}{hint}");
    }

    /// <summary>The columns in words: their names, or their positions.</summary>
    public string Listing() => HasHeader ? Wording.List(Columns.Select(column => column.Name)) : $"the columns 0 to {Columns.Count - 1}";
}
