using System.Globalization;
using System.Numerics;
using System.Text;

namespace Backprop.Explaining;

/// <summary>The text view of an anatomy: a line per term with aligned points, and the sum beside the tape's number.</summary>
public static class AnatomyText
{
    private const string Heading = "share of Σ|terms|";
    private const string Margin = "   ";
    private const string Times = "  ×  ";

    /// <summary>Writes an anatomy.</summary>
    /// <param name="anatomy">The anatomy.</param>
    /// <param name="digits">The significant digits of numbers, 1 to 17.</param>
    public static string Of<T>(GradientAnatomy<T> anatomy, int digits = 6) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(anatomy);
        var text = new StringBuilder();
        string[] lines = Terms(anatomy, digits, out int share);
        string title = Title(anatomy);
        text.Append(lines.Length == 0 ? title : title.PadRight(share - 2) + "  " + Heading).Append('\n');
        foreach (string line in lines) text.Append(line).Append('\n');
        if (Rest(anatomy, digits) is { } rest) text.Append(Margin).Append(rest).Append('\n');
        if (Rounding(anatomy, digits) is { } rounding) text.Append(Margin).Append(rounding).Append('\n');
        return text.Append(Margin).Append(Total(anatomy, digits)).Append('\n').ToString();
    }

    /// <summary>The heading: <c>WHY  ∂L/∂conv1.weight[0,0,0,1] = K[0,1]</c>.</summary>
    public static string Title<T>(GradientAnatomy<T> anatomy) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(anatomy);
        string name = anatomy.Label.Length > 0 ? anatomy.Label : anatomy.Symbol, path = $"∂L/∂{anatomy.Path}";
        return name == path ? $"WHY  {path}" : $"WHY  {path} = {name}";
    }

    /// <summary>A signed share: <c>−54.5 %</c>.</summary>
    public static string Share<T>(T share) where T : unmanaged, IFloatingPointIeee754<T> =>
        (double.CreateChecked(share) * 100).ToString("+0.0 '%';−0.0 '%';0 '%'", CultureInfo.InvariantCulture);

    /// <summary>The terms that are not shown, in one line; null where all are.</summary>
    public static string? Rest<T>(GradientAnatomy<T> anatomy, int digits = 6) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(anatomy);
        if (anatomy.Rest is not { Count: > 0 } rest) return null;
        T sum = GradientAnatomy<T>.SumOf(rest);
        return $"and {rest.Count.ToString("N0", CultureInfo.InvariantCulture)} more terms, together {NumberText.Of(sum, digits)}   {Share(anatomy.ShareOf(sum))}";
    }

    /// <summary>The last line: the sum of the terms, the tape's number, their difference.</summary>
    public static string Total<T>(GradientAnatomy<T> anatomy, int digits = 6) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(anatomy);
        return $"sum {NumberText.Of(anatomy.Sum, digits)}     tape {NumberText.Of(anatomy.Gradient, digits)}     " +
            $"difference {NumberText.Of(anatomy.Difference, Math.Min(digits, 2))}";
    }

    /// <summary>What is said where the terms as shown do not add up to the sum as shown; null where they do.</summary>
    public static string? Rounding<T>(GradientAnatomy<T> anatomy, int digits = 6) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(anatomy);
        var terms = anatomy.Shown.Select(term => NumberText.Of(term.Value, digits)).ToList();
        if (anatomy.Rest is { Count: > 0 } rest) terms.Add(NumberText.Of(GradientAnatomy<T>.SumOf(rest), digits));
        return ShownSum.Other(terms, anatomy.Sum, digits) is { } other ? $"rounded for display only: the terms as shown add up to {other}" : null;
    }

    /// <summary>Where a term comes from: <c>sample 2  t = 3  u7[2,0]</c>. The sample is said where the terms of a weight come from several.</summary>
    public static string Origin<T>(GradientAnatomy<T> anatomy, AnatomyTerm<T> term) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(anatomy);
        ArgumentNullException.ThrowIfNull(term);
        bool several = anatomy.Terms.Select(other => other.Sample).OfType<int>().Distinct().Skip(1).Any(), timed = anatomy.Terms.Any(other => other.Time is not null);
        int? latest = anatomy.Terms.Max(other => other.Time), last = anatomy.Terms.Max(other => other.Sample);
        string sample = !several ? "" : term.Sample is { } n ? $"sample {Padded(n, last)}  " : new string(' ', $"sample {last}  ".Length);
        string time = !timed ? "" : term.Time is { } t ? $"t = {Padded(t, latest)}  " : new string(' ', $"t = {latest}  ".Length);
        return sample + time + term.From;
    }

    private static string Padded(int number, int? largest) =>
        number.ToString(CultureInfo.InvariantCulture).PadLeft($"{largest}".Length);

    /// <summary>The paths that take the incoming gradients apart in their turn, each once.</summary>
    public static IReadOnlyList<string> GoOn<T>(GradientAnatomy<T> anatomy) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(anatomy);
        return [.. anatomy.Shown.Select(term => term.Incoming?.Path ?? "").Where(path => path.Length > 0).Distinct()];
    }

    private static string[] Terms<T>(GradientAnatomy<T> anatomy, int digits, out int share) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var terms = anatomy.Shown;
        int factors = terms.Select(term => Local(term).Count).DefaultIfEmpty().Max();
        string[] from = Left([.. terms.Select(term => Origin(anatomy, term))]);
        var columns = new List<string[]>();
        for (int factor = 0; factor < factors; factor++)
            // The last local factor of each term stands beside the incoming gradient.
            columns.Add(Equations([.. terms.Select(term => Local(term) is var local && factor - factors + local.Count is >= 0 and var at ? local[at] : null)], digits));
        columns.Add(Equations([.. terms.Select(term => term.Incoming)], digits));
        string[] values = Points([.. terms.Select(term => NumberText.Of(term.Value, digits))]);
        string[] shares = [.. terms.Select(term => Share(anatomy.ShareOf(term.Value)))];
        int wide = shares.Select(text => text.Length).DefaultIfEmpty().Max();
        bool any = terms.Any(term => term.Factors.Count > 0);
        var lines = new string[terms.Count];
        share = 0;
        for (int i = 0; i < lines.Length; i++)
        {
            var cells = columns.Select(column => column[i]).Where(cell => cell.Length > 0).ToList();
            string products = Product(cells);
            string line = $"{Margin}{from[i]}   {products}{(any ? "  =  " : "")}{values[i]}";
            share = line.Length + 5;
            lines[i] = (line + "     " + (terms[i].Reason.Length > 0 ? terms[i].Reason : shares[i].PadLeft(wide))).TrimEnd();
        }
        return lines;
    }

    /// <summary>Cells with signs of multiplication between those that are filled; a column that a term leaves out keeps its width.</summary>
    private static string Product(List<string> cells)
    {
        var line = new StringBuilder();
        bool any = false;
        foreach (string cell in cells)
        {
            bool filled = !string.IsNullOrWhiteSpace(cell);
            if (line.Length > 0) line.Append(any && filled ? Times : new string(' ', Times.Length));
            line.Append(cell);
            any |= filled;
        }
        return line.ToString();
    }

    private static List<AnatomyFactor<T>> Local<T>(AnatomyTerm<T> term) where T : unmanaged, IFloatingPointIeee754<T> =>
        [.. term.Factors.Where(factor => factor != term.Incoming)];

    /// <summary>Cells <c>x[0,1] =  2</c>, with signs of equality and points below each other.</summary>
    private static string[] Equations<T>(AnatomyFactor<T>?[] factors, int digits) where T : unmanaged, IFloatingPointIeee754<T>
    {
        string[] names = Left([.. factors.Select(factor => factor?.Symbol ?? "")]);
        string[] numbers = Points([.. factors.Select(factor => factor is null ? "" : NumberText.Of(factor.Value, digits))]);
        return [.. factors.Select((factor, i) => factor is null ? new string(' ', names[i].Length + 3 + numbers[i].Length) : $"{names[i]} = {numbers[i]}")];
    }

    private static string[] Left(string[] cells)
    {
        int width = cells.Select(cell => cell.Length).DefaultIfEmpty().Max();
        return [.. cells.Select(cell => cell.PadRight(width))];
    }

    private static string[] Points(string[] numbers)
    {
        int before = numbers.Select(NumberText.BeforePoint).DefaultIfEmpty().Max();
        return Left([.. numbers.Select(number => new string(' ', before - NumberText.BeforePoint(number)) + number)]);
    }
}
