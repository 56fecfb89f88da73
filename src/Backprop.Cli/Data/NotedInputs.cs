using Backprop.Tabular;

namespace Backprop.Cli.Data;

/// <summary>What the inputs of a network that reads columns stand for, by the notes that are saved with it.</summary>
internal static class NotedInputs
{
    /// <summary>The columns, and of a column of text its values, in the order in which the network reads them; null where the data are no table and no time series.</summary>
    /// <param name="notes">The notes of a saved model, or of data that are to be trained on.</param>
    /// <param name="source">What errors call them.</param>
    /// <exception cref="Backprop.Data.DataException">The notes are damaged.</exception>
    public static IReadOnlyList<string>? Of(IReadOnlyDictionary<string, string> notes, string source)
    {
        if (notes.TryGetValue(TableSource.Note, out string? table))
            return [.. TableSchemaJson.Read(table, source).Features.SelectMany(feature => feature.Values is null ? [feature.Name] : feature.ValueNames.Select(value => $"{feature.Name}={value}"))];
        return notes.TryGetValue(SeriesSource.Note, out string? series) ? [.. SeriesSchemaJson.Read(series, source).Columns.Select(column => column.Name)] : null;
    }
}
