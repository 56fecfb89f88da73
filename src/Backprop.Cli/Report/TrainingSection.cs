using System.Globalization;
using System.Text;
using Backprop.Cli.Explain.Page;
using Backprop.Cli.Train;
using Backprop.Training;

namespace Backprop.Cli.Report;

/// <summary>What was trained and how: the network's layers, the options, and the way to the same weights.</summary>
internal static class TrainingSection
{
    public static void WriteNetwork(StringBuilder text, Reported reported)
    {
        var table = reported.Model.Model.Describe([1, .. reported.Model.Input.AsSpan()]);
        text.Append("<section>\n<h2>The network</h2>\n");
        HtmlTable.Write(
            text, $"Each layer with what it gives for one sample and the numbers that it learns; {Count(table.Parameters)} in all", "rows",
            ["layer", "type", "output", "parameters", "multiply-adds"],
            [
                ["input", "", $"{reported.Model.Input}", "", ""],
                .. table.Rows.Select(row => (string[])[row.Name, row.Type, $"{row.Output.Without(0)}", Count(row.Parameters), Count(row.MultiplyAdds)]),
                ["total", "", "", Count(table.Parameters), Count(table.MultiplyAdds)],
            ]);
        text.Append("</section>\n");
    }

    public static void WriteSettings(StringBuilder text, Reported reported)
    {
        if (reported.Record is not { } record) return;
        text.Append("<section>\n<h2>How it was trained</h2>\n");
        HtmlTable.Write(
            text, "The options of backprop train, those that were left out with what they came to", "words", ["option", "value"],
            [
                ["data", record.Data],
                ["samples", Parts(record)],
                ["loss", reported.Model.Loss],
                .. record.Options.Select(option => (string[])[option.Key, string.Join(", ", SavedOptions.Values(option.Value))]),
            ]);
        text.Append("</section>\n");
    }

    public static void WriteReproduction(StringBuilder text, Reported reported)
    {
        if (reported.Record is not { } record) return;
        text.Append("<section>\n<h2>How to reproduce it</h2>\n")
            .Append(CultureInfo.InvariantCulture, $"<p>With backprop {HtmlPage.Encoded(record.Version)} this gives the same weights, to the last bit, on every machine and with every number of threads:</p>\n")
            .Append(CultureInfo.InvariantCulture, $"<pre class=\"command\" tabindex=\"0\"><code>{HtmlPage.Encoded(Command(record, reported.File))}</code></pre>\n");
        HtmlTable.Write(
            text, "What tells that everything was the same: SHA-256 sums", "words", ["of", "sum"],
            [
                .. record.DataFile.Length > 0 ? (string[][])[["the data file", record.DataFile]] : [],
                ["the training part, as the network met it", record.Train.Fingerprint],
                ["the test part, as the network met it", record.Test.Fingerprint],
                ["the weights, as backprop train prints them", record.Weights],
                ["the model file, as it says itself", reported.Model.Checksum],
            ]);
        text.Append("</section>\n");
    }

    /// <summary>The command that trains the same once more.</summary>
    public static string Command(TrainingRecord record, string file)
    {
        var words = new List<string> { "backprop train", Quoted(record.Data) };
        foreach (var (name, text) in record.Options.Where(option => option.Key.StartsWith("--", StringComparison.Ordinal))) words.AddRange(SavedOptions.Values(text).Select(value => $"{name} {Quoted(value)}"));
        words.Add($"--save {Quoted(file)}");
        return string.Join(' ', words);
    }

    private static string Parts(TrainingRecord record)
    {
        string judged = record.Validation is { } kept ? $"{Count(kept.Samples)} to judge by when to stop, " : "";
        return $"{Count(record.Train.Samples)} to train, {judged}{Count(record.Test.Samples)} to test";
    }

    private static string Quoted(string word) =>
        word.Length > 0 && word.All(letter => char.IsLetterOrDigit(letter) || "-_./,:=+@".Contains(letter, StringComparison.Ordinal)) ? word
        : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
