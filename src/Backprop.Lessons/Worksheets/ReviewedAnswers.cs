using Backprop.Data;
using Backprop.Explaining;

namespace Backprop.Lessons.Worksheets;

/// <summary>A number of somebody's own calculation, beside ours.</summary>
/// <param name="Answer">The number, and where it stands in the file.</param>
/// <param name="Entry">Which number of the step it is.</param>
/// <param name="Mark">Right by its digits; right for their own earlier numbers; or wrong.</param>
/// <param name="Right">What is right, given their own earlier numbers.</param>
/// <param name="Cause">The likely cause where it is the first that is wrong and one is known; else null.</param>
public sealed record ReviewedAnswer(FormAnswer Answer, FormEntry<double> Entry, Mark Mark, double Right, string? Cause);

/// <summary>Holds somebody's own calculation against ours, and finds the first number that is wrong.</summary>
/// <param name="Answers">The numbers in the order of calculation.</param>
/// <param name="Conventions">What is done otherwise than here, and is no mistake, in a sentence each.</param>
public sealed record ReviewedAnswers(IReadOnlyList<ReviewedAnswer> Answers, IReadOnlyList<string> Conventions)
{
    /// <summary>The first number in the order of calculation that is wrong; null where none is.</summary>
    public ReviewedAnswer? FirstMistake => Answers.FirstOrDefault(answer => answer.Mark == Mark.Wrong);

    /// <summary>How many numbers have a mark.</summary>
    public int Count(Mark mark) => Answers.Count(answer => answer.Mark == mark);

    /// <summary>Judges numbers.</summary>
    /// <param name="form">The step.</param>
    /// <param name="answers">The numbers, any of them, in any order.</param>
    /// <param name="file">What their file is called in messages.</param>
    /// <remarks>
    /// A number is right if ours, rounded to its digits, is the same. Else the step is worked out again with their earlier numbers, once all and once the wrong
    /// ones alone, and a number that is right by either is none of the mistakes.
    /// </remarks>
    /// <exception cref="DataException">An answer is about no number of this step, or there is none at all.</exception>
    public static ReviewedAnswers Of(StepForm<double> form, IReadOnlyList<FormAnswer> answers, string file)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(answers);
        if (answers.Count == 0) throw new DataException(file, "there is no value in it; fill in some, or all");
        var (read, conventions) = new FormConventions(form, file).Read(answers);
        var causes = new Causes(form);
        var numbersOf = read.ToDictionary(one => one.Entry, one => one.Number);
        Dictionary<FormEntry<double>, double> all = [], wrong = [];
        var reviewed = new List<ReviewedAnswer>();
        foreach (var (answer, entry, number) in read.OrderBy(one => one.Entry.Order))
        {
            var one = Judge(answer, entry, number);
            reviewed.Add(one);
            all[entry] = number.Value;
            if (one.Mark != Mark.Right) wrong[entry] = number.Value;
        }
        return new ReviewedAnswers(reviewed, conventions);

        ReviewedAnswer Judge(FormAnswer answer, FormEntry<double> entry, TypedNumber number)
        {
            if (number.Stands(entry.Value)) return new(answer, entry, Mark.Right, entry.Value, null);
            double right = entry.Value;
            foreach (var way in wrong.Count > 0 ? [wrong, all] : new[] { all })
            {
                if (StepNumbers.Of(form, way) is not { } numbers) continue;
                right = numbers[entry.Order];
                if (number.Stands(right)) return new(answer, entry, Mark.FollowThrough, right, null);
            }
            // After the first mistake others follow: one cause is enough to begin with.
            bool first = !reviewed.Exists(earlier => earlier.Mark == Mark.Wrong);
            return new(answer, entry, Mark.Wrong, right, first ? causes.Of(entry, number, all, numbersOf) : null);
        }
    }
}
