using System.Globalization;

namespace Backprop.Lessons.Comparison;

/// <summary>Finds how wide each network must be so that all have about as many parameters.</summary>
public static class MatchedWidths
{
    /// <summary>By how much the largest may exceed the smallest.</summary>
    public const double Tolerance = 0.1;

    /// <summary>By how much a number may lie above the wished one, or the wished one above it.</summary>
    private const double Reach = 0.25;

    /// <summary>How many widths below and above the wished number are tried for each family.</summary>
    private const int Around = 4;

    /// <summary>The number of parameters that suits the families where nothing else is said: the wished one, or more where networks so
    /// small
    /// would have fewer than eight hidden units.</summary>
    public static long Usual(IReadOnlyList<ComparedFamily> families, long wished) =>
        Math.Max(wished, families.Max(family => family.Parameters(8)));

    /// <summary>The widths, one for each family: those whose numbers of parameters lie closest to each other, near the wished
    /// number.</summary>
    /// <param name="families">The families.</param>
    /// <param name="wished">About how many parameters each network should have, 1 or more.</param>
    /// <exception cref="ArgumentException">No widths near the wished number give counts within 10 % of each other.</exception>
    public static IReadOnlyList<int> Find(IReadOnlyList<ComparedFamily> families, long wished)
    {
        ArgumentNullException.ThrowIfNull(families);
        ArgumentOutOfRangeException.ThrowIfLessThan(wished, 1);
        foreach (var family in families)
            if (family.Parameters(1) is var least && least > (1 + Reach) * wished)
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{wished:N0} parameters came; the narrowest {family.Name} for this data has {least:N0}, so more are needed"));
        int[]? best = null;
        double closest = double.PositiveInfinity;
        foreach (var anchor in families)
        {
            int middle = Nearest(anchor, wished);
            for (int width = Math.Max(1, middle - Around); width <= middle + Around; width++)
            {
                long aim = anchor.Parameters(width);
                int[] widths = [.. families.Select(family => family == anchor ? width : Nearest(family, aim))];
                long[] counts = [.. families.Zip(widths, (family, its) => family.Parameters(its))];
                double most = counts.Max(), fewest = counts.Min(), ratio = most / fewest, far = Math.Max(most / wished, wished / fewest);
                if (ratio > 1 + Tolerance || far > 1 + Reach || far * ratio >= closest) continue;
                (best, closest) = (widths, far * ratio);
            }
        }
        return best ?? throw new ArgumentException(string.Create(
            CultureInfo.InvariantCulture,
            $"{wished:N0} parameters came; near them no widths give {string.Join(", ", families.Select(family => family.Name))} numbers of parameters " +
            $"within 10 % of each other; more parameters usually help"));
    }

    /// <summary>The width whose number of parameters is nearest; the number grows with the width.</summary>
    private static int Nearest(ComparedFamily family, long aim)
    {
        int low = 1, high = 2;
        while (family.Parameters(high) < aim) (low, high) = (high, 2 * high);
        while (high - low > 1)
        {
            int middle = low + (high - low) / 2;
            if (family.Parameters(middle) < aim) low = middle;
            else high = middle;
        }
        return Math.Abs(family.Parameters(low) - aim) <= Math.Abs(family.Parameters(high) - aim) ? low : high;
    }
}
