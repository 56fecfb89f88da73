using System.Globalization;
using Backprop.Optimizers;
using Backprop.Tabular;
using static Backprop.Nn<float>;

namespace Backprop.Cli.Train;

/// <summary>The ways in which the learning rate can go on.</summary>
internal enum ScheduleKind
{
    Step,
    Exponential,
    Cosine,
    One_cycle,
    Plateau,
    Warm_up,
}

/// <summary>How the learning rate goes on, as it is said in words: <c>cosine</c>, <c>step:10,0.5</c>, <c>warm-up:100+cosine</c>.</summary>
/// <param name="Kind">Which way.</param>
/// <param name="Numbers">Its numbers, as far as they were given.</param>
/// <param name="Then">What follows the warm-up.</param>
internal sealed record ScheduleWords(ScheduleKind Kind, double[] Numbers, ScheduleWords? Then = null)
{
    private static readonly (ScheduleKind Kind, string Form, Func<double, bool>[] Allowed)[] Forms =
    [
        (ScheduleKind.Step, "step:EPOCHS,FACTOR, as in step:10,0.5", [IsCount, IsFactor]),
        (ScheduleKind.Exponential, "exponential:FACTOR per epoch, as in exponential:0.95", [IsFactor]),
        (ScheduleKind.Cosine, "cosine:LEAST, the share of the rate at the end, as in cosine:0.01", [number => number is >= 0 and <= 1]),
        (ScheduleKind.One_cycle, "one-cycle:RISE, the share of the steps in which the rate rises, as in one-cycle:0.3", [number => number is > 0 and < 1]),
        (ScheduleKind.Plateau, "plateau:EPOCHS,FACTOR, as in plateau:10,0.1", [IsCount, IsFactor]),
        (ScheduleKind.Warm_up, "warm-up:STEPS, as in warm-up:100 or warm-up:100+cosine", [IsCount]),
    ];

    /// <summary>Whether a number that was left out follows from the length of the training.</summary>
    public bool SpansTraining => Kind switch
    {
        ScheduleKind.Cosine or ScheduleKind.One_cycle => true,
        ScheduleKind.Exponential => false,
        _ => Numbers.Length == 0 || Then is { SpansTraining: true },
    };

    /// <summary>Reads the words.</summary>
    /// <exception cref="InputException">They name no schedule, or give it numbers that it cannot have.</exception>
    public static ScheduleWords Parse(string text)
    {
        string[] parts = text.Split('+');
        var first = One(parts[0], text);
        if (parts.Length == 1) return first;
        if (parts.Length > 2 || first.Kind != ScheduleKind.Warm_up)
            throw new InputException($"'{text}' came; + stands once, behind a warm-up, as in warm-up:100+cosine");
        var then = One(parts[1], text);
        return then.Kind is ScheduleKind.Cosine or ScheduleKind.Step ? first with { Then = then }
            : throw new InputException($"'{text}' came; cosine or step can follow a warm-up");
    }

    /// <summary>Makes the schedule.</summary>
    /// <param name="epochs">The epochs of the whole training.</param>
    /// <param name="steps">The steps of an epoch.</param>
    /// <param name="watchTest">Whether a plateau is one of the part that is held back to judge by, not of the training part.</param>
    /// <returns>The schedule, and what it does in words.</returns>
    /// <exception cref="InputException">The training is too short for it.</exception>
    public (Schedule Schedule, string Saying) Build(int epochs, int steps, bool watchTest)
    {
        int all = Steps(epochs, steps);
        switch (Kind)
        {
            case ScheduleKind.Step:
                return (StepSchedule(StepLength(epochs), Factor(1, 0.1)), Stepwise(epochs));
            case ScheduleKind.Exponential:
                return (ExponentialSchedule(Factor(0, 0.95)), $"times {Text(Factor(0, 0.95))} after every epoch");
            case ScheduleKind.Cosine:
                return (CosineSchedule(all, Factor(0, 0)), Falling(all));
            case ScheduleKind.One_cycle:
                try
                {
                    return (OneCycleSchedule(all, Factor(0, 0.3)), $"up for {Text(Factor(0, 0.3))} of {Wording.Count(all, "step")}, then down to nearly 0");
                }
                catch (ArgumentOutOfRangeException error)
                {
                    throw new InputException($"--schedule {this}: the training has {Wording.Count(all, "step")}; {ArgumentText.Of(error)}");
                }

            case ScheduleKind.Plateau:
                int patience = Numbers.Length > 0 ? (int)Numbers[0] : Math.Max(2, epochs / 10);
                string part = watchTest ? "validation" : "training";
                return (PlateauSchedule(Factor(1, 0.1), patience, watchTest: watchTest), $"times {Text(Factor(1, 0.1))} after more than {Wording.Count(patience, "epoch")} without a better loss of the {part} part");
            default:
                return WarmUp(epochs, steps);
        }
    }

