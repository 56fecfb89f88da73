namespace Backprop.Lessons.Museum;

/// <summary>Measures exhibits, each with its fault and without.</summary>
public static class Symptoms
{
    /// <summary>Runs an exhibit: the first gradient against the right one, the loss while it trains, and what is measured on it alone.</summary>
    public static IReadOnlyList<Symptom> Of(Exhibit exhibit)
    {
        ArgumentNullException.ThrowIfNull(exhibit);
        var (faulty, mended) = (exhibit.Claim(), exhibit.Claim(withFault: false));
        string at = exhibit.ExaminedStep == 1 ? "" : $" at step {exhibit.ExaminedStep}";
        return
        [
            new($"gradient{at}: largest relative error", Error(faulty), Error(mended)),
            new($"gradient{at}: cosine with the right one", faulty.Cosine(), mended.Cosine()),
            new($"gradient{at}: entries of the wrong sign", faulty.WrongSigns(), mended.WrongSigns(), IsShare: true),
            .. Losses(exhibit),
            .. exhibit.OwnSymptoms.Select(own => new Symptom(own.What, own.Measure(exhibit, true), own.Measure(exhibit, false), own.IsShare)),
        ];
    }

    private static double Error(ClaimedGradient claim) => claim.Examine().Report.Worst?.Worst.Error ?? 0;

    /// <summary>The loss before training and after 1, 10, 100, … steps.</summary>
    private static IEnumerable<Symptom> Losses(Exhibit exhibit)
    {
        var (faulty, mended) = (exhibit.Create(), exhibit.Create(withFault: false));
        yield return new("loss before training", faulty.Loss().Value, mended.Loss().Value);
        for (int step = 1, shown = 1; step <= exhibit.Steps; step++)
        {
            faulty.Step(exhibit.Rate);
            mended.Step(exhibit.Rate);
            if (step != shown) continue;
            yield return new(FormattableString.Invariant($"loss after {step:N0} {(step == 1 ? "step" : "steps")}"), faulty.Loss().Value, mended.Loss().Value);
            shown *= 10;
        }
    }
}
