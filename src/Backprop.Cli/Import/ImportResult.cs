using System.Text.Json.Serialization;
using Backprop.Importing;
using Backprop.Tensors;

namespace Backprop.Cli.Import;

/// <summary>What was taken, or would be, as <c>--json</c> prints it: <c>backprop-import/1</c>.</summary>
/// <param name="Weights">The file of another program.</param>
/// <param name="Model">The network.</param>
/// <param name="From">Whose names and axes they have.</param>
/// <param name="Saved">The model that was written; null where it was only looked.</param>
/// <param name="Numbers">How many numbers the network takes.</param>
/// <param name="Arrays">What is taken for what, then what is left out.</param>
internal sealed record ImportResult(
    string Weights, string Model, WeightLayout From, string? Saved, long Numbers, IReadOnlyList<ImportedArray> Arrays)
{
    [JsonPropertyOrder(-1)]
    public string Format { get; } = "backprop-import/1";

    public static ImportResult Of(ImportSettings settings, WeightImport<float> import) => new(
        settings.Weights, settings.Model, import.Layout, settings.Save, import.Matches.DistinctBy(match => match.Ours).Sum(match => (long)(match.OurShape?.Elements ?? 0)),
        [.. import.Matches.Select(match => new ImportedArray(
            match.Theirs.Length > 0 ? match.Theirs : null, match.TheirShape?.ToArray(), match.Ours.Length > 0 ? match.Ours : null, match.OurShape?.ToArray(), match.How))]);

    /// <summary>The same for people.</summary>
    public string ToText()
    {
        string[][] rows =
        [
            ["theirs", "shape", "ours", "shape", "how"],
            .. Arrays.Select(array => new[] { array.Theirs ?? "–", Sizes(array.TheirShape), array.Ours ?? "–", Sizes(array.OurShape), array.How }),
        ];
        int[] widths = [.. Enumerable.Range(0, 5).Select(column => rows.Max(row => row[column].Length))];
        var text = new StringWriter { NewLine = "\n" };
        foreach (string[] row in rows) text.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        return text.ToString();
    }

    private static string Sizes(int[]? shape) => shape is null ? "" : $"{new Shape(shape)}";
}

/// <summary>An array and the parameter that it fills, or helps to fill.</summary>
/// <param name="Theirs">Its name; null where the file has none, and every number is the usual one.</param>
/// <param name="TheirShape">Its shape.</param>
/// <param name="Ours">The parameter's path; null where the array is left out.</param>
/// <param name="OurShape">The parameter's shape.</param>
/// <param name="How">What is done to it, or why it is left out.</param>
internal sealed record ImportedArray(string? Theirs, int[]? TheirShape, string? Ours, int[]? OurShape, string How);
