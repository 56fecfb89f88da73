using System.Globalization;
using System.Text;
using Backprop.Cli.Evaluate;
using Backprop.Cli.Explain.Page;
using Backprop.Tabular;

namespace Backprop.Cli.Report;

/// <summary>A report as one page that needs nothing else.</summary>
internal static class ReportPage
{
    private static readonly string Style = HtmlPage.Resource("report.css");

    public static string Of(Reported reported)
    {
        var text = HtmlPage.Open($"Report on {Path.GetFileName(reported.File)}", Style);
        WriteHead(text, reported);
        WarningsSection.Write(text, reported);
        CurvesSection.Write(text, reported);
        if (reported.Judged is { } answers)
        {
            if (answers.Result.Task == TaskKind.Regression) NumbersSection.Write(text, reported, answers);
            else
            {
                ClassesSection.Write(text, answers.Result);
                // A token of a text is no sample that could be shown by itself.
                if (answers.Data.Samples.Targets.Shape.Rank == 1) MistakesSection.Write(text, reported, answers);
            }
        }
        TrainingSection.WriteNetwork(text, reported);
        TrainingSection.WriteSettings(text, reported);
        TrainingSection.WriteReproduction(text, reported);
        return HtmlPage.Close(text.Append(
            CultureInfo.InvariantCulture, $"<footer>Written by backprop report {CommandLine.Version}. This page needs no other file and loads nothing.</footer>\n"));
    }

    private static void WriteHead(StringBuilder text, Reported reported)
    {
        string task = reported.Model.Task.Length > 0 ? reported.Model.Task : "model";
        string data = reported.Judged?.Data.Called ?? (reported.Record is { } record ? $"trained on {record.Data}" : "");
        text.Append(CultureInfo.InvariantCulture, $"<p>{HtmlPage.Encoded(task)} · {HtmlPage.Encoded(data)}</p>\n</header>\n");
        if (reported.Judged is not { } answers)
        {
            text.Append("<p class=\"lead\">There are no data that it could be judged by here; what follows is what its file says.</p>\n");
            return;
        }
        text.Append(CultureInfo.InvariantCulture, $"<p class=\"lead\">{HtmlPage.Encoded(Sentence(answers))}</p>\n<dl class=\"figures\">\n");
        foreach (var (name, figure) in EvaluateText.Figures(answers.Result, answers.Data.Called).Skip(1))
        {
            string[] parts = figure.Split(", ", 2);
            text.Append(CultureInfo.InvariantCulture, $"<div><dt>{HtmlPage.Encoded(name)}</dt><dd>{HtmlPage.Encoded(parts[0])}</dd>")
                .Append(parts.Length > 1 ? $"<dd class=\"note\">{HtmlPage.Encoded(parts[1])}</dd>" : "").Append("</div>\n");
        }
        text.Append("</dl>\n");
    }

    /// <summary>What it comes to, in a sentence.</summary>
    private static string Sentence(ReportedAnswers answers)
    {
        var result = answers.Result;
        string samples = Wording.Count(result.Samples, "sample"), which = result.Part switch
        {
            DataPart.Test when answers.Data.Called.EndsWith("never saw", StringComparison.Ordinal) => $"On {samples} that training never saw",
            DataPart.Test or DataPart.Train => $"On {samples} that trained it",
            _ => $"On {samples}",
        };
        return result.Accuracy is { } accuracy
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{which}, {result.Right:N0} of {result.Answers:N0} answers were right, {accuracy:P1}; always saying {Words.Visible(result.Baseline!.Name)} would be right for {result.Baseline.Accuracy:P1}.")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{which}, predictions were off by {result.Rmse:G4} (RMSE); {(result.NaiveRmse is null ? "always saying the mean" : "saying the number read last")} would be off by {result.NaiveRmse ?? result.MeanRmse:G4}.");
    }
}
