using System.Numerics;
using Backprop.Explaining;

namespace Backprop.Cli.Explain;

/// <summary>The terms of a gradient as a table, for Markdown and HTML.</summary>
internal static class WhyTable
{
    /// <summary>The cells, the head first: where a term comes from, its local factors, the gradient that comes in, the product, its share or the reason
    /// where it is 0, and the path to go on with.</summary>
    public static string[][] Of<T>(GradientAnatomy<T> anatomy, int digits) where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        ["from", "local factor", "× incoming gradient", "= term", "share of Σ|terms|", "go on with --why"],
        .. anatomy.Shown.Select(term => (string[])
        [
            AnatomyText.Origin(anatomy, term).Trim(), string.Join(" × ", term.Factors.Where(factor => factor != term.Incoming).Select(factor => Equation(factor, digits))),
            term.Incoming is { } incoming ? Equation(incoming, digits) : "", NumberText.Of(term.Value, digits),
            term.Reason.Length > 0 ? term.Reason : AnatomyText.Share(anatomy.ShareOf(term.Value)), term.Incoming?.Path ?? "",
        ]),
    ];

    /// <summary>What is written below the table, the sum last.</summary>
    public static IEnumerable<string> Below<T>(ExplainedWhy<T> why, int digits) where T : unmanaged, IFloatingPointIeee754<T> =>
        new[]
        {
            AnatomyText.Rest(why.Anatomy, digits), AnatomyText.Rounding(why.Anatomy, digits), AnatomyText.Total(why.Anatomy, digits),
            WhyText.Update(why, digits) is { } update ? $"update  {update}" : null,
        }.OfType<string>();

    private static string Equation<T>(AnatomyFactor<T> factor, int digits) where T : unmanaged, IFloatingPointIeee754<T> =>
        $"{factor.Symbol} = {NumberText.Of(factor.Value, digits)}";
}
