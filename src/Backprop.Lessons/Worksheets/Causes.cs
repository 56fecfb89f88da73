using Backprop.Explaining;

namespace Backprop.Lessons.Worksheets;

/// <summary>Finds what somebody is likely to have done who came to a wrong number.</summary>
public sealed class Causes
{
    /// <summary>More numbers are not searched for a slip before the one that is wrong.</summary>
    private const int MostNumbers = 2_000;

    /// <summary>How near a number lies that was worked out with too few digits, relative to it.</summary>
    private const double Near = 0.01;

    private readonly StepForm<double> form;
    private readonly Slips slips;

    /// <summary>Begins with the form of a step.</summary>
    public Causes(StepForm<double> form) => (this.form, slips) = (form ?? throw new ArgumentNullException(nameof(form)), new Slips(form));

    /// <summary>The likely cause in a sentence; null where no usual slip gives the number.</summary>
    /// <param name="entry">The number that is wrong.</param>
    /// <param name="answer">What came in its place.</param>
    /// <param name="given">The earlier numbers of the same person, and what was given to them.</param>
    /// <param name="stands">Whether the answer stands for a number, by its digits.</param>
    public string? Of(FormEntry<double> entry, TypedNumber answer, IReadOnlyDictionary<FormEntry<double>, double> given, Func<double, bool> stands)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(given);
        ArgumentNullException.ThrowIfNull(stands);
        if (Numbers(given) is not { } numbers) return null;
        double right = numbers[entry.Order];
        string[] here = [.. slips.Of(entry, numbers).Where(slip => stands(slip.Number)).Select(slip => slip.Sentence).Distinct().Take(2)];
        if (here.Length > 0) return string.Join("; or ", here);
        if (answer.Stands(right)) return "right as far as it goes, with too few digits";
        if (Math.Abs(answer.Value - right) <= Near * Math.Abs(right)) return "nearly right: rounded too early, or cut off";
        if (Before(entry, given, stands) is { } before) return before;
        int[] shifts = [-2, -1, 1, 2];
        return Array.Exists(shifts, places => stands(right * Math.Pow(10, places))) ? "the decimal point stands in the wrong place" : null;
    }

    /// <summary>A slip at an earlier line of which no number is given, made at each of its numbers alike.</summary>
    private string? Before(FormEntry<double> entry, IReadOnlyDictionary<FormEntry<double>, double> given, Func<double, bool> stands)
    {
        if (form.Entries.Count > MostNumbers) return null;
        var lines = form.Lines.Where(line => line.Kind is FormKind.Value or FormKind.Gradient && line.Entries.Count > 0 && line.Entries[^1].Order < entry.Order
            && !line.Entries.Any(given.ContainsKey));
        foreach (var line in lines.Reverse())
        {
            if (Numbers(given) is not { } numbers) return null;
            var kinds = line.Entries.SelectMany(each => slips.Of(each, numbers).Where(slip => slip.Everywhere).DistinctBy(slip => slip.Sentence)
                .Select(slip => (Entry: each, slip.Sentence, slip.Number))).GroupBy(slip => slip.Sentence).ToArray();
            foreach (var kind in kinds.Where(kind => kind.Count() == line.Entries.Count))
            {
                var slipped = new Dictionary<FormEntry<double>, double>(given);
                foreach (var (each, _, number) in kind) slipped[each] = number;
                if (Numbers(slipped) is { } followed && stands(followed[entry.Order])) return $"at {line.Symbol}: {kind.Key}";
            }
        }
        return null;
    }

    private IReadOnlyList<double>? Numbers(IReadOnlyDictionary<FormEntry<double>, double> given) => StepNumbers.Of(form, given);
}
