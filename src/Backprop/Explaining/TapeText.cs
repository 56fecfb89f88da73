using System.Numerics;
using System.Text;

namespace Backprop.Explaining;

/// <summary>The text view of a reader: 80 columns, a line per step, and on request the line with the numbers put in below it.</summary>
public static class TapeText
{
    private const int Width = 80;
    private const int Margin = 11;

    /// <summary>Writes steps: formula, result, and the formula with numbers.</summary>
    /// <param name="steps">The steps of a <see cref="TapeReader{T}"/>, all or some.</param>
    /// <param name="numbers">Whether each formula is followed by one entry with its numbers put in.</param>
    public static string Of<T>(IEnumerable<ReadStep<T>> steps, bool numbers = true) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(steps);
        var list = steps.ToList();
        var text = new StringBuilder();
        Phase? phase = null;
        foreach (var step in list)
        {
            string label = step.Phase == phase ? "" : step.Phase.ToString().ToLowerInvariant();
            phase = step.Phase;
            WriteStep(text, label, step);
            if (numbers && step.Numbers.Length > 0 && step.Numbers != step.Formula)
                text.Append(Fit($"  {step.Symbol}{step.Entry} = {step.Numbers} = {NumberText.Of(step.EntryResult)}"));
        }
        return text.ToString().TrimEnd('\n');
    }

    /// <summary>The legend: symbol, path, shape.</summary>
    public static string Legend<T>(TapeReader<T> reader) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(reader);
        int symbol = reader.Legend.Max(entry => entry.Symbol.Length), meaning = reader.Legend.Max(entry => entry.Meaning.Length);
        return string.Join('\n', reader.Legend.Select(entry => $"{entry.Symbol.PadRight(symbol)}  {entry.Meaning.PadRight(meaning)}  {entry.Shape}"));
    }

    /// <summary>The one line that relates the two signs in which the error term is written.</summary>
    public static string Signs =>
        "δ is ∂L/∂z throughout, and the update subtracts. Texts that write\nδ = (y − ŷ)·f′(z) mean its negative, and then the update must add.";

    private static void WriteStep<T>(StringBuilder text, string label, ReadStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        string formula = step.Phase == Phase.Update ? step.Formula : $"{step.Symbol} = {step.Formula}";
        var lines = TensorText.Lines<T>(step.Shape, step.Values.ToArray());
        string head = $" {label}".PadRight(Margin) + formula;
        int column = Math.Max(36, head.Length + 2);
        if (lines.Count == 1 && column + lines[0].Length <= Width) text.Append(head.PadRight(column)).Append(lines[0]).Append('\n');
        else
        {
            text.Append(head).Append('\n');
            foreach (string line in lines) text.Append(Fit("    " + line));
        }
    }

    /// <summary>A line with the margin, cut where it would pass the width.</summary>
    private static string Fit(string line)
    {
        string whole = new string(' ', Margin) + line;
        return (whole.Length <= Width ? whole : whole[..(Width - 1)] + "…") + "\n";
    }
}
