using System.Globalization;
using System.Text;
using Backprop.Tensors;

namespace Backprop.Checking;

/// <summary>What finite differences say about a gradient. Ordered by how bad it is.</summary>
public enum Verdict
{
    /// <summary>The relative error is at most 10⁻⁶, or as small as differences can measure.</summary>
    Right,

    /// <summary>The differences cannot decide: a kink, too much rounding, numbers that are not finite; the reason says which.</summary>
    CannotTell,

    /// <summary>The relative error is at least 10⁻⁴.</summary>
    Wrong,
}

/// <summary>One gradient entry beside its finite difference.</summary>
/// <param name="Verdict">What it says.</param>
/// <param name="Index">The entry, in row-major order.</param>
/// <param name="Analytic">What the backward pass computed, or what was given.</param>
/// <param name="Numeric">What the differences measured; of gradients that were given, the right one.</param>
/// <param name="Error">|analytic − numeric| / max(|analytic|, |numeric|, 10⁻⁸ × the gradient's largest entry).</param>
/// <param name="Reason">Why it cannot be told; else mostly empty.</param>
public sealed record EntryCheck(Verdict Verdict, int Index, double Analytic, double Numeric, double Error, string Reason);

/// <summary>The check of one parameter.</summary>
/// <param name="Name">Its path.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Checked">How many of its entries were compared.</param>
/// <param name="Worst">The worst of them.</param>
public sealed record ParameterCheck(string Name, Shape Shape, int Checked, EntryCheck Worst)
{
    /// <summary>The verdict of the worst entry.</summary>
    public Verdict Verdict => Worst.Verdict;

    /// <summary>The worst entry with its position: <c>W1[0,2]</c>.</summary>
    public string WorstEntry => Worst.Index < 0 ? Name : Name + Shape.Position(Worst.Index);
}

/// <summary>The check of every trainable parameter.</summary>
public sealed class GradientReport
{
    private readonly string examined, truth;

    internal GradientReport(IReadOnlyList<ParameterCheck> parameters, string examined = "gradient", string truth = "differences") =>
        (Parameters, this.examined, this.truth) = (parameters, examined, truth);

    /// <summary>The same, where for a reason what seems wrong cannot be told.</summary>
    internal GradientReport Doubted(string reason) => new(
        [
            .. Parameters.Select(check => check.Verdict != Verdict.Wrong ? check
                : check with { Worst = check.Worst with { Verdict = Verdict.CannotTell, Reason = reason } }),
        ], examined, truth);

    /// <summary>The checks, in the order of the parameters.</summary>
    public IReadOnlyList<ParameterCheck> Parameters { get; }

    /// <summary>The worst verdict of all.</summary>
    public Verdict Verdict => Parameters.Count == 0 ? Verdict.Right : Parameters.Max(parameter => parameter.Verdict);

    /// <summary>The parameter with the worst entry.</summary>
    public ParameterCheck? Worst => Parameters.MaxBy(parameter => (parameter.Verdict, parameter.Worst.Error));

    /// <summary>The number of single numbers that were compared.</summary>
    public long Checked => Parameters.Sum(parameter => (long)parameter.Checked);

    /// <summary>One line if all is right, else a line for every parameter that is not.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        if (Worst is not { } worst) return "no parameter is trainable";
        long right = Parameters.Where(parameter => parameter.Verdict == Verdict.Right).Sum(parameter => (long)parameter.Shape.Elements);
        long all = Parameters.Sum(parameter => (long)parameter.Shape.Elements);
        text.Append(CultureInfo.InvariantCulture, $"{right} of {all} parameters right");
        if (Checked < all) text.Append(CultureInfo.InvariantCulture, $" ({Checked} sampled)");
        text.Append(CultureInfo.InvariantCulture, $", worst relative error {worst.Worst.Error:0e+0} ({worst.WorstEntry})");
        foreach (var parameter in Parameters.Where(parameter => parameter.Verdict != Verdict.Right))
        {
            var entry = parameter.Worst;
            string verdict = parameter.Verdict == Verdict.Wrong ? "wrong" : "cannot tell";
            text.Append(CultureInfo.InvariantCulture,
                $"\n{parameter.WorstEntry}: {verdict}, {examined} {entry.Analytic:G6}, {truth} {entry.Numeric:G6}");
            if (entry.Reason.Length > 0) text.Append(CultureInfo.InvariantCulture, $" ({entry.Reason})");
        }
        return text.ToString();
    }
}
