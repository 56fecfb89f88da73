using System.Globalization;
using System.Numerics;
using System.Security;
using System.Text;
using Backprop.Explaining;
using Backprop.Tensors;

namespace Backprop.Cli.Explain;

/// <summary>An explanation as one page that needs nothing else: formulas in MathML, steps that unfold, all of them open on paper.</summary>
internal static class ExplainHtml
{
    private const int MostCells = 12;

    private const string Style = """
        body { font: 16px/1.45 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #222; background: #fff }
        h1 { font-size: 1.6rem } h2 { font-size: 1.25rem; margin-top: 2rem } h3 { font-size: 1rem; color: #555; margin-bottom: .3rem }
        pre, td, .numbers { font-family: ui-monospace, Consolas, monospace; font-size: .85rem }
        table { border-collapse: collapse; margin: .4rem 0 } td, th { border: 1px solid #ccc; padding: .15rem .5rem; text-align: right } th { background: #f3f3f3 }
        details { border-left: 3px solid #9bc; padding: .1rem .8rem; margin: .3rem 0 } summary { cursor: pointer }
        summary .path { color: #777; font-size: .85rem; float: right } .numbers { margin: .15rem 0; overflow-wrap: anywhere } math { font-size: 1.1rem }
        @media print { body { margin: 0; max-width: none; font-size: 11pt } details { break-inside: avoid } a { color: inherit } }
        """;

    // Paper cannot be unfolded.
    private const string Script = """
        addEventListener('beforeprint', () => document.querySelectorAll('details:not([open])').forEach(d => { d.open = true; d.dataset.shut = 1; }));
        addEventListener('afterprint', () => document.querySelectorAll('details[data-shut]').forEach(d => { d.open = false; delete d.dataset.shut; }));
        """;

    public static string Of<T>(Explanation<T> explanation, string picture, int digits) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var text = new StringBuilder();
        string[] head = [.. ExplainText.Head(explanation.Network)];
        text.Append(CultureInfo.InvariantCulture, $"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n")
            .Append(CultureInfo.InvariantCulture, $"<title>{Encoded(head[0])}</title>\n<style>\n{Style}\n</style>\n</head>\n<body>\n<h1>{Encoded(head[0])}</h1>\n");
        foreach (string line in head[1..]) text.Append(CultureInfo.InvariantCulture, $"<p>{Encoded(line)}</p>\n");
        text.Append(CultureInfo.InvariantCulture, $"<pre>{Encoded(picture)}</pre>\n");
        if (explanation.Shown is [var first, ..])
        {
            text.Append("<table>\n<tr><th>symbol</th><th>path</th><th>shape</th></tr>\n");
            foreach (var (symbol, meaning, shape) in first.Legend)
                text.Append(CultureInfo.InvariantCulture, $"<tr><td>{MathMl.Of(symbol)}</td><td>{Encoded(meaning)}</td><td>{shape}</td></tr>\n");
            text.Append("</table>\n");
        }
        foreach (var step in explanation.Shown) WriteStep(text, explanation, step, digits);
        text.Append("<h2>Losses</h2>\n<ul>\n");
        foreach (string line in ExplainText.Losses(explanation, digits)) text.Append(CultureInfo.InvariantCulture, $"<li>{Encoded(line)}</li>\n");
        return text.Append(CultureInfo.InvariantCulture, $"</ul>\n<p>{Encoded(TapeText.Signs)}</p>\n<p>{ExplainText.Rounding}</p>\n<script>\n{Script}\n</script>\n</body>\n</html>\n").ToString();
    }

    private static void WriteStep<T>(StringBuilder text, Explanation<T> explanation, ExplainedStep<T> step, int digits)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        text.Append(CultureInfo.InvariantCulture, $"<h2>{Encoded(ExplainText.Title(step, digits))}</h2>\n");
        foreach (var phase in step.Steps.GroupBy(read => read.Phase))
        {
            text.Append(CultureInfo.InvariantCulture, $"<h3>{phase.Key}</h3>\n");
            foreach (var read in phase)
            {
                Open(text, $"{MathMl.Of($"{read.Symbol} = {read.Formula}")}", read.Path);
                foreach (var entry in read.Worked) WriteWorked(text, entry, digits);
                WriteValues(text, read.Shape, read.Values, digits);
                text.Append("</details>\n");
            }
        }
        if (step.ThroughTime is { } time) text.Append(ThroughTimeHtml.Of(explanation, time, digits));
        if (step.Changes.Count > 0) text.Append("<h3>Update</h3>\n");
        foreach (var change in step.Changes)
        {
            Open(text, MathMl.Of(change.Step.Formula), change.Step.Path);
            foreach (var entry in change.Step.Worked) WriteWorked(text, entry, digits);
            var (rows, more) = UpdateTable.Of(
                change, explanation.Network.Labels.GetValueOrDefault(change.Step.Path), explanation.Network.Model.Parameters[change.Step.Path].Place,
                value => NumberText.Of(value, digits));
            text.Append("<table>\n");
            for (int i = 0; i < rows.Length; i++) WriteRow(text, rows[i], i == 0 ? "th" : "td");
            text.Append("</table>\n").Append(more > 0 ? FormattableString.Invariant($"<p>… {more:N0} more entries; --format csv has them all</p>\n") : "").Append("</details>\n");
        }
    }

    private static void Open(StringBuilder text, string formula, string path) =>
        text.Append(CultureInfo.InvariantCulture, $"<details open>\n<summary>{formula}<span class=\"path\">{Encoded(path)}</span></summary>\n");

    private static void WriteWorked<T>(StringBuilder text, WorkedEntry<T> entry, int digits) where T : unmanaged, IFloatingPointIeee754<T> =>
        text.Append(CultureInfo.InvariantCulture, $"<p class=\"numbers\">{Encoded($"{entry.Name} = {entry.Numbers} = {NumberText.Of(entry.Result, digits)}")}</p>\n");

    /// <summary>A small tensor as a table; what is larger, or has more axes, as text with its corner and its range.</summary>
    private static void WriteValues<T>(StringBuilder text, Shape shape, IReadOnlyList<T> values, int digits) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (values.Count == 0 || shape.Rank > 2 || (shape.Rank > 0 && shape[^1] > MostCells) || values.Count > MostCells * MostCells)
        {
            var lines = TensorText.Lines(shape, (ReadOnlySpan<T>)values.ToArray(), 100, value => NumberText.Of(value, digits));
            text.Append(CultureInfo.InvariantCulture, $"<pre>{Encoded(string.Join('\n', lines))}</pre>\n");
            return;
        }
        int columns = shape.Rank == 0 ? 1 : shape[^1];
        text.Append("<table>\n");
        foreach (var row in values.Chunk(columns)) WriteRow(text, row.Select(value => NumberText.Of(value, digits)), "td");
        text.Append("</table>\n");
    }

    private static void WriteRow(StringBuilder text, IEnumerable<string> cells, string tag) =>
        text.Append(CultureInfo.InvariantCulture, $"<tr>{string.Concat(cells.Select(cell => $"<{tag}>{Encoded(cell)}</{tag}>"))}</tr>\n");

    private static string Encoded(string text) => SecurityElement.Escape(text);
}
