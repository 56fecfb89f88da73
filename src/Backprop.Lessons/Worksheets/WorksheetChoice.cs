using Backprop.Explaining;
using Backprop.Randomness;

namespace Backprop.Lessons.Worksheets;

/// <summary>Draws the blanks of a worksheet.</summary>
internal sealed class WorksheetChoice
{
    /// <summary>Numbers that differ by less are the same one: what rounding leaves of m/(1 − β) and a gradient.</summary>
    private const double SameNumber = 1e-9;

    /// <summary>How many decimals more than said a small number is asked to.</summary>
    private const int MostMore = 4;

    private readonly StepForm<double> form;
    private readonly WorksheetSettings settings;
    private readonly double[] given;

    public WorksheetChoice(NetworkStep step, WorksheetSettings settings)
    {
        (form, this.settings) = (step.Form, settings);
        var optimizer = step.Network.Optimizer;
        given =
        [
            .. step.Given.SelectMany(numbers => numbers.Values), optimizer.LearningRate, step.Network.L2,
            .. optimizer.Settings.Select(setting => setting.Value).OfType<double>(),
        ];
    }

    /// <summary>The blanks, and the copies of their answers.</summary>
    /// <exception cref="ArgumentException">There are fewer than were asked for.</exception>
    public (IReadOnlyList<Blank> Blanks, IReadOnlySet<FormEntry<double>> Copies) Draw()
    {
        var random = new SeededRandom(settings.Seed);
        var blanks = new List<Blank>();
        var hidden = new HashSet<FormEntry<double>>();
        // The lines of each part in the order of their draw; a line that has had its turn goes to the end.
        var phases = form.Lines.GroupBy(line => line.Phase).Select(phase => new Queue<Queue<FormEntry<double>>>(
            Shuffled(phase.Where(line => line.Kind != FormKind.Quantity), random).Select(line => new Queue<FormEntry<double>>(Shuffled(line.Entries, random))))).ToArray();
        while (blanks.Count < settings.Blanks && Array.Exists(phases, phase => phase.Count > 0))
            foreach (var phase in phases)
                if (blanks.Count < settings.Blanks && Next(phase, hidden) is { } blank) blanks.Add(blank);
        return blanks.Count == settings.Blanks ? (blanks, hidden.Except(blanks.Select(blank => blank.Entry)).ToHashSet())
            : throw new ArgumentException(FormattableString.Invariant(
                $"{Of(settings.Blanks, "blank was", "blanks were")} asked for; this step has {Of(blanks.Count, "number", "numbers")} that can be asked to ") +
                FormattableString.Invariant($"{Of(settings.Digits, "decimal", "decimals")} without standing elsewhere"));

        static string Of(int count, string one, string several) => FormattableString.Invariant($"{count} {(count == 1 ? one : several)}");
    }

    /// <summary>The next number of a part that can be asked; it and its copies are hidden from then on.</summary>
    private Blank? Next(Queue<Queue<FormEntry<double>>> phase, HashSet<FormEntry<double>> hidden)
    {
        while (phase.TryDequeue(out var line))
            while (line.TryDequeue(out var entry))
                if (!hidden.Contains(entry) && Decimals(entry.Value) is { } decimals && CopiesOf(entry, decimals) is { } copies)
                {
                    hidden.UnionWith(copies);
                    hidden.Add(entry);
                    phase.Enqueue(line);
                    return new Blank(0, entry, decimals);
                }
        return null;
    }

    /// <summary>To how many decimals a number is asked; null where it would be whole, or is none.</summary>
    private int? Decimals(double value)
    {
        if (!double.IsFinite(value) || value == 0) return null;
        int decimals = settings.Digits;
        // Two digits tell a number from its neighbours; what is smaller still may be what rounding has left of 0.
        while (decimals <= settings.Digits + MostMore && Math.Abs(value) * Math.Pow(10, decimals) < 10) decimals++;
        return decimals <= settings.Digits + MostMore && !IsSame(value, Math.Round(value), decimals) ? decimals : null;
    }

    /// <summary>The computed numbers that show the same digits; null where one of them, or something given, would show the answer.</summary>
    private List<FormEntry<double>>? CopiesOf(FormEntry<double> blank, int decimals)
    {
        if (Array.Exists(given, number => IsSame(number, blank.Value, decimals))) return null;
        var same = new HashSet<FormEntry<double>> { blank };
        foreach (var other in form.Entries)
            if (other != blank && IsSame(other.Value, blank.Value, decimals))
            {
                bool isCopy = other.Order > blank.Order && Math.Abs(Math.Abs(other.Value) - Math.Abs(blank.Value)) <= SameNumber * Math.Abs(blank.Value)
                    && form.NeedsOf(other).Any(same.Contains);
                if (!isCopy) return null;
                same.Add(other);
            }
        same.Remove(blank);
        return [.. same];
    }

    /// <summary>Whether one number shows the digits of another, rounded or cut off, with whichever sign.</summary>
    private static bool IsSame(double one, double other, int decimals) => Math.Abs(Math.Abs(one) - Math.Abs(other)) < Math.Pow(10, -decimals);

    private static TItem[] Shuffled<TItem>(IEnumerable<TItem> items, SeededRandom random)
    {
        TItem[] all = [.. items];
        random.Permute(all);
        return all;
    }
}
