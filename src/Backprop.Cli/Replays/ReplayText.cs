using System.Globalization;
using System.Text;
using Backprop.Explaining;
using Backprop.Lessons.Replays;

namespace Backprop.Cli.Replays;

/// <summary>What replays came to as text.</summary>
internal static class ReplayText
{
    private const int Width = 80;
    private const string Indent = "  ";

    /// <summary>The lessons that there are.</summary>
    public static string List()
    {
        int width = ReplayLessons.Names.Max(name => name.Length);
        var text = new StringBuilder();
        foreach (var lesson in ReplayLessons.All)
        {
            text.Append(lesson.Name.PadRight(width)).Append(Indent).Append(lesson.Summary).Append('\n');
            text.Append(' ', width).Append(Indent).Append(Cited(lesson.Publication)).Append('\n');
        }
        return text.Append("\nbackprop replay NAME runs one of them, backprop replay --all runs them all.\n").ToString();
    }

    public static string Of(IReadOnlyList<ReplayReport> reports)
    {
        var text = new StringBuilder();
        foreach (var report in reports)
        {
            Write(text, report);
            text.Append('\n');
        }
        return text.Append(Summary(reports)).Append('\n').ToString();
    }

    private static void Write(StringBuilder text, ReplayReport report)
    {
        var lesson = report.Lesson;
        text.Append(lesson.Name).Append(": ").Append(lesson.Summary).Append('\n');
        foreach (string line in Wrapped(Cited(lesson.Publication), Width)) text.Append(line).Append('\n');
        text.Append(lesson.Publication.Url).Append('\n');
        foreach (string line in Wrapped(lesson.Remark, Width)) text.Append(line).Append('\n');
        text.Append('\n');
        WriteFigures(text, report);
        for (int i = 0; i < report.Errata.Count; i++)
            Write(text, report.Errata[i], sameCause: i > 0 && report.Errata[i].Cause == report.Errata[i - 1].Cause);
    }

    /// <summary>All groups are one table, so that its columns stand below each other.</summary>
    private static void WriteFigures(StringBuilder text, ReplayReport report)
    {
        string[][] rows = [["", "published", "ours", "difference"], .. report.Figures.Select(Row)];
        string[] lines = [.. AlignedTable.Lines(rows)];
        int next = 0;
        text.Append(Indent).Append(lines[next++]).Append('\n');
        foreach (var group in report.Groups)
        {
            text.Append(group.Name).Append('\n');
            foreach (var figure in group.Figures)
                text.Append(Indent).Append(lines[next++]).Append(figure.IsReproduced ? "" : "  NOT REPRODUCED").Append('\n');
        }
    }

    private static string[] Row(Figure figure) =>
        [figure.What, Signed(figure.Published.Text), Ours(figure.Ours, figure.Published), NumberText.Of(figure.Difference, 2)];

    private static void Write(StringBuilder text, Erratum erratum, bool sameCause)
    {
        string low = Ours(erratum.Variants.Min(), erratum.Published), high = Ours(erratum.Variants.Max(), erratum.Published);
        text.Append("\nerratum: ").Append(erratum.What).Append(erratum.IsExplained ? "" : "  NOT EXPLAINED").Append('\n');
        text.Append(Indent).Append("published  ").Append(Signed(erratum.Published.Text)).Append('\n');
        text.Append(Indent).Append("right      ").Append(Signed(erratum.Right.Text)).Append('\n');
        text.Append(Indent).Append("ours       ").Append(Ours(erratum.Ours, erratum.Published)).Append('\n');
        text.Append(Indent).Append("variant    ").Append(low == high ? low : $"{low} to {high}").Append('\n');
        string label = "cause      ";
        foreach (string line in Wrapped(sameCause ? "as above" : erratum.Cause, Width - Indent.Length - label.Length))
        {
            text.Append(Indent).Append(label).Append(line).Append('\n');
            label = new string(' ', label.Length);
        }
    }

    private static string Summary(IReadOnlyList<ReplayReport> reports)
    {
        var figures = reports.SelectMany(report => report.Figures).ToArray();
        var errata = reports.SelectMany(report => report.Errata).ToArray();
        int reproduced = figures.Count(figure => figure.IsReproduced), explained = errata.Count(erratum => erratum.IsExplained);
        return FormattableString.Invariant($"{figures.Length} figures, {reproduced} reproduced, ")
            + (explained == errata.Length ? $"{explained} {Errata(explained)} explained" : $"{explained} of {errata.Length} {Errata(errata.Length)} explained");
    }

    private static string Errata(int count) => count == 1 ? "erratum" : "errata";

    private static string Cited(Publication publication) => FormattableString.Invariant($"{publication.Author}, {publication.Title} ({publication.Year})");

    /// <summary>Two digits more than were printed, as far as a double has them.</summary>
    private static string Ours(double number, PublishedNumber published)
    {
        if (number == 0 || !double.IsFinite(number)) return NumberText.Of(number);
        string shortest = number.ToString("R", CultureInfo.InvariantCulture);
        string wide = number.ToString($"F{published.Decimals + 2}", CultureInfo.InvariantCulture);
        bool whole = published.Decimals == 0 && number == Math.Round(number);
        return Signed(whole || (shortest.Length < wide.Length && !shortest.Contains('E', StringComparison.Ordinal)) ? shortest : wide);
    }

    private static string Signed(string number) => number.Replace("e-", "e~", StringComparison.Ordinal).Replace('-', '−').Replace("e~", "e-", StringComparison.Ordinal);

    private static IEnumerable<string> Wrapped(string text, int width)
    {
        var line = new StringBuilder();
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }
            if (line.Length > 0) line.Append(' ');
            line.Append(word);
        }
        if (line.Length > 0) yield return line.ToString();
    }
}
