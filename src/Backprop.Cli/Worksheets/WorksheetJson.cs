using System.Text.Json;
using Backprop.Explaining;
using Backprop.Lessons.Worksheets;
using Backprop.Tensors;

namespace Backprop.Cli.Worksheets;

/// <summary>The form of a worksheet as one JSON document, <c>backprop-worksheet/1</c>. It holds no answer.</summary>
internal static class WorksheetJson
{
    public static string Of(Worksheet sheet) => JsonText.Of(json => Write(json, sheet));

    private static void Write(Utf8JsonWriter json, Worksheet sheet)
    {
        json.WriteString("format", "backprop-worksheet/1");
        json.WriteString("name", sheet.Step.Network.Name);
        json.WriteString("worksheet", sheet.Id);
        json.WriteNumber("blanks", sheet.Settings.Blanks);
        json.WriteNumber("seed", sheet.Settings.Seed);
        json.WriteNumber("digits", sheet.Settings.Digits);
        json.WriteStartArray("given");
        foreach (var given in sheet.Step.Given) WriteGiven(json, given);
        json.WriteEndArray();
        json.WriteStartArray("lines");
        foreach (var line in sheet.Step.Form.Lines) WriteLine(json, sheet, line);
        json.WriteEndArray();
        json.WriteStartArray("questions");
        foreach (var blank in sheet.Blanks) WriteBlank(json, blank);
        json.WriteEndArray();
    }

    private static void WriteGiven(Utf8JsonWriter json, GivenNumbers given)
    {
        json.WriteStartObject();
        json.WriteString("symbol", given.Symbol);
        json.WriteString("path", given.Path);
        WriteShape(json, given.Shape);
        json.WriteStartArray("values");
        foreach (double value in given.Values) json.WriteNumberValue(value);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteLine(Utf8JsonWriter json, Worksheet sheet, FormLine<double> line)
    {
        json.WriteStartObject();
        json.WriteString("phase", Words.Of(line.Phase));
        json.WriteString("symbol", line.Symbol);
        json.WriteString("path", line.Path);
        json.WriteString("formula", line.Formula);
        WriteShape(json, line.Tensor.Shape);
        json.WriteStartArray("values");
        foreach (var entry in line.Entries)
            if (!sheet.Prints(entry)) json.WriteNullValue();
            else JsonText.Write(json, entry.Value);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteBlank(Utf8JsonWriter json, Blank blank)
    {
        json.WriteStartObject();
        json.WriteNumber("blank", blank.Number);
        json.WriteString("name", blank.Entry.Name);
        json.WriteString("symbol", blank.Entry.Line.Symbol);
        json.WriteString("path", blank.Entry.Line.Path);
        json.WriteString("index", blank.Entry.Line.Tensor.Shape.Position(blank.Entry.Index));
        json.WriteString("phase", Words.Of(blank.Entry.Line.Phase));
        json.WriteString("formula", blank.Entry.Line.Formula);
        json.WriteNumber("decimals", blank.Decimals);
        json.WriteNumber("marks", 1);
        json.WriteEndObject();
    }

    private static void WriteShape(Utf8JsonWriter json, Shape shape)
    {
        json.WriteStartArray("shape");
        foreach (int size in shape) json.WriteNumberValue(size);
        json.WriteEndArray();
    }
}
