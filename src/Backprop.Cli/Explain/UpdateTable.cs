using System.Numerics;
using Backprop.Explaining;

namespace Backprop.Cli.Explain;

/// <summary>What an update did to the entries of a parameter: a row per entry, old weight, gradient, the optimizer's quantities, new weight.</summary>
internal static class UpdateTable
{
    private const int MostRows = 24;

    /// <summary>The cells, the head first.</summary>
    /// <param name="change">The update.</param>
    /// <param name="labels">The textbook's names of the entries, if they have some.</param>
    /// <param name="place">Says where an entry stands.</param>
    /// <param name="number">How a number is written.</param>
    /// <returns>The rows, and how many entries have none because there are too many.</returns>
    public static (string[][] Rows, int More) Of<T>(ReadChange<T> change, IReadOnlyList<string>? labels, Func<int, string> place, Func<T, string> number)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int shown = Math.Min(change.Before.Count, MostRows);
        string[] head = ["entry", "old", "gradient", .. change.Quantities.Select(quantity => quantity.Symbol), "new"];
        var rows = Enumerable.Range(0, shown).Select(i => (string[])
        [
            labels?[i] ?? place(i), number(change.Before[i]), number(change.Gradient[i]), .. change.Quantities.Select(quantity => number(quantity.Values[i])),
            number(change.Step.Values[i]),
        ]);
        return ([head, .. rows], change.Before.Count - shown);
    }
}
