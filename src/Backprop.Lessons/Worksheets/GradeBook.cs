namespace Backprop.Lessons.Worksheets;

/// <summary>The marks of a class.</summary>
/// <param name="Worksheet">The sheet.</param>
/// <param name="Sheets">The learners' answers with their marks.</param>
/// <param name="Refused">What could not be marked: the file, and why.</param>
public sealed record GradeBook(Worksheet Worksheet, IReadOnlyList<GradedSheet> Sheets, IReadOnlyList<(string File, string Reason)> Refused)
{
    /// <summary>The commonest mistake at a blank; null where nobody made one.</summary>
    /// <param name="blank">The number of the blank.</param>
    public CommonMistake? CommonestAt(int blank) =>
        Commonest(Sheets.Select(sheet => sheet.Answers[blank - 1]).Where(answer => answer.Mark == Mark.Wrong).Select(Cause));

    /// <summary>The commonest mistake at all; null where nobody made one.</summary>
    /// <remarks>Each learner's first mistakes count: what comes after one may have its cause there.</remarks>
    public CommonMistake? CommonestMistake => Commonest(
        Sheets.Select(sheet => sheet.FirstMistake).OfType<MarkedAnswer>().OrderBy(first => first.Blank.Number).Select(first => $"{first.Blank.Entry.Name}: {Cause(first)}"));

    private static string Cause(MarkedAnswer answer) => answer.Remark ?? "wrong, cause unknown";

    private static CommonMistake? Commonest(IEnumerable<string> mistakes)
    {
        var groups = mistakes.GroupBy(mistake => mistake).OrderByDescending(group => group.Count()).ToArray();
        return groups is [var first, ..] ? new(first.Key, first.Count(), groups.Count(group => group.Count() == first.Count())) : null;
    }
}

/// <summary>The mistake that most have made.</summary>
/// <param name="Mistake">The mistake; where several are as common, the first in the order of calculation, then of the learners.</param>
/// <param name="Count">How many made it.</param>
/// <param name="AsCommon">How many mistakes are as common, this one with them: 1 where it is the commonest alone.</param>
public sealed record CommonMistake(string Mistake, int Count, int AsCommon);
