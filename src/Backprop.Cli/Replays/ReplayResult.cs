using System.Text.Json.Serialization;
using Backprop.Lessons.Replays;

namespace Backprop.Cli.Replays;

/// <summary>What replays came to, as <c>backprop-replay/1</c> has it; published figures are texts, with the digits that were printed.</summary>
internal sealed record ReplayResult(
    string Format, int Figures, int Reproduced, int Errata, int Explained, bool Succeeded, IReadOnlyList<ReplayedLesson> Lessons)
{
    public static ReplayResult Of(IReadOnlyList<ReplayReport> reports)
    {
        var figures = reports.SelectMany(report => report.Figures).ToArray();
        var errata = reports.SelectMany(report => report.Errata).ToArray();
        return new(
            "backprop-replay/1", figures.Length, figures.Count(figure => figure.IsReproduced), errata.Length, errata.Count(erratum => erratum.IsExplained),
            reports.All(report => report.Succeeded), [.. reports.Select(ReplayedLesson.Of)]);
    }
}

/// <summary>One lesson.</summary>
internal sealed record ReplayedLesson(
    string Name, string Summary, string Author, string Title, int Year, string Url, string? Remark, bool Succeeded, IReadOnlyList<ReplayedGroup> Groups,
    IReadOnlyList<ReplayedErratum> Errata)
{
    public static ReplayedLesson Of(ReplayReport report)
    {
        var (lesson, publication) = (report.Lesson, report.Lesson.Publication);
        return new(
            lesson.Name, lesson.Summary, publication.Author, publication.Title, publication.Year, publication.Url, lesson.Remark.Length > 0 ? lesson.Remark : null,
            report.Succeeded,
            [.. report.Groups.Select(group => new ReplayedGroup(group.Name, [.. group.Figures.Select(ReplayedFigure.Of)]))],
            [.. report.Errata.Select(ReplayedErratum.Of)]);
    }
}

/// <summary>Figures of one kind.</summary>
internal sealed record ReplayedGroup(string Name, IReadOnlyList<ReplayedFigure> Figures);

/// <summary>One figure.</summary>
[JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
internal sealed record ReplayedFigure(string What, string Published, double Ours, double Difference, bool Reproduced)
{
    public static ReplayedFigure Of(Figure figure) => new(figure.What, figure.Published.Text, figure.Ours, figure.Difference, figure.IsReproduced);
}

/// <summary>One wrong figure.</summary>
[JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
internal sealed record ReplayedErratum(string What, string Published, string Right, double Ours, IReadOnlyList<double> Variants, string Cause, bool Explained)
{
    public static ReplayedErratum Of(Erratum erratum) => new(
        erratum.What, erratum.Published.Text, erratum.Right.Text, erratum.Ours, erratum.Variants, erratum.Cause, erratum.IsExplained);
}
