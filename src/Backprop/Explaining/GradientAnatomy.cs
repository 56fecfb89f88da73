using System.Numerics;

namespace Backprop.Explaining;

/// <summary>One entry of a gradient taken apart: the terms that it is the sum of, and the number that stands on the tape.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Path">Its path: <c>conv1.weight[0,0,0,1]</c>.</param>
/// <param name="Symbol">The gradient in formulas: <c>∂L/∂W1[0,1]</c>, <c>δ1[0,0]</c>.</param>
/// <param name="Label">The textbook's name of the entry; empty where it has none.</param>
/// <param name="Terms">What every operation that reads the entry sent back, zeros too, in the order of the forward pass.</param>
/// <param name="Gradient">The gradient as the backward pass computed it.</param>
/// <typeparam name="T">float or double.</typeparam>
public sealed record GradientAnatomy<T>(
    TapeEntry<T> Entry, string Path, string Symbol, string Label, IReadOnlyList<AnatomyTerm<T>> Terms, T Gradient)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Up to how many terms all of them are shown.</summary>
    public const int MostShown = 20;

    /// <summary>How many of more terms are shown.</summary>
    public const int LargestShown = 10;

    /// <summary>The sum of the terms, each multiplied and added without a rounding in between, as the products of the library are.</summary>
    public T Sum { get; } = SumOf(Terms);

    /// <summary>The sum of the terms less the tape's number: the rounding of another order of adding.</summary>
    public T Difference => Sum - Gradient;

    /// <summary>Σ|terms|, of which each term has its share.</summary>
    public T Magnitude { get; } = Terms.Aggregate(T.Zero, (sum, term) => sum + T.Abs(term.Value));

    /// <summary>The terms that a reader is shown: all of up to 20, of more the 10 largest, the largest first.</summary>
    public IReadOnlyList<AnatomyTerm<T>> Shown { get; } =
        Terms.Count <= MostShown ? Terms : [.. Terms.OrderByDescending(term => T.Abs(term.Value)).Take(LargestShown)];

    /// <summary>The terms that are not shown.</summary>
    public IReadOnlyList<AnatomyTerm<T>> Rest => Terms.Count <= MostShown ? [] : [.. Terms.OrderByDescending(term => T.Abs(term.Value)).Skip(LargestShown)];

    /// <summary>The signed share of a number in Σ|terms|, −1 to 1; 0 where all terms are 0.</summary>
    public T ShareOf(T value) => Magnitude == T.Zero ? T.Zero : value / Magnitude;

    /// <summary>The sum of terms.</summary>
    internal static T SumOf(IEnumerable<AnatomyTerm<T>> terms)
    {
        T sum = T.Zero;
        foreach (var term in terms)
        {
            T product = T.One;
            for (int i = 0; i < term.Factors.Count - 1; i++) product *= term.Factors[i].Value;
            sum = term.Factors.Count == 0 ? sum + term.Value : T.FusedMultiplyAdd(product, term.Factors[^1].Value, sum);
        }
        return sum;
    }
}
