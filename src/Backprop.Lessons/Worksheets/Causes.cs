using Backprop.Checking;
using Backprop.Explaining;
using Backprop.Tensors;

namespace Backprop.Lessons.Worksheets;

/// <summary>Finds what somebody is likely to have done who came to a wrong number.</summary>
public sealed class Causes
{
    /// <summary>More numbers are not searched for a slip before the one that is wrong.</summary>
    private const int MostNumbers = 2_000;

    /// <summary>How near a number lies that was worked out with too few digits, relative to it.</summary>
    private const double Near = 0.01;

    /// <summary>How many units of its last digit a number is off that tells what was done before it.</summary>
    private const double Told = 20;

    /// <summary>How many wrong gradients one mistake is looked for.</summary>
    private const int Several = 3;

    private readonly StepForm<double> form;
    private readonly Slips slips;

    /// <summary>Begins with the form of a step.</summary>
    public Causes(StepForm<double> form) => (this.form, slips) = (form ?? throw new ArgumentNullException(nameof(form)), new Slips(form));

    /// <summary>The likely cause in a sentence; null where no usual slip gives the number.</summary>
    /// <param name="entry">The number that is wrong.</param>
    /// <param name="answer">What came in its place.</param>
    /// <param name="given">The earlier numbers of the same person, and what was given to them.</param>
    /// <param name="all">All numbers of the same person: a mistake on the way back counts when it explains every gradient among them.</param>
    public string? Of(
        FormEntry<double> entry, TypedNumber answer, IReadOnlyDictionary<FormEntry<double>, double> given, IReadOnlyDictionary<FormEntry<double>, TypedNumber> all)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(given);
        ArgumentNullException.ThrowIfNull(all);
        if (Numbers(given) is not { } numbers) return null;
        double right = numbers[entry.Order];
        // With few digits many slips would fit; the right number, rounded, is the likeliest.
        if (answer.Stands(right)) return "right as far as it goes, with too few digits";
        // One mistake on the way back that explains several wrong gradients tells more than a slip at the first of them.
        if (all.Count(pair => pair.Key.Line.Kind == FormKind.Gradient && !pair.Value.MayBe(pair.Key.Value)) >= Several && OnTheWayBack(entry, answer, right, given, all) is { } one) return one;
        // That has left other numbers on the tape, which the slips read.
        if (Numbers(given) is null) return null;
        // Of slips that come to the same number the usual one is said; others may be as near.
        string[] here = [.. slips.Of(entry, numbers).Where(slip => answer.Tells(slip.Number, right)).DistinctBy(slip => (float)slip.Number).Select(slip => slip.Sentence).Distinct().Take(2)];
        if (here.Length > 0) return string.Join("; or ", here);
        double off = Math.Abs(answer.Value - right);
        // With few digits more than what is off, any slip before might have done it.
        if (off > Told * answer.Unit && (OnTheWayBack(entry, answer, right, given, all) ?? Before(entry, answer, right, given)) is { } before) return before;
        if (off <= Near * Math.Abs(right)) return "nearly right: rounded too early, or cut off";
        int[] shifts = [-2, -1, 1, 2];
        return Array.Exists(shifts, places => answer.Tells(right * Math.Pow(10, places), right)) ? "the decimal point stands in the wrong place" : null;
    }

    /// <summary>A mistake that the doctor knows, made in the pass on the learner's own forward numbers, that explains this gradient and every other of theirs.</summary>
    private string? OnTheWayBack(
        FormEntry<double> entry, TypedNumber answer, double right,
        IReadOnlyDictionary<FormEntry<double>, double> given, IReadOnlyDictionary<FormEntry<double>, TypedNumber> all)
    {
        if (entry.Line.Kind != FormKind.Gradient || form.Entries.Count > MostNumbers) return null;
        try
        {
            form.Tape.Replay([.. given.Where(pair => pair.Key.Line.Kind == FormKind.Value).Select(pair => new Pin<double>(pair.Key.Line.Tensor, pair.Key.Index, pair.Value))]);
        }
        catch (ArgumentException)
        {
            return null;
        }
        var gradients = all.Where(pair => pair.Key.Line.Kind == FormKind.Gradient).Append(new(entry, answer)).ToArray();
        return Mistakes.Of(form.Tape, form.Tape.Loss!).FirstOrDefault(pass => pass.Tensors.Contains(entry.Line.Tensor)
            && answer.Tells(pass.GradientOf(entry.Line.Tensor)[entry.Index], right) && Array.TrueForAll(gradients, pair =>
            pass.Tensors.Contains(pair.Key.Line.Tensor) && pair.Value.MayBe(pass.GradientOf(pair.Key.Line.Tensor)[pair.Key.Index])))?.Mistake.Sentence;
    }

    /// <summary>A slip at an earlier line of which no number is given, made at each of its numbers alike.</summary>
    private string? Before(FormEntry<double> entry, TypedNumber answer, double right, IReadOnlyDictionary<FormEntry<double>, double> given)
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
                if (Numbers(slipped) is { } followed && answer.Tells(followed[entry.Order], right)) return $"at {line.Symbol}: {kind.Key}";
            }
        }
        return null;
    }

    private IReadOnlyList<double>? Numbers(IReadOnlyDictionary<FormEntry<double>, double> given) => StepNumbers.Of(form, given);
}
