using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>What a recurrent network over a whole sequence gives out, and how far back it looks.</summary>
/// <param name="All">Whether the states of all time steps are given out instead of the last.</param>
/// <param name="Truncate">Over how many time steps a gradient flows back; over all if null.</param>
/// <param name="Lengths">How many time steps each sequence has; all if null.</param>
/// <param name="State">Whether what the network goes on from stands behind the states given out.</param>
internal readonly record struct SequenceOptions(bool All, int? Truncate, Indices? Lengths, bool State)
{
    /// <summary>Refuses a truncation below 1.</summary>
    public SequenceOptions Checked(string operation) => Truncate is not < 1 ? this
        : throw new ArgumentOutOfRangeException(null, $"{operation}: truncate is {Truncate}, 1 or more is needed.");

    /// <summary>Whether no gradient flows from a time step of <paramref name="length"/> ones, from 1, back to the one before.</summary>
    public bool CutsBehind(int t, int length) => t < length && Truncate is { } reach && (length - t) % reach == 0;
}
