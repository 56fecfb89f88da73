using System.Globalization;
using System.Text;
using Backprop.Cli.Explain.Page;
using Backprop.Explaining;
using Backprop.Lessons.Worksheets;
using Backprop.Tensors;

namespace Backprop.Cli.Worksheets;

/// <summary>A worksheet as one page that needs nothing else: to fill in and save in the browser, or on paper. It holds no answer.</summary>
internal static class WorksheetHtml
{
    private static readonly string Style = HtmlPage.Resource("worksheet.css"), Code = HtmlPage.Resource("worksheet.js");

    public static string Of(Worksheet sheet, string picture, bool key)
    {
        var network = sheet.Step.Network;
        string title = $"{(key ? "Key to the worksheet" : "Worksheet")}: {(network.Name.Length > 0 ? network.Name : "one training step")}";
        var text = HtmlPage.Open(title, Style, Code).Append(CultureInfo.InvariantCulture, $"<p class=\"soft\">{HtmlPage.Encoded(network.Source)}</p>\n</header>\n");
        text.Append(key ? "" : Learner(sheet.Blanks.Count)).Append(CultureInfo.InvariantCulture, $"<p class=\"soft\">{Rules(sheet)}</p>\n");
        WriteGiven(text, sheet, picture);
        foreach (var phase in sheet.Step.Form.Lines.GroupBy(line => line.Phase))
        {
            text.Append(CultureInfo.InvariantCulture, $"<section>\n<h2>{phase.Key}</h2>\n");
            foreach (var line in phase) WriteLine(text, sheet, line, key);
            text.Append("</section>\n");
        }
        return text.Append(CultureInfo.InvariantCulture, $"<p class=\"soft\">{HtmlPage.Encoded(TapeText.Signs)}</p>\n</main>\n{(key ? "" : Script(sheet))}</body>\n</html>\n").ToString();
    }

    private static string Learner(int marks) => $"""
        <div class="who">
        <label>Name<br><input type="text" id="learner" autocomplete="name"></label>
        <span class="total">Marks <span>&#xA0;</span> of {marks}</span>
        <span class="screen"><button id="save">Save answers</button>
        <label class="file">Load answers<input type="file" id="load" accept=".json,application/json"></label>
        <button id="print">Print</button></span>
        </div>
        <p class="soft note screen" id="note" role="status">Nothing leaves this page: saving writes a file of your own.</p>

        """.ReplaceLineEndings("\n");

    private static string Rules(Worksheet sheet) => string.Create(CultureInfo.InvariantCulture, $"""
        {sheet.Blanks.Count} blanks, one mark each. Work in the order of calculation with the numbers that are printed and your own: an answer that
        is right for your own earlier answers counts in full. Answer to the decimals asked, with a point or a comma. A dot (·) in a table stands for a
        number that is the answer to a blank once more.
        """).ReplaceLineEndings("\n");

    private static void WriteGiven(StringBuilder text, Worksheet sheet, string picture)
    {
        var network = sheet.Step.Network;
        string settings = string.Concat(network.Optimizer.Settings.Where(setting => setting.Value is not (0.0 or false))
            .Select(setting => string.Create(CultureInfo.InvariantCulture, $", {setting.Key} {(setting.Value is double number ? NumberText.Of(number) : setting.Value)}")));
        string penalty = network.L2 > 0 ? string.Create(CultureInfo.InvariantCulture, $", penalty λ {network.L2:R}") : "";
        text.Append("<section>\n<h2>Given</h2>\n").Append(CultureInfo.InvariantCulture, $"<pre>{HtmlPage.Encoded(picture)}</pre>\n")
            .Append(CultureInfo.InvariantCulture, $"<p>Loss: {HtmlPage.Encoded(network.Loss)}{penalty}. ")
            .Append(CultureInfo.InvariantCulture, $"Update: {network.Optimizer.Type}, η {network.Optimizer.LearningRate:R}{HtmlPage.Encoded(settings)}, its first step.</p>\n")
            .Append("<div class=\"given\">\n");
        foreach (var given in sheet.Step.Given)
        {
            text.Append(CultureInfo.InvariantCulture, $"<div>{Head(given.Symbol, given.Path)}");
            WriteMatrix(text, given.Shape, [.. given.Values.Select(value => $"<td>{NumberText.Of(value, sheet.DigitsOf(value))}</td>")]);
            text.Append("</div>\n");
        }
        text.Append("</div>\n</section>\n");
    }

