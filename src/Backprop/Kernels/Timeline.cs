namespace Backprop.Kernels;

/// <summary>Which time steps of which sequences there are, and where gradients are cut. Time steps count from 1.</summary>
/// <param name="steps">The time steps of the longest sequence.</param>
/// <param name="lengths">How many of them each sequence has, 1 to <paramref name="steps"/>; null if all have all.</param>
/// <param name="truncate">Over how many time steps a gradient flows back, counted from the end of a sequence; 0 for all.</param>
internal readonly unsafe struct Timeline(int steps, int* lengths, int truncate)
{
    public readonly int Steps = steps;

    /// <summary>Whether all sequences are equally long.</summary>
    public bool IsEven => lengths == null;

    /// <summary>The last time step of a sequence.</summary>
    public int Last(int n) => lengths == null ? Steps : lengths[n];

    /// <summary>Whether a sequence has a time step, which is padding if not.</summary>
    public bool Has(int n, int t) => lengths == null || t <= lengths[n];

    /// <summary>Whether a gradient flows from time step t + 1 back to t.</summary>
    public bool Flows(int n, int t)
    {
        int left = Last(n) - t;
        return left > 0 && (t == 0 || truncate == 0 || left % truncate != 0);
    }
}
