using System.Globalization;

namespace Backprop.Health;

/// <summary>What the units of the layers say.</summary>
internal static class UnitRules
{
    private const int Early = 3;

    public static IEnumerable<TrainingWarning> Of(EpochHealth health, UnitCounts counts, bool struggles)
    {
        foreach (var layer in health.Layers)
        {
            if (layer.DeadShare is { } dead && dead >= HealthLimits.Dead && counts.Units[layer.Layer] > 1)
                yield return new TrainingWarning(
                    TrainingWarningKind.DeadUnits, health.Epoch, layer.Layer, null, dead, HealthLimits.Dead,
                    $"{Percent(dead)} of the {counts.Units[layer.Layer]} rectified units are 0 for every one of the samples looked at.",
                    "What they read is negative for all samples, as after a step that was too large, so that no gradient reaches their weights and they stay 0.",
                    "Take a smaller learning rate, a bias that begins at 0, He initial weights, or leaky ReLU, and train anew.");
            // Later on, a network that has learnt may well be sure of itself.
            if (layer.SaturatedShare is { } flat && flat >= HealthLimits.Saturated && (struggles || health.Epoch <= Early))
                yield return new TrainingWarning(
                    TrainingWarningKind.SaturatedUnits, health.Epoch, layer.Layer, null, flat, HealthLimits.Saturated,
                    $"{Percent(flat)} of the outputs are within {HealthLimits.SaturatedAt.ToString(CultureInfo.InvariantCulture)} of the ends of their activation.",
                    "The weighted sums are so large that the curve is flat there, and hardly any gradient passes.",
                    "Standardise the inputs, draw smaller initial weights (Glorot), take a smaller learning rate, or ReLU instead.");
        }
        foreach (var (layer, units) in counts.Equal)
            yield return new TrainingWarning(
                TrainingWarningKind.EqualUnits, health.Epoch, layer, null, double.NaN, double.NaN,
                $"all {units} units have exactly the same weights.",
                "Units that begin equal get equal gradients and stay equal, so that together they can do no more than one of them.",
                "Draw the initial weights by chance, for example by He or Glorot.");
    }

    private static string Percent(double share) => $"{(share * 100).ToString("0.#", CultureInfo.InvariantCulture)} %";
}

/// <summary>What the shares of units are shares of.</summary>
/// <param name="Units">The number of rectified units of each layer.</param>
/// <param name="Equal">The layers whose units are all the same.</param>
internal sealed record UnitCounts(IReadOnlyDictionary<string, int> Units, IReadOnlyList<(string Layer, int Units)> Equal);
