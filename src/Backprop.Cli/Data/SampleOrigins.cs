using System.Globalization;
using Backprop.Tabular;
using Backprop.Tensors;

namespace Backprop.Cli.Data;

/// <summary>Where samples come from: what each is called in the data, and, of a table, what stands in its row.</summary>
/// <param name="NameOf">What a sample is called, by its position: <c>line 12</c>, <c>cat/1.png</c>.</param>
internal sealed record SampleOrigins(Func<int, string> NameOf)
{
    /// <summary>Wider tables are shown in part.</summary>
    private const int MostColumns = 8, LongestCell = 40;

    /// <summary>The columns of the rows; none where samples are no rows.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>The cells of a sample's row.</summary>
    public Func<int, IReadOnlyList<string>> RowOf { get; init; } = _ => [];

    /// <summary>Samples that are called by their place.</summary>
    public static SampleOrigins Numbered(string what, int first = 1) =>
        new(sample => string.Create(CultureInfo.InvariantCulture, $"{what} {first + sample}"));

    /// <summary>Samples with names.</summary>
    public static SampleOrigins Named(IReadOnlyList<string> names) => new(sample => names[sample]);

    /// <summary>The rows of a table.</summary>
    public static SampleOrigins OfRows(Table table)
    {
        TableColumn[] shown = [.. table.Columns.Take(MostColumns)];
        return new(row => string.Create(CultureInfo.InvariantCulture, $"line {table.LineOf(row)}"))
        {
            Columns = [.. shown.Select(column => column.Name)],
            RowOf = row => [.. shown.Select(column => Cut(column.Cells[row]))],
        };
    }

    /// <summary>Points that were drawn.</summary>
    public static SampleOrigins OfPoints(IEnumerable<string> columns, Tensor<double> points) => Numbered("point") with
    {
        Columns = [.. columns],
        RowOf = point => [.. points.Values.Slice(point * points.Shape[^1], points.Shape[^1]).ToArray().Select(number => number.ToString("G4", CultureInfo.InvariantCulture))],
    };

    private static string Cut(string cell) => cell.Length <= LongestCell ? cell : $"{cell[..(LongestCell - 1)]}…";
}
