namespace Backprop.Operations;

// What becomes of the gradient from time step to time step.
internal abstract partial class SequenceOp<T>
{
    /// <summary>What carries the gradient from a time step to the one before, [T + 1, N, H]: ∂L/∂h, or ∂L/∂c where there is a cell.</summary>
    protected virtual ReadOnlySpan<T> Carrier => StateGradients!.Values;

    /// <summary>The share of ∂L/∂y_t in the carrier at a time step; 1 where h carries it.</summary>
    /// <param name="at">The place of (t, n, unit) in [T + 1, N, H].</param>
    protected virtual double DirectShare(int at) => 1;

    /// <summary>The gradient on its way back: of the hop that is the (i + 1)-th from the end of each sequence, Σ of the squares that arrive from behind,
    /// and of those that it begins with, over all sequences and units. Empty before a backward pass, and where the way is cut at different places.</summary>
    internal (double[] Arriving, double[] Leaving) WayBack()
    {
        if (StateGradients is null || (options.Lengths is not null && options.Truncate is not null)) return ([], []);
        int hops = Math.Min(Steps, options.Truncate ?? Steps) - 1, slots = Plan.Slots;
        var (arriving, leaving) = (new double[hops], new double[hops]);
        var carrier = Carrier;
        for (int n = 0; n < N; n++)
            for (int hop = 0; hop < hops && LengthOf(n) - hop > 1; hop++)
            {
                int t = LengthOf(n) - hop - 1;
                for (int unit = 0; unit < H; unit++)
                {
                    int at = (t * N + n) * H + unit;
                    double here = double.CreateTruncating(carrier[at]), behind = double.CreateTruncating(carrier[at + N * H]);
                    if (options.All) here -= double.CreateTruncating(OutputGradient[(n * slots + t - 1) * H + unit]) * DirectShare(at);
                    arriving[hop] += here * here;
                    leaving[hop] += behind * behind;
                }
            }
        return (arriving, leaving);
    }
}
