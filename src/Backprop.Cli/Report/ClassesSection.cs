using System.Globalization;
using System.Text;
using Backprop.Cli.Evaluate;
using Backprop.Cli.Explain.Page;

namespace Backprop.Cli.Report;

/// <summary>How well the classes are told apart: the confusion matrix as a heat table, and the figures of each class.</summary>
internal static class ClassesSection
{
    private const int MostInMatrix = 30, MostRows = 40, MostPairs = 20, Shades = 4;

    public static void Write(StringBuilder text, EvaluateResult result)
    {
        OneClass[] came = [.. result.Classes!.Where(one => one.Support + one.Said > 0)];
        text.Append("<section>\n<h2>Which class was taken for which</h2>\n");
        if (came.Length <= MostInMatrix && result.Confusion is { } counts) WriteMatrix(text, result.Classes!, counts);
        else if (result.Mistakes is { Count: > 0 } pairs)
            HtmlTable.Write(
                text, $"The most frequent of {pairs.Count} pairs that were confused", "rows", ["is", "said", "times"],
                pairs.Take(MostPairs).Select(pair => (string[])[Words.Visible(pair.Right), Words.Visible(pair.Said), EvaluateText.Number(pair.Count)]));
        string caption = came.Length <= MostRows ? "Each class" : $"The {MostRows} most frequent of {came.Length} classes";
        HtmlTable.Write(
            text, $"{caption}: of what was said to be of the class, the share that is (precision); of what is, the share that was found (recall); and their harmonic mean (F1)",
            "rows", ["class", "precision", "recall", "F1", "samples"],
            [
                .. came.OrderByDescending(one => came.Length > MostRows ? one.Support : 0).Take(MostRows).Select(one => (string[])
                    [Words.Visible(one.Name), EvaluateText.Share(one.Precision), EvaluateText.Share(one.Recall), EvaluateText.Share(one.F1), EvaluateText.Number(one.Support)]),
                Mean("mean of the classes", result.Macro!), Mean("weighted by samples", result.Weighted!),
            ]);
        text.Append("</section>\n");
    }

    private static string[] Mean(string name, Shares shares) =>
        [name, EvaluateText.Share(shares.Precision), EvaluateText.Share(shares.Recall), EvaluateText.Share(shares.F1), ""];

    private static void WriteMatrix(StringBuilder text, IReadOnlyList<OneClass> classes, IReadOnlyList<IReadOnlyList<long>> counts)
    {
        int[] shown = [.. Enumerable.Range(0, classes.Count).Where(place => classes[place].Support + classes[place].Said > 0)];
        HtmlTable.Begin(text, "Confusion matrix: a row for each class that is right, a column for each that was said. Right answers stand on the diagonal.", "confusion");
        text.Append("<tr><th scope=\"col\">is \\ said</th>");
        foreach (int column in shown) text.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\">{Name(classes[column])}</th>");
        text.Append("</tr>\n");
        foreach (int row in shown)
        {
            text.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Name(classes[row])}</th>");
            foreach (int column in shown)
                text.Append(CultureInfo.InvariantCulture, $"<td class=\"{Shade(counts[row][column], classes[row].Support, row == column)}\">{counts[row][column]}</td>");
            text.Append("</tr>\n");
        }
        text.Append("</table>\n</div>\n");
    }

    private static string Name(OneClass one) => HtmlPage.Encoded(Words.Visible(one.Name));

    /// <summary>By the root of the share of the row: few mistakes are to be seen, too.</summary>
    private static string Shade(long count, long support, bool right) => count == 0 ? "none"
        : string.Create(CultureInfo.InvariantCulture, $"{(right ? "right" : "wrong")}{Math.Clamp((int)Math.Ceiling(Shades * Math.Sqrt((double)count / support)), 1, Shades)}");
}