    private static void WriteLine(StringBuilder text, Worksheet sheet, FormLine<double> line, bool key)
    {
        string formula = line.Phase == Phase.Update ? (line.Kind == FormKind.New ? line.Formula : line.Symbol) : $"{line.Symbol} = {line.Formula}";
        Blank[] blanks = [.. sheet.Blanks.Where(blank => blank.Entry.Line == line)];
        text.Append(CultureInfo.InvariantCulture, $"<div class=\"line\">\n{Head(formula, line.Path)}");
        WriteMatrix(text, line.Tensor.Shape, [.. line.Entries.Select(Cell)]);
        foreach (var blank in blanks) WriteBlank(text, blank, key);
        text.Append("</div>\n");

        string Cell(FormEntry<double> entry) =>
            Array.Find(blanks, blank => blank.Entry == entry) is { } asked ? $"<td><a class=\"number\" href=\"#blank{asked.Number}\">{asked.Number}</a></td>"
            : sheet.Copies.Contains(entry) ? "<td class=\"gap\">·</td>"
            : $"<td>{NumberText.Of(entry.Value, sheet.DigitsOf(entry.Value))}</td>";
    }

    private static string Head(string formula, string path) =>
        $"<div class=\"formula\"><span class=\"scroll\">{MathMl.Of(formula)}</span><span class=\"path\">{HtmlPage.Encoded(path)}</span></div>\n";

    private static void WriteBlank(StringBuilder text, Blank blank, bool key)
    {
        string name = blank.Entry.Line.Kind == FormKind.New ? $"new {blank.Entry.Name}" : blank.Entry.Name;
        text.Append(CultureInfo.InvariantCulture, $"<label class=\"blank\"><span class=\"number\">{blank.Number}</span>{MathMl.Of(name)} = ")
            .Append(key ? $"<strong>{blank.Answer.Replace('-', '−')}</strong>"
                : $"<input type=\"text\" id=\"blank{blank.Number}\" data-blank=\"{blank.Number}\" autocomplete=\"off\" spellcheck=\"false\">")
            .Append(CultureInfo.InvariantCulture, $" <small>{blank.Decimals} decimals, 1 mark</small></label>\n");
    }

    /// <summary>Rows and columns; a tensor of more axes as one table after the other, each with its place.</summary>
    private static void WriteMatrix(StringBuilder text, Shape shape, string[] cells)
    {
        int columns = shape.Rank == 0 ? 1 : shape[^1], rows = shape.Rank < 2 ? 1 : shape[^2];
        text.Append("<div class=\"matrix\">\n");
        foreach (var (i, block) in cells.Chunk(Math.Max(1, rows * columns)).Index())
        {
            if (cells.Length > block.Length)
                text.Append(CultureInfo.InvariantCulture, $"<div class=\"path\">{new Shape(shape.AsSpan()[..^2]).Position(i).TrimEnd(']')},:,:]</div>\n");
            text.Append("<table>\n");
            foreach (var row in block.Chunk(columns)) text.Append("<tr>").AppendJoin("", row).Append("</tr>\n");
            text.Append("</table>\n");
        }
        text.Append("</div>\n");
    }

    private static string Script(Worksheet sheet) => string.Create(CultureInfo.InvariantCulture, $$"""
        <script type="application/json" id="sheet">{"format":"{{AnswerSheet.Format}}","worksheet":"{{sheet.Id}}",
        "blanks":{{sheet.Settings.Blanks}},"seed":{{sheet.Settings.Seed}},"digits":{{sheet.Settings.Digits}}}</script>
        <script>{{Code}}</script>

        """).ReplaceLineEndings("\n");
}
