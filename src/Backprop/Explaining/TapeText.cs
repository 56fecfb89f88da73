using System.Globalization;
using System.Numerics;
using System.Text;

namespace Backprop.Explaining;

/// <summary>How much is written of a step.</summary>
public enum Detail
{
    /// <summary>Formula and result.</summary>
    Results,

    /// <summary>One entry with its numbers put in.</summary>
    Numbers,

    /// <summary>Both.</summary>
    Both,
}

/// <summary>The text view of a reader: 80 columns, a line per step, and on request the line with the numbers put in below it.</summary>
public static class TapeText
{
    private const int Width = 80;
    private const int Margin = 11;
    private const int ResultColumn = 36;
    private static readonly string Indent = new(' ', Margin + 4);

    /// <summary>Writes steps: each formula with its result, with the numbers of one entry put in, or both.</summary>
    /// <param name="steps">The steps of a <see cref="TapeReader{T}"/>, all or some.</param>
    /// <param name="detail">How much is written of each.</param>
    /// <param name="number">How a result is written; with six significant digits if left out. The reader has written the numbers put in.</param>
    public static string Of<T>(IEnumerable<ReadStep<T>> steps, Detail detail = Detail.Both, Func<T, string>? number = null)
        where T : unmanaged, IFloatingPointIeee754<T> => Write(steps, detail, number ?? NumberText.Of, (_, _) => []);

    /// <summary>Writes steps in full, and remarks below the entries that are worked out: how many there are beside one that stands for all, and what the terms
    /// add up to where, rounded as they are shown, that is not the sum that is shown.</summary>
    /// <param name="steps">The steps of a <see cref="TapeReader{T}"/>, all or some, read with as many digits.</param>
    /// <param name="digits">The significant digits, 1 to 17.</param>
    public static string Of<T>(IEnumerable<ReadStep<T>> steps, int digits) where T : unmanaged, IFloatingPointIeee754<T> =>
        Write(steps, Detail.Both, value => NumberText.Of(value, digits), (step, entry) => Remarks(step, entry, digits));

    /// <summary>The remarks about an entry that is worked out; none for most.</summary>
    /// <param name="step">The line that it belongs to.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="digits">The significant digits with which it is shown, 1 to 17.</param>
    public static IReadOnlyList<string> Remarks<T>(ReadStep<T> step, WorkedEntry<T> entry, int digits) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(entry);
        var remarks = new List<string>();
        if (ShownSum.Other(entry.Numbers, entry.Result, digits) is { } other) remarks.Add($"rounded for display only: the terms as shown add up to {other}");
        if (step.IsExcerpt) remarks.Add($"1 of {step.Values.Count.ToString("N0", CultureInfo.InvariantCulture)} entries worked out");
        return remarks;
    }

    private static string Write<T>(IEnumerable<ReadStep<T>> steps, Detail detail, Func<T, string> number, Func<ReadStep<T>, WorkedEntry<T>, IReadOnlyList<string>> remarks)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(steps);
        var text = new StringBuilder();
        Phase? phase = null;
        foreach (var step in steps)
        {
            string margin = $" {(step.Phase == phase ? "" : step.Phase.ToString().ToLowerInvariant())}".PadRight(Margin);
            phase = step.Phase;
            if (detail != Detail.Numbers) WriteResult(text, margin, step, number);
            if (detail == Detail.Results) continue;
            string indent = detail == Detail.Numbers ? "" : "  ";
            string start = detail == Detail.Numbers ? margin : new string(' ', Margin);
            foreach (var entry in step.Worked)
            {
                WriteWrapped(text, start, indent, $"{entry.Name} = {Begin(entry.Numbers)} = {number(entry.Result)}");
                start = new string(' ', Margin);
                foreach (string remark in remarks(step, entry)) text.Append(Indent).Append(remark).Append('\n');
            }
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

    /// <summary>The two lines that relate the two signs in which the error term is written.</summary>
    public static string Signs =>
        "δ is ∂L/∂z throughout, and the update subtracts. Texts that write\nδ = (y − ŷ)·f′(z) mean its negative, and then the update must add.";

    private static void WriteResult<T>(StringBuilder text, string margin, ReadStep<T> step, Func<T, string> number) where T : unmanaged, IFloatingPointIeee754<T>
    {
        string formula = step.Phase == Phase.Update ? step.Formula : $"{step.Symbol} = {step.Formula}";
        var lines = TensorText.Lines<T>(step.Shape, step.Values.ToArray(), Width - Indent.Length, number);
        string head = margin + formula;
        int column = Math.Max(ResultColumn, head.Length + 2);
        if (lines.Count == 1 && column + lines[0].Length <= Width) text.Append(head.PadRight(column)).Append(lines[0]).Append('\n');
        else
        {
            WriteWrapped(text, margin, "", formula, head.Length > Width && formula.Contains(", ", StringComparison.Ordinal) ? ", " : " + ");
            foreach (string line in lines) text.Append(Indent).Append(line).Append('\n');
        }
        foreach (var remembered in step.Remembered) WriteRemembered(text, remembered, number);
    }

    private static void WriteRemembered<T>(StringBuilder text, RememberedValues<T> remembered, Func<T, string> number) where T : unmanaged, IFloatingPointIeee754<T>
    {
        string head = $"{new string(' ', Margin + 2)}{remembered.Name} = ", below = new(' ', head.Length);
        foreach (string line in TensorText.Lines<T>(remembered.Shape, remembered.Values.ToArray(), Width - head.Length, number))
        {
            text.Append(head).Append(line).Append('\n');
            head = below;
        }
    }

    /// <summary>A long line goes on in the next one, at a separator: a sum at a plus, several formulas at a comma.</summary>
    private static void WriteWrapped(StringBuilder text, string margin, string indent, string whole, string separator = " + ")
    {
        string line = margin + indent;
        foreach (string part in whole.Split(separator))
        {
            bool begins = line.Length <= Margin + indent.Length;
            string next = begins ? part : separator + part;
            if (!begins && line.Length + next.Length > Width)
            {
                Write(text, line);
                line = Indent;
                next = separator.TrimStart() is "+ " ? "+ " + part : part;
            }
            line += next;
        }
        Write(text, line);
    }

    /// <summary>Writes a line; one that is still too long goes on in the next between two numbers, never within one.</summary>
    private static void Write(StringBuilder text, string line)
    {
        while (line.Length > Width)
        {
            int end = line.AsSpan(0, Width).LastIndexOfAny(" ·(/") + 1;
            if (end <= Indent.Length) end = Width;
            text.Append(line.AsSpan(0, end).TrimEnd()).Append('\n');
            line = Indent + line[end..].TrimStart();
        }
        text.Append(line).Append('\n');
    }

    /// <summary>A negative number needs no parentheses where it begins the line, unless a power follows.</summary>
    private static string Begin(string numbers)
    {
        int close = numbers.IndexOf(')', StringComparison.Ordinal);
        bool bare = numbers.StartsWith("(−", StringComparison.Ordinal) && close > 0 && (close == numbers.Length - 1 || numbers[close + 1] is ' ' or '·')
            && !numbers.AsSpan(2, close - 2).ContainsAny(" ·(");
        return bare ? numbers[1..close] + numbers[(close + 1)..] : numbers;
    }
}
