using System.Globalization;
using System.Text;
using Backprop.Cli.Evaluate;
using Backprop.Cli.Report.Charts;

namespace Backprop.Cli.Report;

/// <summary>Predicted numbers beside the right ones: over time for a series, else one over the other, and the largest errors as rows.</summary>
internal static class NumbersSection
{
    private const int MostRows = 15;

    public static void Write(StringBuilder text, Reported reported, ReportedAnswers answers)
    {
        var all = answers.Judge.All;
        int width = all.Count / answers.Data.Samples.Count;
        string quantity = reported.Record?.Options.GetValueOrDefault("--target") ?? "target";
        text.Append("<section>\n<h2>Predicted and right</h2>\n<div class=\"charts\">\n");
        if (answers.Result.NaiveRmse is not null)
            CurvesSection.Plot(text, "In the order of time", "", LineChart.Of(
                "Predicted and right in the order of time", "row of the part", quantity,
                new ChartLine("right", "first", [.. all.Where((_, i) => i % width == 0).Select((one, i) => (i + 1.0, one.Right))]),
                new ChartLine("predicted", "second", [.. all.Where((_, i) => i % width == 0).Select((one, i) => (i + 1.0, one.Said))])));
        CurvesSection.Plot(text, "Each sample a point", "", ScatterChart.Of(
            "Predicted over right", quantity, [.. all.Select((one, i) => (one.Right, one.Said, answers.Data.Origins.NameOf(i / width)))]));
        text.Append("</div>\n");
        HtmlTable.Write(
            text, all.Count > MostRows ? $"The {MostRows} largest errors of {all.Count:N0}" : "Every error, the largest first", "rows",
            ["sample", "right", "predicted", "error", .. answers.Data.Origins.Columns],
            all.Index().OrderByDescending(one => Math.Abs(one.Item.Said - one.Item.Right)).Take(MostRows).Select(one => (string[])
            [
                answers.Data.Origins.NameOf(one.Index / width), Number(one.Item.Right), Number(one.Item.Said), Error(one.Item),
                .. answers.Data.Origins.RowOf(one.Index / width),
            ]));
        text.Append("</section>\n");
    }

    private static string Error(Judged one) => (one.Said - one.Right) switch
    {
        < 0 and var less => $"−{Number(-less)}",
        var more => $"+{Number(more)}",
    };

    private static string Number(double number) => number.ToString("G6", CultureInfo.InvariantCulture);
}
