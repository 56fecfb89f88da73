using System.Globalization;

namespace Backprop.Cli.Report.Charts;

/// <summary>One axis of a chart: which numbers it reaches, where they stand, and which of them are written beside it.</summary>
internal sealed class Axis
{
    private readonly double least, most, from, to;
    private readonly bool logarithmic;

    private Axis(double least, double most, double from, double to, bool logarithmic, IReadOnlyList<double> ticks)
    {
        (this.least, this.most, this.from, this.to, this.logarithmic) = (least, most, from, to, logarithmic);
        Ticks = ticks;
    }

    /// <summary>The numbers that are written.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>An axis that reaches from the least number to the greatest.</summary>
    /// <param name="numbers">What it is to show; finite, at least one.</param>
    /// <param name="from">Where the least number stands in the picture.</param>
    /// <param name="to">Where the greatest stands.</param>
    /// <param name="whole">Whether numbers between whole ones mean nothing, as with epochs.</param>
    /// <param name="logarithmic">Whether equal ratios are equally far apart; numbers are above 0 then.</param>
    public static Axis Of(IReadOnlyCollection<double> numbers, double from, double to, bool whole = false, bool logarithmic = false)
    {
        double least = numbers.Min(), most = numbers.Max();
        if (logarithmic) return Logarithmic(least, most, from, to);
        if (least == most) (least, most) = whole ? (least - 1, most + 1) : (least - Math.Max(0.5, Math.Abs(least) / 10), most + Math.Max(0.5, Math.Abs(most) / 10));
        double step = Step((most - least) / 5, whole);
        // A chart that begins near 0 begins at 0.
        if (!whole && least > 0 && least < 0.25 * most) least = 0;
        if (!whole) (least, most) = (Math.Floor(least / step + 1e-9) * step, Math.Ceiling(most / step - 1e-9) * step);
        int first = (int)Math.Ceiling(least / step - 1e-9), last = (int)Math.Floor(most / step + 1e-9);
        return new Axis(least, most, from, to, false, [.. Enumerable.Range(first, last - first + 1).Select(i => i * step)]);
    }

    /// <summary>Whether equal ratios suit the numbers better: all above 0, the greatest a hundred times the least.</summary>
    public static bool SuitsRatios(IReadOnlyCollection<double> numbers) => numbers.Min() > 0 && numbers.Max() > 100 * numbers.Min();

    /// <summary>Where a number stands in the picture.</summary>
    public double At(double number) => logarithmic ? from + (to - from) * (Math.Log10(number) - Math.Log10(least)) / (Math.Log10(most) - Math.Log10(least))
        : from + (to - from) * (number - least) / (most - least);

    /// <summary>A number as it is written beside the axis.</summary>
    public static string Text(double tick) => Math.Abs(tick) is >= 1e6 or (> 0 and < 1e-3) ? tick.ToString("0.##e+0", CultureInfo.InvariantCulture)
        : Math.Round(tick, 9).ToString("0.#########", CultureInfo.InvariantCulture);

    private static Axis Logarithmic(double least, double most, double from, double to)
    {
        int first = (int)Math.Floor(Math.Log10(least)), last = Math.Max(first + 1, (int)Math.Ceiling(Math.Log10(most)));
        int each = Math.Max(1, (last - first + 5) / 6);
        return new Axis(
            Math.Pow(10, first), Math.Pow(10, last), from, to, true,
            [.. Enumerable.Range(first, last - first + 1).Where(power => (power - first) % each == 0).Select(power => Math.Pow(10, power))]);
    }

    /// <summary>1, 2 or 5 times a power of ten, the next one above.</summary>
    private static double Step(double rough, bool whole)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = power * new[] { 1.0, 2, 5, 10 }.First(times => times * power >= rough * (1 - 1e-9));
        return whole ? Math.Max(1, step) : step;
    }
}
