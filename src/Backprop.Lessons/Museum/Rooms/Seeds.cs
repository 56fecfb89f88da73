namespace Backprop.Lessons.Museum.Rooms;

/// <summary>Measures an exhibit not on one draw of first weights but on many.</summary>
internal static class Seeds
{
    /// <summary>Trains networks of the seeds 0, 1, 2, … and measures each.</summary>
    public static IEnumerable<double> After(int steps, int seeds, Exhibit exhibit, bool withFault, Func<HandWritten, double> measure) =>
        Enumerable.Range(0, seeds).Select(seed =>
        {
            var network = exhibit.Create(withFault, seed);
            for (int step = 0; step < steps; step++) network.Step(exhibit.Rate);
            return measure(network);
        });

    /// <summary>Compares the first gradients of many seeds with the right ones.</summary>
    public static IEnumerable<double> Gradients(int seeds, Exhibit exhibit, bool withFault, Func<ClaimedGradient, double> measure) =>
        Enumerable.Range(0, seeds).Select(seed => measure(exhibit.Claim(withFault, seed)));
}
