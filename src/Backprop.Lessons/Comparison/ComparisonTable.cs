using System.Globalization;
using Backprop.Explaining;

namespace Backprop.Lessons.Comparison;

/// <summary>A comparison in words: what was learnt, a table with a column for each family, and what follows from it.</summary>
public static class ComparisonTable
{
    /// <summary>What was learnt, from how many samples.</summary>
    public static IReadOnlyList<string> Head(ComparisonResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var data = result.Data;
        string task = data.IsClassification ? $"{data.Outputs} classes" : "a number to predict";
        return
        [
            $"{data.Name}: {string.Join("×", data.Train.SampleShape)}, {task}",
            $"{Count(data.Train.Count)} samples to train, {Count(data.Validation.Count)} to choose the learning rate, " +
            $"{Count(data.Test.Count)} to test; {Count(result.Epochs)} epoch{(result.Epochs == 1 ? "" : "s")}",
        ];
    }

    /// <summary>The rows of the table, each with its name first; the first row has the families' titles.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Rows(ComparisonResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var data = result.Data;
        return
        [
            Row("", one => one.Family.Title),
            Row("made for", one => one.Family.MadeFor),
            Row("reads here", one => one.Family.Reads),
            Row("structure", one => one.Family.Structure(one.Width)),
            Row("memory", one => one.Family.StateNumbers(one.Width) is var state and > 0 ? $"h and c, {Count(state)} numbers" : "none"),
            Row("weight sharing", one => one.Family.Sharing),
            Row("uses per weight", one => Fixed(one.UsesPerWeight, 1)),
            Row("parameters", one => Count(one.Parameters)),
            Row("multiply-adds", one => Count(one.MultiplyAdds)),
            Row("learning rate", one => one.LearningRate.ToString(CultureInfo.InvariantCulture)),
            Row("training time", one => $"{Fixed(one.Seconds, one.Seconds < 10 ? 2 : 1)} s"),
            Row(data.IsClassification ? "accuracy" : "RMSE", one => data.IsClassification
                ? $"{Percent(one.Mean)} % ± {Percent(one.Spread)}" : $"{NumberText.Of(one.Mean, 4)} ± {NumberText.Of(one.Spread, 2)}"),
        ];

        IReadOnlyList<string> Row(string name, Func<FamilyResult, string> cell) => [name, .. result.Families.Select(cell)];
    }

    /// <summary>Which families can be told apart, in sentences, and how far that reaches.</summary>
    public static IReadOnlyList<string> Conclusions(ComparisonResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var data = result.Data;
        var lines = new List<string>();
        var ahead = result.Pairs.Where(pair => pair.AreToldApart).GroupBy(pair => pair.Better.Family.Name)
            .Select(group => $"{group.Key} ahead of {string.Join(" and ", group.Select(pair => pair.Other.Family.Name))}").ToArray();
        if (ahead.Length > 0) lines.Add($"For this data: {string.Join("; ", ahead)}.");
        string[] near =
            [.. result.Pairs.Where(pair => !pair.AreToldApart).Select(pair => $"{pair.Better.Family.Name} and {pair.Other.Family.Name}")];
        if (near.Length > 0) lines.Add($"Not to be told apart for this data, within chance: {string.Join("; ", near)}.");
        foreach (var family in result.Families.Where(family => family.IsRateAtEdge))
        {
            string edge = family.LearningRate == family.Rates.Max(rate => rate.LearningRate) ? "largest" : "smallest";
            lines.Add($"{family.Family.Name}: its learning rate is the {edge} that was tried; one beyond might do better.");
        }
        lines.Add(data.IsClassification
            ? $"Always the commonest class would be right in {Figure(data, data.Baseline())}."
            : $"Always the mean of the training part would have an RMSE of {Figure(data, data.Baseline())}.");
        lines.Add($"± is the standard deviation over {result.Options.Seeds} seeds. The test part had no say in any choice.");
        lines.Add("Other data, sizes or epochs may turn the order round: no family is best everywhere.");
        return lines;
    }

    /// <summary>An accuracy in percent, or an error in the unit of the target.</summary>
    public static string Figure(ComparisonData data, double figure)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data.IsClassification ? $"{Percent(figure)} %" : NumberText.Of(figure, 4);
    }

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Percent(double share) => Fixed(100 * share, 1);

    private static string Fixed(double number, int digits) => number.ToString($"F{digits}", CultureInfo.InvariantCulture);
}
