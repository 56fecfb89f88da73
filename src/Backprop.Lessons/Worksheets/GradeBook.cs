namespace Backprop.Lessons.Worksheets;

/// <summary>The marks of a class.</summary>
/// <param name="Worksheet">The sheet.</param>
/// <param name="Sheets">The learners' answers with their marks.</param>
/// <param name="Refused">What could not be marked: the file, and why.</param>
public sealed record GradeBook(Worksheet Worksheet, IReadOnlyList<GradedSheet> Sheets, IReadOnlyList<(string File, string Reason)> Refused)
{
    /// <summary>The commonest mistake at a blank, and how many made it; null where nobody made one.</summary>
    /// <param name="blank">The number of the blank.</param>
    public (string Mistake, int Count)? CommonestAt(int blank) =>
        Commonest(Sheets.Select(sheet => sheet.Answers[blank - 1]).Where(answer => answer.Mark == Mark.Wrong).Select(answer => answer.Remark));

    /// <summary>The commonest mistake at all, and how many made it; null where nobody made one.</summary>
    /// <remarks>Each learner's first mistakes count: what comes after one may have its cause there.</remarks>
    public (string Mistake, int Count)? CommonestMistake => Commonest(
        Sheets.Select(sheet => sheet.FirstMistake).OfType<MarkedAnswer>().Select(first => $"{first.Blank.Entry.Name}: {first.Remark ?? "wrong, cause unknown"}"));

    private static (string, int)? Commonest(IEnumerable<string?> mistakes) =>
        mistakes.Select(mistake => mistake ?? "wrong, cause unknown").GroupBy(mistake => mistake).OrderByDescending(group => group.Count())
            .Select(group => ((string, int)?)(group.Key, group.Count())).FirstOrDefault();
}
