using Backprop.Data;
using Backprop.Explaining;

namespace Backprop.Lessons.Worksheets;

/// <summary>What an answer is worth.</summary>
public enum Mark
{
    /// <summary>Within one unit of the last digit asked: one mark.</summary>
    Right,

    /// <summary>Right for the learner's own earlier answers: one mark.</summary>
    FollowThrough,

    /// <summary>No mark.</summary>
    Wrong,

    /// <summary>Left empty: no mark, and nothing follows from it.</summary>
    NotAnswered,
}

/// <summary>An answer with its mark.</summary>
/// <param name="Blank">What was asked.</param>
/// <param name="Typed">What was typed; empty if nothing was.</param>
/// <param name="Mark">What it is worth.</param>
/// <param name="Remark">The likely cause where it is wrong and one is known; else null.</param>
public sealed record MarkedAnswer(Blank Blank, string Typed, Mark Mark, string? Remark)
{
    /// <summary>1 or 0.</summary>
    public int Marks => Mark is Mark.Right or Mark.FollowThrough ? 1 : 0;
}

/// <summary>A learner's answers with their marks.</summary>
/// <param name="File">Where they came from.</param>
/// <param name="Learner">Whose they are; may be empty.</param>
/// <param name="Answers">One for each blank, in the order of calculation.</param>
public sealed record GradedSheet(string File, string Learner, IReadOnlyList<MarkedAnswer> Answers)
{
    /// <summary>All marks together.</summary>
    public int Marks => Answers.Sum(answer => answer.Marks);

    /// <summary>The first wrong answer in the order of calculation; null where there is none.</summary>
    public MarkedAnswer? FirstMistake => Answers.FirstOrDefault(answer => answer.Mark == Mark.Wrong);
}

/// <summary>Marks answers in the order of calculation.</summary>
/// <remarks>
/// An answer is right where it lies within one unit of the last digit asked. Else the step is worked out again with the learner's own earlier answers
/// in their places, once with what the sheet prints beside them, as it is printed, once with everything else that follows from them: an answer that is
/// right by either gets the full mark. An empty answer is never put in anywhere.
/// </remarks>
public sealed class Grading
{
    private readonly Worksheet worksheet;
    private readonly Causes causes;

    /// <summary>Begins with a worksheet.</summary>
    public Grading(Worksheet worksheet) =>
        (this.worksheet, causes) = (worksheet ?? throw new ArgumentNullException(nameof(worksheet)), new Causes(worksheet.Step.Form));

    /// <summary>Marks the answers of one learner.</summary>
    /// <param name="answers">The answers.</param>
    /// <param name="file">What they are called in messages.</param>
    /// <exception cref="DataException">They belong to another worksheet, or one is to a blank that this one does not have.</exception>
    public GradedSheet Mark(AnswerSheet answers, string file)
    {
        ArgumentNullException.ThrowIfNull(answers);
        if (answers.Worksheet != worksheet.Id || answers.Settings != worksheet.Settings) throw Foreign(file);
        if (answers.Answers.Keys.FirstOrDefault(blank => blank > worksheet.Blanks.Count) is > 0 and var unknown)
            throw new DataException(file, FormattableString.Invariant($"there is an answer to blank {unknown}; this worksheet has the blanks 1 to {worksheet.Blanks.Count}"));
        var own = new Dictionary<FormEntry<double>, double>();
        var all = worksheet.Blanks.Select(blank => (blank.Entry, Number: TypedNumber.Parse(answers.Answers.GetValueOrDefault(blank.Number, ""))))
            .Where(answer => answer.Number is not null).ToDictionary(answer => answer.Entry, answer => answer.Number!);
        var marked = new List<MarkedAnswer>();
        foreach (var blank in worksheet.Blanks)
        {
            string typed = answers.Answers.GetValueOrDefault(blank.Number, "");
            marked.Add(Of(blank, typed, own, all, followsMistake: marked.Exists(earlier => earlier.Mark is Worksheets.Mark.Wrong or Worksheets.Mark.FollowThrough)));
            if (all.TryGetValue(blank.Entry, out var number)) own[blank.Entry] = number.Value;
        }
        return new GradedSheet(file, answers.Learner, marked);
    }

    /// <summary>What is said of answers that belong to another sheet.</summary>
    public static DataException Foreign(string file) => new(
        file, "these are the answers to another worksheet, or the network has been changed since; give the network file that the worksheet was made of");

    private MarkedAnswer Of(
        Blank blank, string typed, Dictionary<FormEntry<double>, double> own, Dictionary<FormEntry<double>, TypedNumber> all, bool followsMistake)
    {
        if (typed.Length == 0) return new(blank, typed, Worksheets.Mark.NotAnswered, null);
        if (TypedNumber.Parse(typed) is not { } number) return new(blank, typed, Worksheets.Mark.Wrong, "this is not a number");
        if (number.IsWithin(blank.Entry.Value, blank.Decimals)) return new(blank, typed, Worksheets.Mark.Right, null);
        var withPrinted = new Dictionary<FormEntry<double>, double>(own);
        foreach (var entry in worksheet.Step.Form.Entries.Take(blank.Entry.Order).Where(worksheet.Prints))
            withPrinted[entry] = worksheet.AsPrinted(entry.Value);
        Dictionary<FormEntry<double>, double>[] ways = [withPrinted, own];
        // Right answers are rounded, and so is what the sheet prints: what follows from them is right.
        if (Array.Exists(ways, way => StepNumbers.Of(worksheet.Step.Form, way) is { } numbers && number.IsWithin(numbers[blank.Entry.Order], blank.Decimals)))
            return new(blank, typed, followsMistake ? Worksheets.Mark.FollowThrough : Worksheets.Mark.Right, null);
        string? cause = ways.Select(way => causes.Of(blank.Entry, number, way, all)).FirstOrDefault(found => found is not null);
        return new(blank, typed, Worksheets.Mark.Wrong, cause);
    }
}
