using System.Globalization;
using System.Numerics;
using System.Text;
using Backprop.Explaining;

namespace Backprop.Cli.Explain.Page;

/// <summary>A training step as a part of a page: each operation with its formula and its numbers; how they were computed unfolds.</summary>
internal static class StepSection
{
    public static void Write<T>(StringBuilder text, Explanation<T> explanation, ExplainedStep<T> step, int digits)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        string[] title = ExplainText.Title(step, digits).Split("   ");
        string open = step == explanation.Shown[0] ? " open=\"\"" : "";
        text.Append(CultureInfo.InvariantCulture, $"<details class=\"step\" id=\"step{step.Number}\"{open}>\n")
            .Append(CultureInfo.InvariantCulture, $"<summary><h2>Step {step.Number}</h2>")
            .Append(CultureInfo.InvariantCulture, $" <span class=\"loss\">{HtmlPage.Encoded(title[1])}</span></summary>\n");
        foreach (var phase in step.Steps.GroupBy(read => read.Phase))
        {
            text.Append(CultureInfo.InvariantCulture, $"<section>\n<h3>{phase.Key}</h3>\n");
            foreach (var read in phase) WriteOperation(text, explanation, step, read, digits);
            text.Append("</section>\n");
        }
        if (step.ThroughTime is { } time) ThroughTimeHtml.Write(text, explanation, time, digits);
        if (step.Changes.Count > 0)
        {
            text.Append("<section>\n<h3>Update</h3>\n");
            foreach (var change in step.Changes) WriteChange(text, explanation, step, change, digits);
            text.Append("</section>\n");
        }
        text.Append("</details>\n");
    }

    private static void WriteOperation<T>(StringBuilder text, Explanation<T> explanation, ExplainedStep<T> step, ReadStep<T> read, int digits)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Open(text, $"{read.Symbol} = {read.Formula}", read.Path);
        ValueTable.Write(
            text, read.Symbol, read.Shape, read.Values,
            i => Number(explanation, step, read.Path + read.Shape.Position(i), NumberText.Of(read.Values[i], digits)));
        foreach (var remembered in read.Remembered)
        {
            text.Append(CultureInfo.InvariantCulture, $"<p class=\"remembered\">{HtmlPage.Encoded(remembered.Name)} =</p>\n");
            ValueTable.Write(text, $"{remembered.Name} of {read.Symbol}", remembered.Shape, remembered.Values, i => HtmlPage.Encoded(NumberText.Of(remembered.Values[i], digits)));
        }
        WriteWorked(text, read, digits);
        text.Append("</div>\n");
    }

    private static void WriteChange<T>(StringBuilder text, Explanation<T> explanation, ExplainedStep<T> step, ReadChange<T> change, int digits)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var read = change.Step;
        Open(text, read.Formula, read.Path);
        var (rows, more) = UpdateTable.Of(
            change, explanation.Network.Labels.GetValueOrDefault(read.Path), explanation.Network.Model.Parameters[read.Path].Place,
            value => NumberText.Of(value, digits));
        text.Append("<div class=\"tables\">\n")
            .Append(CultureInfo.InvariantCulture, $"<table class=\"update\" aria-label=\"{HtmlPage.Encoded($"the update of {read.Path}")}\">\n<tr>")
            .Append(string.Concat(rows[0].Select(cell => $"<th scope=\"col\">{HtmlPage.Encoded(cell)}</th>"))).Append("</tr>\n");
        const int Gradient = 2;
        for (int i = 1; i < rows.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{HtmlPage.Encoded(rows[i][0])}</th>");
            for (int column = 1; column < rows[i].Length; column++)
            {
                string cell = rows[i][column];
                string shown = column == Gradient ? Number(explanation, step, read.Path + read.Shape.Position(i - 1), cell) : HtmlPage.Encoded(cell);
                text.Append(CultureInfo.InvariantCulture, $"<td>{shown}</td>");
            }
            text.Append("</tr>\n");
        }
        text.Append("</table>\n</div>\n");
        if (more > 0)
            text.Append(CultureInfo.InvariantCulture, $"<p class=\"range\">… {more:N0} more entries; --format csv has them all</p>\n");
        WriteWorked(text, read, digits);
        text.Append("</div>\n");
    }

    private static void Open(StringBuilder text, string formula, string path) =>
        text.Append(CultureInfo.InvariantCulture, $"<div class=\"operation\">\n<p class=\"formula\">{MathMl.Of(formula)}</p>\n")
            .Append(CultureInfo.InvariantCulture, $"<p class=\"path\">{HtmlPage.Encoded(path)}</p>\n");

    /// <summary>A number that leads to its anatomy where the page has it.</summary>
    private static string Number<T>(Explanation<T> explanation, ExplainedStep<T> step, string path, string number)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        ExplainHtml.Address(explanation, step, path) is { } address
            ? $"<a href=\"{HtmlPage.Encoded(address)}\">{HtmlPage.Encoded(number)}</a>" : HtmlPage.Encoded(number);

    private static void WriteWorked<T>(StringBuilder text, ReadStep<T> read, int digits) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (read.Worked.Count == 0) return;
        text.Append("<details class=\"worked\">\n<summary>with the numbers put in</summary>\n");
        foreach (var entry in read.Worked)
        {
            string line = $"{entry.Name} = {entry.Numbers} = {NumberText.Of(entry.Result, digits)}";
            text.Append(CultureInfo.InvariantCulture, $"<p class=\"numbers\">{HtmlPage.Encoded(line)}</p>\n");
            if (ShownSum.Other(entry.Numbers, entry.Result, digits) is { } other)
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"<p class=\"rounding\">rounded for display only: the terms as shown add up to {other}</p>\n");
        }
        if (read.Worked.Count < read.Values.Count)
            text.Append(
                CultureInfo.InvariantCulture,
                $"<p class=\"range\">{read.Worked.Count:N0} of {read.Values.Count:N0} entries; a number is taken apart at a click, or by --why</p>\n");
        text.Append("</details>\n");
    }
}
