using System.Globalization;
using System.Numerics;
using System.Text;
using Backprop.Explaining;
using Backprop.Saving;

namespace Backprop.Cli.Explain;

/// <summary>An explanation as plain text.</summary>
internal static class ExplainText
{
    private const int ShownLosses = 10;

    public const string Rounding = "Numbers are rounded for display only; where terms as shown do not add up to the sum as shown, the line below says so.";

    private static readonly string Indent = new(' ', 13);

    public static string Of<T>(Explanation<T> explanation, string picture, int digits) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var text = new StringBuilder();
        foreach (string line in Head(explanation.Network)) text.Append(line).Append('\n');
        text.Append('\n').Append(picture).Append('\n');
        if (explanation.Shown is [var first, ..])
            foreach (string line in Legend(first)) text.Append(line).Append('\n');
        foreach (var step in explanation.Shown)
        {
            text.Append('\n').Append(Title(step, digits)).Append('\n');
            if (step.Steps.Count > 0) text.Append(TapeText.Of(step.Steps, digits)).Append('\n');
            if (step.ThroughTime is { } time)
                foreach (string line in ThroughTimeText.Lines(explanation, time, digits)) text.Append(line).Append('\n');
            foreach (string line in Update(step, explanation.Network, digits)) text.Append(line).Append('\n');
        }
        text.Append('\n');
        foreach (string line in Losses(explanation, digits)) text.Append(line).Append('\n');
        text.Append('\n').Append(TapeText.Signs).Append('\n').Append(Rounding).Append('\n');
        if (Excerpts(explanation) is { } others) text.Append(others).Append('\n');
        return text.ToString();
    }

    /// <summary>How to see the entries that are not worked out; null where all are.</summary>
    public static string? Excerpts<T>(Explanation<T> explanation) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!explanation.Shown.Any(step => step.Steps.Any(read => read.IsExcerpt))) return null;
        return FormattableString.Invariant($"Up to {ExplainRun.WorkedEntries} entries of a tensor are all worked out, with --only LAYER up to {ExplainRun.WorkedEntriesOfOne}; ") +
            "--why ENTRY takes any gradient apart.";
    }

    /// <summary>What is explained.</summary>
    public static IEnumerable<string> Head<T>(NetworkFile<T> network) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (network.Name.Length > 0) yield return network.Name;
        if (network.Source.Length > 0) yield return network.Source;
        string penalty = network.L2 > 0 ? $", penalty ½·{NumberText.Of(network.L2)}·Σw²" : "";
        yield return $"loss {network.Loss}{penalty}   {OptimizerText.Of(network.Optimizer)}   {OptimizerText.Counts(network.Model.Parameters)}, " +
            $"{(typeof(T) == typeof(float) ? "float32" : "float64")}   {network.Inputs.Shape[0]} {(network.Inputs.Shape[0] == 1 ? "sample" : "samples")}";
    }

    public static string Title<T>(ExplainedStep<T> step, int digits) where T : unmanaged, IFloatingPointIeee754<T>
    {
        string ofData = step.DataLoss.Equals(step.Loss) ? "" : $", of which the data {NumberText.Of(step.DataLoss, digits)}";
        return string.Create(CultureInfo.InvariantCulture, $"STEP {step.Number}   loss {NumberText.Of(step.Loss, digits)}{ofData}");
    }

    /// <summary>Symbol, path and shape.</summary>
    public static IEnumerable<string> Legend<T>(ExplainedStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int symbol = step.Legend.Max(entry => entry.Symbol.Length), meaning = step.Legend.Max(entry => entry.Meaning.Length);
        return step.Legend.Select(entry => $"{entry.Symbol.PadRight(symbol)}  {entry.Meaning.PadRight(meaning)}  {entry.Shape}");
    }

    /// <summary>The losses, before the first update to after the last.</summary>
    public static IEnumerable<string> Losses<T>(Explanation<T> explanation, int digits) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int count = explanation.Losses.Count;
        // Of many the first, the powers of ten and the last.
        for (int k = 1; k <= count; k++)
            if (count <= ShownLosses || k == count || IsPowerOfTen(k))
                yield return string.Create(CultureInfo.InvariantCulture, $"loss before update {k}: {NumberText.Of(explanation.Losses[k - 1], digits)}");
        yield return string.Create(CultureInfo.InvariantCulture, $"loss after update {count}: {NumberText.Of(explanation.FinalLoss, digits)}");
    }

    private static IEnumerable<string> Update<T>(ExplainedStep<T> step, NetworkFile<T> network, int digits) where T : unmanaged, IFloatingPointIeee754<T>
    {
        string margin = " update".PadRight(11);
        foreach (var change in step.Changes)
        {
            var read = change.Step;
            yield return margin + read.Formula;
            margin = new string(' ', 11);
            var worked = read.Worked[0];
            yield return $"{Indent}{worked.Name} = {worked.Numbers} = {NumberText.Of(worked.Result, digits)}";
            if (ShownSum.Other(worked.Numbers, worked.Result, digits) is { } other)
                yield return $"{Indent}  rounded for display only: the terms as shown add up to {other}";
            var (rows, more) = UpdateTable.Of(
                change, network.Labels.GetValueOrDefault(read.Path), network.Model.Parameters[read.Path].Place, value => NumberText.Of(value, digits));
            foreach (string line in AlignedTable.Lines(rows)) yield return Indent + line;
            if (more > 0) yield return FormattableString.Invariant($"{Indent}… {more:N0} more entries; --format csv has them all");
        }
    }

    private static bool IsPowerOfTen(int number)
    {
        while (number % 10 == 0) number /= 10;
        return number == 1;
    }
}
