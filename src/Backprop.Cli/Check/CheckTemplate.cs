using System.Text;
using Backprop.Cli.Explain;
using Backprop.Cli.Networks;
using Backprop.Cli.Worksheets;
using Backprop.Explaining;
using Backprop.Lessons.Worksheets;

namespace Backprop.Cli.Check;

/// <summary><c>backprop check NETWORK --template</c>: the numbers of the first step in the order of calculation, without their values.</summary>
internal static class CheckTemplate
{
    public static int Execute(NetworkWords words, CheckFormat? format, string? output, bool force, Terminal terminal)
    {
        if (format == CheckFormat.Text) throw new InputException("--format text: a template is json or csv");
        if (output is not null) OutputFile.Check(output, force, "--output");
        bool csv = (format ?? (Path.GetExtension(output) == ".csv" ? CheckFormat.Csv : CheckFormat.Json)) == CheckFormat.Csv;
        using var step = WorksheetRun.Open(words, terminal);
        string text = csv ? Csv(step.Form) : Json(step);
        if (output is not null)
        {
            // A table program takes a CSV file for UTF-8 by its byte order mark.
            OutputFile.Write(output, csv ? $"\uFEFF{text}" : text);
            terminal.Note($"written: {output}; fill in the values, all or some, and backprop check {words.Network} --against {output} finds the first wrong one");
        }
        else terminal.Output.Write(text);
        return ExitCode.Done;
    }

    private static string Csv(StepForm<double> form)
    {
        var text = new StringBuilder("phase,symbol,path,index,formula,value\n");
        foreach (var entry in form.Entries)
        {
            string[] cells = [Words.Of(entry.Line.Phase), entry.Line.Symbol, entry.Line.Path, Index(entry), entry.Line.Formula, ""];
            text.AppendJoin(',', cells.Select(ExplainCsv.Field)).Append('\n');
        }
        return text.ToString();
    }

    private static string Json(NetworkStep step) => JsonText.Of(json =>
    {
        json.WriteString("format", FormAnswers.Format);
        json.WriteString("name", step.Network.Name);
        json.WriteStartArray("entries");
        foreach (var entry in step.Form.Entries)
        {
            json.WriteStartObject();
            json.WriteString("phase", Words.Of(entry.Line.Phase));
            json.WriteString("symbol", entry.Line.Symbol);
            json.WriteString("path", entry.Line.Path);
            json.WriteString("index", Index(entry));
            json.WriteString("formula", entry.Line.Formula);
            json.WriteNull("value");
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    private static string Index(FormEntry<double> entry) => entry.Line.Tensor.Shape.Position(entry.Index);
}
