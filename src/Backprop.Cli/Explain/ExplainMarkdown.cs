using System.Globalization;
using System.Numerics;
using System.Text;
using Backprop.Explaining;

namespace Backprop.Cli.Explain;

/// <summary>An explanation as Markdown: headings, tables, and formulas as preformatted text.</summary>
internal static class ExplainMarkdown
{
    public static string Of<T>(Explanation<T> explanation, string picture, int digits) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var text = new StringBuilder();
        string[] head = [.. ExplainText.Head(explanation.Network)];
        text.Append(CultureInfo.InvariantCulture, $"# {Escaped(head[0])}\n\n");
        foreach (string line in head[1..]) text.Append(CultureInfo.InvariantCulture, $"{Escaped(line)}\n\n");
        Preformatted(text, picture.TrimEnd('\n'));
        if (explanation.Shown is [var first, ..])
            Table(text, [["symbol", "path", "shape"], .. first.Legend.Select(entry => new[] { entry.Symbol, entry.Meaning, entry.Shape.ToString() })]);
        foreach (var step in explanation.Shown)
        {
            string[] title = ExplainText.Title(step, digits).Split("   ");
            text.Append(CultureInfo.InvariantCulture, $"## Step {step.Number}\n\n{title[1]}\n\n");
            foreach (var phase in step.Steps.GroupBy(read => read.Phase))
            {
                text.Append(CultureInfo.InvariantCulture, $"### {phase.Key}\n\n");
                Preformatted(text, TapeText.Of(phase, digits));
            }
            if (step.ThroughTime is { } time) ThroughTime(text, explanation, time, digits);
            if (step.Changes.Count > 0) text.Append("### Update\n\n");
            foreach (var change in step.Changes)
            {
                var (rows, more) = UpdateTable.Of(
                    change, explanation.Network.Labels.GetValueOrDefault(change.Step.Path), explanation.Network.Model.Parameters[change.Step.Path].Place,
                    value => NumberText.Of(value, digits));
                var worked = change.Step.Worked[0];
                string remark = ShownSum.Other(worked.Numbers, worked.Result, digits) is { } other ? $"\nrounded for display only: the terms as shown add up to {other}" : "";
                Preformatted(text, $"{change.Step.Formula}\n{worked.Name} = {worked.Numbers} = {NumberText.Of(worked.Result, digits)}{remark}");
                Table(text, rows);
                if (more > 0) text.Append(CultureInfo.InvariantCulture, $"… {more:N0} more entries; --format csv has them all\n\n");
            }
        }
        text.Append("## Losses\n\n");
        foreach (string line in ExplainText.Losses(explanation, digits)) text.Append(CultureInfo.InvariantCulture, $"- {line}\n");
        return text.Append(CultureInfo.InvariantCulture, $"\n{Escaped(TapeText.Signs.Replace('\n', ' '))}\n\n{ExplainText.Rounding}\n")
            .Append(ExplainText.Excerpts(explanation) is { } others ? $"\n{others}\n" : "").ToString();
    }

    private static void ThroughTime<T>(StringBuilder text, Explanation<T> explanation, ExplainedTime<T> time, int digits) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (ThroughTimeTables.Note(time) is { Length: > 0 } note) text.Append(CultureInfo.InvariantCulture, $"{Escaped(note)}\n\n");
        foreach (var network in time.Networks)
        {
            text.Append(CultureInfo.InvariantCulture, $"### Through time: {Escaped(ThroughTimeTables.Title(network))}\n\n");
            foreach (var table in ThroughTimeTables.Of(network, time.Truncate, explanation.Network.Labels, explanation.Network.Model.Parameters, digits))
            {
                text.Append(CultureInfo.InvariantCulture, $"{Escaped(table.Title)}\n\n");
                Table(text, table.Rows);
            }
            text.Append(CultureInfo.InvariantCulture, $"{Escaped(ThroughTimeTables.Conclusion(time, network))}\n\n");
        }
    }

    private static void Preformatted(StringBuilder text, string lines) => text.Append(CultureInfo.InvariantCulture, $"```\n{lines}\n```\n\n");

    public static void Table(StringBuilder text, string[][] rows)
    {
        text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", rows[0].Select(Escaped))} |\n|{string.Concat(rows[0].Select(_ => "---|"))}\n");
        foreach (string[] row in rows[1..]) text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", row.Select(Escaped))} |\n");
        text.Append('\n');
    }

    /// <summary>A text of the user's, in which no letter means anything to Markdown.</summary>
    public static string Escaped(string text)
    {
        var escaped = new StringBuilder();
        foreach (char letter in text.ReplaceLineEndings(" "))
        {
            if (letter is '\\' or '|' or '*' or '_' or '`' or '<' or '[' or ']' or '#') escaped.Append('\\');
            escaped.Append(letter);
        }
        return escaped.ToString();
    }
}
