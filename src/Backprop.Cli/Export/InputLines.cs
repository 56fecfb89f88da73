using System.Globalization;
using Backprop.Cli.Data;
using Backprop.Data;
using Backprop.Saving;
using Backprop.Tabular;

namespace Backprop.Cli.Export;

/// <summary>What the inputs of a model are, for the readers of a program that is made of it: the columns of its table, the rows of its series, the tokens of its text.</summary>
internal static class InputLines
{
    /// <summary>A line for each input, or one for all; none for pictures, whose inputs are their pixels.</summary>
    /// <exception cref="DataException">A note of the model is damaged.</exception>
    public static IReadOnlyList<string> Of(SavedModel<float> model, string file)
    {
        if (model.Notes.TryGetValue(TableSource.Note, out string? table)) return OfTable(TableSchemaJson.Read(table, file));
        if (model.Notes.TryGetValue(SeriesSource.Note, out string? note))
        {
            var series = SeriesSchemaJson.Read(note, file);
            return [$"{Wording.Count(series.Window, "row")}, the oldest first, each with {string.Join(", ", series.Columns.Select(column => column.Name))}"];
        }
        return TextFacts.Of(model, file) is { } facts ? [$"{facts.Count(facts.Length)} by their places in CLASSES; 0 is any other"] : [];
    }

    private static List<string> OfTable(TableSchema schema)
    {
        var lines = new List<string>();
        foreach (var feature in schema.Features)
        {
            if (feature.Embedding is not null)
                lines.Add($"{lines.Count}  {feature.Name}: {string.Join("; ", feature.ValueNames.Select((value, i) => $"{i + 1} {value}"))}; 0 any other");
            else if (feature.Values is not null)
                foreach (string name in feature.InputNames) lines.Add($"{lines.Count}  {name}: 1, else 0");
            else
                lines.Add($"{lines.Count}  {feature.Name}{(feature.Fill is { } fill ? string.Create(CultureInfo.InvariantCulture, $", where it is missing {fill}") : "")}");
        }
        return lines;
    }
}
