using System.Globalization;
using System.Text.Json;
using Backprop.Data;

namespace Backprop.Lessons.Worksheets;

/// <summary>A number of somebody's own calculation, with the words that say which one it is.</summary>
/// <param name="Place">Where it stands in the file: <c>line 3</c>, <c>$.entries[2]</c>.</param>
/// <param name="Phase">The part of the step; may be empty.</param>
/// <param name="Symbol">The symbol, or the textbook's name of the entry; may be empty where there is a path.</param>
/// <param name="Path">The path; may be empty where there is a symbol.</param>
/// <param name="Index">The indices, outermost first; null where nothing was said.</param>
/// <param name="Typed">The number as it was typed.</param>
/// <param name="Number">The number.</param>
public sealed record FormAnswer(string Place, string Phase, string Symbol, string Path, IReadOnlyList<int>? Index, string Typed, TypedNumber Number);

/// <summary>Reads the filled-in form of a step, all of it or a part, from JSON (<c>backprop-form/1</c>) or CSV.</summary>
/// <remarks>
/// CSV has a header that names the columns, in any order: value, and symbol or path, and, where they are needed, index and phase; others are left alone.
/// Its separator is the one of the header; with semicolons there a number may have a decimal comma. In JSON a value is a number, or a text, which may
/// have a decimal comma. Rows without a value are left out.
/// </remarks>
public static class FormAnswers
{
    /// <summary>The format of the JSON document.</summary>
    public const string Format = "backprop-form/1";

    /// <summary>Reads a file: JSON where it begins with a brace.</summary>
    /// <param name="text">The text of the file.</param>
    /// <param name="file">What the file is called in messages.</param>
    /// <exception cref="DataException">It is neither, or a row is wrong; the message says which.</exception>
    public static IReadOnlyList<FormAnswer> Parse(string text, string file)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = text.TrimStart('\uFEFF');
        return text.AsSpan().TrimStart() is ['{', ..] ? FromJson(text, file) : FromCsv(text, file);
    }

    private static List<FormAnswer> FromJson(string text, string file)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            if (!root.TryGetProperty("format", out var format) || format.ValueKind != JsonValueKind.String || format.GetString() != Format)
                throw new DataException(file, $"$.format is not \"{Format}\"; --template writes a form to fill in");
            if (!root.TryGetProperty("entries", out var entries) || entries.ValueKind != JsonValueKind.Array)
                throw new DataException(file, $"$.entries is needed, a list");
            return [.. entries.EnumerateArray().Select((entry, i) => Row(file, $"$.entries[{i}]", name => Text(entry, name), decimalComma: true)).OfType<FormAnswer>()];
        }
        catch (JsonException error)
        {
            throw new DataException(file, $"this is not JSON, line {error.LineNumber + 1}");
        }
    }

    private static string Text(JsonElement entry, string name) =>
        entry.ValueKind != JsonValueKind.Object || !entry.TryGetProperty(name, out var value) ? ""
            : value.ValueKind switch { JsonValueKind.String => value.GetString()!, JsonValueKind.Null => "", _ => value.GetRawText() };

    private static List<FormAnswer> FromCsv(string text, string file)
    {
        string first = text.Split('\n', 2)[0];
        char separator = first.Contains(';', StringComparison.Ordinal) ? ';' : ',';
        var rows = CsvRows.Read(text, separator);
        string[] head = rows.Count > 0 ? [.. rows[0].Cells.Select(cell => cell.Trim().ToLowerInvariant())] : [];
        if (!head.Contains("value") || !(head.Contains("symbol") || head.Contains("path")))
            throw new DataException(file, $"the first line names no column value beside symbol or path; --template writes a form to fill in");
        return [.. rows.Skip(1).Select(row => Row(file, $"line {row.Line}", Cell(row.Cells), separator == ';')).OfType<FormAnswer>()];

        Func<string, string> Cell(IReadOnlyList<string> cells) => name => Array.IndexOf(head, name) is >= 0 and var column && column < cells.Count ? cells[column].Trim() : "";
    }

    private static FormAnswer? Row(string file, string place, Func<string, string> cell, bool decimalComma)
    {
        string value = cell("value");
        if (value.Length == 0) return null;
        if (!decimalComma && value.Contains(',', StringComparison.Ordinal))
            throw new DataException(file, $"{place}: the value '{value}' has a comma; decimal commas need semicolons between the columns, in the header too");
        var number = TypedNumber.Parse(value) ?? throw new DataException(file, $"{place}: the value '{value}' is not a number");
        string symbol = cell("symbol"), path = cell("path"), index = cell("index");
        if (symbol.Length == 0 && path.Length == 0) throw new DataException(file, $"{place}: a symbol or a path is needed");
        // A table program takes a name that begins with a sign for a formula.
        return new FormAnswer(place, cell("phase").ToLowerInvariant(), symbol.TrimStart('\''), path, Indices(index, file, place), value, number);
    }

    private static int[]? Indices(string text, string file, string place)
    {
        string[] parts = text.Trim('[', ']', '(', ')', ' ').Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0) return null;
        return [.. parts.Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int index) ? index
            : throw new DataException(file, $"{place}: the index '{text}' is none; it is written [0,1]"))];
    }
}
