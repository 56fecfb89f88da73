using System.Globalization;
using System.Text;
using Backprop.Cli.Report.Charts;
using Backprop.Training;

namespace Backprop.Cli.Report;

/// <summary>How training went: the loss of both parts over the epochs, and what was watched beside it.</summary>
internal static class CurvesSection
{
    private const int MostRows = 12;

    public static void Write(StringBuilder text, Reported reported)
    {
        if (reported.Record is not { History: { Count: > 0 } history } record) return;
        string part = record.Validation is null ? "test" : "validation";
        text.Append("<section>\n<h2>How training went</h2>\n<div class=\"charts\">\n");
        Plot(text, "Loss", Taken(record), LineChart.Of(
            "Loss over the epochs", "epoch", "loss",
            new ChartLine("train", "first", [.. history.Select(epoch => ((double)epoch.Epoch, epoch.TrainLoss))]),
            new ChartLine(part, "second", Points(history, test => test.Loss))));
        string unit = reported.Unit == 1 ? "" : " in the unit of the target";
        if (history.Any(epoch => epoch.Test?.Accuracy is not null))
            Plot(text, "Accuracy", "", LineChart.OfShares(
                "Accuracy over the epochs", "epoch", "share that is right", new ChartLine(part, "second", Points(history, test => test.Accuracy))));
        else
            Plot(text, "Root mean squared error", unit, LineChart.Of(
                "RMSE over the epochs", "epoch", "RMSE", new ChartLine(part, "second", Points(history, test => test.Rmse * reported.Unit))));
        text.Append("</div>\n<details>\n<summary>The same as numbers</summary>\n");
        HtmlTable.Write(
            text, history.Count > MostRows ? $"{MostRows} of {history.Count} epochs" : "Every epoch", "rows",
            ["epoch", "train loss", $"{part} loss", $"{part} accuracy", $"{part} RMSE"],
            Chosen(history).Select(epoch => (string[])
            [
                epoch.Epoch.ToString(CultureInfo.InvariantCulture), Number(epoch.TrainLoss), Number(epoch.Test?.Loss), Number(epoch.Test?.Accuracy),
                Number(epoch.Test?.Rmse * reported.Unit),
            ]));
        text.Append("</details>\n</section>\n");
    }

    /// <summary>A chart under its heading; nothing where there is no chart.</summary>
    public static void Plot(StringBuilder text, string heading, string remark, string chart)
    {
        if (chart.Length == 0) return;
        text.Append(CultureInfo.InvariantCulture, $"<figure class=\"plot\">\n<figcaption>{heading}<span class=\"soft\">{remark}</span></figcaption>\n{chart}</figure>\n");
    }

    private static string Taken(TrainingRecord record) => record.BestEpoch is { } best
        ? string.Create(CultureInfo.InvariantCulture, $", the weights of epoch {best} were taken") : "";

    private static (double, double)[] Points(IReadOnlyList<EpochResult> history, Func<Evaluation, double?> figure) =>
        [.. history.Where(epoch => epoch.Test is not null && figure(epoch.Test) is not null).Select(epoch => ((double)epoch.Epoch, figure(epoch.Test!)!.Value))];

    /// <summary>The first, the last, and those between at equal distances.</summary>
    private static IEnumerable<EpochResult> Chosen(IReadOnlyList<EpochResult> history) => history.Count <= MostRows ? history
        : Enumerable.Range(0, MostRows).Select(i => history[(int)Math.Round(i * (history.Count - 1.0) / (MostRows - 1))]);

    private static string Number(double? number) => number?.ToString("G4", CultureInfo.InvariantCulture) ?? "";
}
