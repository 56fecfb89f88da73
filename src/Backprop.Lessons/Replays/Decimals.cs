namespace Backprop.Lessons.Replays;

/// <summary>How a figure comes out that was not rounded.</summary>
internal static class Decimals
{
    /// <summary>The number with its first decimals, the others cut off.</summary>
    public static double Cut(double number, int decimals) => (double)decimal.Round((decimal)number, decimals, MidpointRounding.ToZero);
}
