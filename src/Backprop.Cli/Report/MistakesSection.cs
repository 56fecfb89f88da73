using System.Globalization;
using System.Text;
using Backprop.Cli.Evaluate;
using Backprop.Cli.Explain.Page;
using Backprop.Pictures;

namespace Backprop.Cli.Report;

/// <summary>The mistakes of which the network was surest: pictures as pictures, other samples as rows.</summary>
internal static class MistakesSection
{
    private const int MostPictures = 24, MostRows = 15;

    public static void Write(StringBuilder text, Reported reported, ReportedAnswers answers)
    {
        var names = EvaluateResult.Names(reported.Model, answers.Judge.Confusion!);
        // What has other channels than grey or red, green and blue cannot be shown.
        bool pictures = reported.Record?.Form == "pictures" && (reported.Model.Input.Rank == 2 || reported.Model.Input[0] is 1 or 3);
        var wrong = answers.Judge.All.Index().Where(one => one.Item.Said != one.Item.Right && one.Item.Said >= 0)
            .OrderByDescending(one => one.Item.Sureness).Take(pictures ? MostPictures : MostRows).ToArray();
        long all = answers.Result.Answers!.Value - answers.Result.Right!.Value;
        text.Append("<section>\n<h2>Worst mistakes</h2>\n");
        if (wrong.Length == 0)
        {
            text.Append("<p>There is none: every answer was right.</p>\n</section>\n");
            return;
        }
        string which = wrong.Length == all ? Backprop.Tabular.Wording.Count(all, "mistake") : $"{wrong.Length} of {all:N0} mistakes";
        if (pictures) WriteGallery(text, $"{which}, those first of which the network was surest", reported, answers, wrong, names);
        else
            HtmlTable.Write(
                text, $"{which}, those first of which the network was surest", "rows",
                ["sample", "is", "said", reported.Model.GivesProbabilities ? "with probability" : "with score", .. answers.Data.Origins.Columns],
                wrong.Select(one => (string[])
                [
                    answers.Data.Origins.NameOf(one.Index), names[(int)one.Item.Right], names[(int)one.Item.Said], Sure(one.Item, reported),
                    .. answers.Data.Origins.RowOf(one.Index),
                ]));
        text.Append("</section>\n");
    }

    /// <summary>The probability; what a hinge loss makes of its scores only puts them in order.</summary>
    private static string Sure(Judged one, Reported reported) =>
        one.Sureness.ToString(reported.Model.GivesProbabilities ? "P1" : "F3", CultureInfo.InvariantCulture);

    private static void WriteGallery(
        StringBuilder text, string caption, Reported reported, ReportedAnswers answers, (int Index, Judged Item)[] wrong, IReadOnlyList<string> names)
    {
        text.Append(CultureInfo.InvariantCulture, $"<p class=\"soft\">{HtmlPage.Encoded(caption)}</p>\n<ul class=\"gallery\">\n");
        var pictures = new SamplePictures(reported.Model, answers.Data.Samples);
        var (black, white) = pictures.Range;
        foreach (var (index, one) in wrong)
        {
            string right = HtmlPage.Encoded(names[(int)one.Right]), said = HtmlPage.Encoded(names[(int)one.Said]);
            string name = HtmlPage.Encoded(answers.Data.Origins.NameOf(index)), sure = Sure(one, reported) + (reported.Model.GivesProbabilities ? " sure" : "");
            string png = Convert.ToBase64String(Png.Write(pictures[index], black, white));
            text.Append(CultureInfo.InvariantCulture, $"<li><img alt=\"{name}: {right}, taken for {said}\" src=\"data:image/png;base64,{png}\">")
                .Append(CultureInfo.InvariantCulture, $"<p>is <b>{right}</b>, said <b>{said}</b></p><p class=\"soft\">{sure} · {name}</p></li>\n");
        }
        text.Append("</ul>\n");
    }
}