    /// <summary>The words again: reading them gives the same schedule.</summary>
    public override string ToString() =>
        $"{Words.Of(Kind)}{(Numbers.Length > 0 ? ":" : "")}{string.Join(',', Numbers.Select(Text))}{(Then is null ? "" : $"+{Then}")}";

    private (Schedule, string) WarmUp(int epochs, int steps)
    {
        int all = Steps(epochs, steps), length = Numbers.Length > 0 ? (int)Numbers[0] : Math.Max(1, all / 20);
        string saying = $"up to its full height in {Wording.Count(length, "step")}";
        if (Then is null) return (WarmUpSchedule(length), saying);
        if (length >= all) throw new InputException($"--schedule {this}: the training has {Wording.Count(all, "step")}, and {Words.Of(Then.Kind)} follows only after {length}");
        // A warm-up counts steps, and so must what follows.
        return Then.Kind == ScheduleKind.Cosine ? (WarmUpSchedule(length, CosineSchedule(all - length, Then.Factor(0, 0))), $"{saying}, then {Then.Falling(all - length)}")
            : (WarmUpSchedule(length, StepSchedule(Steps(Then.StepLength(epochs), steps), Then.Factor(1, 0.1), Period.Step)), $"{saying}, then {Then.Stepwise(epochs)}");
    }

    private static int Steps(int epochs, int steps) => (int)Math.Min(int.MaxValue, (long)epochs * steps);

    private int StepLength(int epochs) => Numbers.Length > 0 ? (int)Numbers[0] : Math.Max(1, epochs / 3);

    private string Stepwise(int epochs) => $"times {Text(Factor(1, 0.1))} after every {Wording.Count(StepLength(epochs), "epoch")}";

    private string Falling(int steps) => $"down along half a wave to {(Factor(0, 0) == 0 ? "0" : $"{Text(Factor(0, 0))} of its height")} in {Wording.Count(steps, "step")}";

    private double Factor(int position, double usual) => Numbers.Length > position ? Numbers[position] : usual;

    private static ScheduleWords One(string part, string text)
    {
        string[] halves = part.Split(':', 2);
        string[] words = [.. Enum.GetValues<ScheduleKind>().Select(Words.Of)];
        if (!words.Contains(halves[0])) throw new InputException($"'{text}' came; {Suggestion.Needed(halves[0], words)}");
        var (kind, form, allowed) = Forms.Single(form => Words.Of(form.Kind) == halves[0]);
        if (halves.Length == 1) return new ScheduleWords(kind, []);
        string[] texts = halves[1].Split(',');
        var numbers = new double[texts.Length];
        bool fits = texts.Length <= allowed.Length;
        for (int i = 0; fits && i < texts.Length; i++)
            fits = double.TryParse(texts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) && allowed[i](numbers[i]);
        return fits ? new ScheduleWords(kind, numbers) : throw new InputException($"'{text}' came; {form} is needed");
    }

    private static bool IsCount(double number) => number is >= 1 and <= int.MaxValue && number == Math.Floor(number);

    private static bool IsFactor(double number) => number is > 0 and <= 1;

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
