using System.Globalization;
using System.Text;
using Backprop.Tabular;

namespace Backprop.Cli.Evaluate;

/// <summary>How good a model is, for people.</summary>
internal static class EvaluateText
{
    private const int MostPairs = 10, LongestName = 12;

    /// <summary>The figures, the classes, and which was taken for which as far as there is room.</summary>
    /// <param name="result">The figures.</param>
    /// <param name="data">What the model was judged by, in words.</param>
    /// <param name="width">The columns of the terminal.</param>
    public static string Of(EvaluateResult result, string data, int width)
    {
        var text = new StringBuilder();
        foreach (var (name, figure) in Figures(result, data)) text.Append(name.PadRight(15)).Append(figure).Append('\n');
        if (result.Classes is not { } classes) return text.ToString();
        if (classes.Count(Came) <= MostPairs * 3) Append(text, ClassRows(result, classes));
        var matrix = MatrixRows(result, classes);
        if (matrix is not null && AlignedTable.Lines(matrix).All(line => line.Length <= width)) Append(text, matrix);
        else if (result.Mistakes is { Count: > 0 } pairs) Append(text, PairRows(pairs));
        return text.ToString();
    }

    /// <summary>The headline figures with their names.</summary>
    public static IEnumerable<(string Name, string Figure)> Figures(EvaluateResult result, string data)
    {
        yield return ("data", data);
        yield return ("loss", Number(result.Loss));
        if (result.Accuracy is { } accuracy)
        {
            yield return ("accuracy", $"{Number(accuracy)}, {Number(result.Right!.Value)} of {Number(result.Answers!.Value)}");
            yield return ("baseline", $"{Number(result.Baseline!.Accuracy)}, always saying {Words.Visible(result.Baseline.Name)}");
        }
        if (result.Perplexity is { } perplexity)
        {
            yield return ("perplexity", $"{Number(perplexity)}, {Number(result.Loss / Math.Log(2))} bits for each token");
        }
        else if (result.Macro is { } macro) yield return ("macro F1", Number(macro.F1));
        if (result.Rmse is not { } rmse) yield break;
        yield return ("RMSE", Number(rmse));
        yield return ("MAE", Number(result.Mae!.Value));
        yield return ("R²", Number(result.R2!.Value));
        yield return ("baseline", result.NaiveRmse is { } naive ? $"{Number(naive)}, the RMSE of saying the number read last"
            : $"{Number(result.MeanRmse!.Value)}, the RMSE of always saying the mean");
    }

    /// <summary>A share as tables show it.</summary>
    public static string Share(double share) => share.ToString("F4", CultureInfo.InvariantCulture);

    public static string Number(double number) => number.ToString("G6", CultureInfo.InvariantCulture);

    private static bool Came(OneClass one) => one.Support + one.Said > 0;

    private static string[][] ClassRows(EvaluateResult result, IReadOnlyList<OneClass> classes) =>
    [
        ["class", "precision", "recall", "F1", "samples"],
        .. classes.Where(Came).Select(one => new[] { Words.Visible(one.Name), Share(one.Precision), Share(one.Recall), Share(one.F1), Number(one.Support) }),
        ["macro mean", Share(result.Macro!.Precision), Share(result.Macro.Recall), Share(result.Macro.F1), ""],
        ["weighted mean", Share(result.Weighted!.Precision), Share(result.Weighted.Recall), Share(result.Weighted.F1), Number(result.Answers!.Value)],
    ];

    private static string[][]? MatrixRows(EvaluateResult result, IReadOnlyList<OneClass> classes)
    {
        if (result.Confusion is not { } counts) return null;
        int[] shown = [.. Enumerable.Range(0, classes.Count).Where(place => Came(classes[place]))];
        return
        [
            ["right \\ said", .. shown.Select(place => Cut(classes[place].Name))],
            .. shown.Select(row => (string[])[Cut(classes[row].Name), .. shown.Select(column => Number(counts[row][column]))]),
        ];
    }

    private static string[][] PairRows(IReadOnlyList<Confused> pairs) =>
    [
        ["most confused", "said", "times"],
        .. pairs.Take(MostPairs).Select(pair => new[] { Words.Visible(pair.Right), Words.Visible(pair.Said), Number(pair.Count) }),
        .. pairs.Count > MostPairs
            ? (string[][])[[Wording.Count(pairs.Count - MostPairs, "further pair"), "", Number(pairs.Skip(MostPairs).Sum(pair => pair.Count))]] : [],
    ];

    private static void Append(StringBuilder text, string[][] rows)
    {
        text.Append('\n');
        foreach (string line in AlignedTable.Lines(rows)) text.Append(line).Append('\n');
    }

    private static string Cut(string name) =>
        Words.Visible(name) is { Length: > LongestName } shown ? $"{shown[..(LongestName - 1)]}…" : Words.Visible(name);
}
