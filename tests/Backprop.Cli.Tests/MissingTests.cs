using System.Globalization;
using System.Text.Json.Nodes;

namespace Backprop.Cli.Tests;

public sealed class MissingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Sixty rows, class by size and colour; every tenth row has a gap among the numbers, another tenth one among the texts.</summary>
    private string Gaps() => Flowers.Write(folder, "gaps.csv", "size,colour,kind\n" + string.Concat(Enumerable.Range(0, 60).Select(i =>
        $"{(i % 10 == 3 ? "NA" : ((i % 2) + 0.01 * i).ToString(CultureInfo.InvariantCulture))},{(i % 10 == 6 ? "" : i % 2 == 0 ? "rot" : "weiß")},{"AB"[i % 2]}\n")));

    [Fact]
    public void A_gap_stops_the_training_by_its_line_column_and_way_out()
    {
        Assert.Equal(
            $"backprop: {folder["gaps.csv"]}, row 5: 'NA' in column 'size'; a number is needed; train with --missing drop (leaves such rows out) or --missing fill (takes the column's median)",
            Run.Of("train", Gaps(), "--target", "kind", "--save", folder["m"]).Refusal);
        Assert.False(File.Exists(folder["m"]));
    }

    [Fact]
    public void Rows_with_gaps_are_left_out_in_training_and_in_predicting()
    {
        var run = Run.Of("train", Gaps(), "--target", "kind", "--missing", "drop", "--epochs", "20", "--save", folder["m"], "--json");
        Assert.Contains("\nmissing: 12 of 60 rows with missing values left out\n", run.Error, StringComparison.Ordinal);
        Assert.Equal(48, (int)JsonNode.Parse(run.Output)!["trainSamples"]! + (int)JsonNode.Parse(run.Output)!["testSamples"]!);
        var said = Run.Of("predict", folder["m"], folder["gaps.csv"]);
        Assert.StartsWith("missing: 12 of 60 rows with missing values left out, as in training\n", said.Error, StringComparison.Ordinal);
        Assert.Equal(["row", "1", "2", "3", "5", "6", "8"], said.Output.Split('\n')[..7].Select(line => line.Split(',')[0]));
    }

    [Fact]
    public void Gaps_are_filled_in_training_and_in_predicting()
    {
        var run = Run.Of("train", Gaps(), "--target", "kind", "--missing", "fill", "--epochs", "30", "--save", folder["m"]);
        Assert.Contains("\ncolumn 'colour': text, one input for each of (missing), rot, weiß\n", run.Error, StringComparison.Ordinal);
        Assert.Matches(@"\nmissing: \d+ values of the training part filled, numbers by the median of the training part, texts as \(missing\)\n", run.Error);
        var said = Run.Of("predict", folder["m"], folder["gaps.csv"]);
        Assert.Equal(61, said.Output.TrimEnd('\n').Split('\n').Length);
        Assert.StartsWith("missing: 12 values filled, ", said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_target_is_never_made_up()
    {
        string file = Flowers.Write(folder, "t.csv", "a,b,t\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"{i},{i % 3},{(i == 4 ? "" : $"{i}.5")}\n")));
        Assert.Contains("\nmissing: 1 of 20 rows without a value in column 't', the target, left out\n",
            Run.Of("train", file, "--target", "t", "--missing", "fill", "--epochs", "1").Error, StringComparison.Ordinal);
    }

    /// <summary>Whatever the test part holds, the model is the same to the last bit: neither medians nor values nor means are read off it.</summary>
    [Fact]
    public void Nothing_of_the_test_part_goes_into_the_model()
    {
        string[] lines = ["a,c,t", .. Enumerable.Range(0, 40).Select(i => $"{(i % 7 == 2 ? "" : $"{i}")},{"xy"[i % 2]},{i}.5")];
        var (first, kept) = Trained("first", lines);
        // Which rows test is drawn by the seed alone, so they can be found by training without each.
        int[] test = [.. Enumerable.Range(1, 40).Where(row => Trained("other", [.. lines.Select((line, at) => at == row ? $"1000,{line.Split(',')[1]},{line.Split(',')[2]}" : line)]).Model.SequenceEqual(first))];
        Assert.Equal(kept, test.Length);
        string[] changed = [.. lines.Select((line, at) => Array.IndexOf(test, at) >= 0 ? $"-777,new{at},{at}.25" : line)];
        Assert.Equal(first, Trained("changed", changed).Model);

        (byte[] Model, int Test) Trained(string name, string[] table)
        {
            string file = Flowers.Write(folder, $"{name}.csv", string.Join('\n', table));
            var run = Run.Of("train", file, "--target", "t", "--task", "regression", "--missing", "fill", "--hidden", "2", "--epochs", "1", "--save", folder[name], "--force", "--json");
            Assert.Equal(0, run.Code);
            return (Weights(folder[name]), (int)JsonNode.Parse(run.Output)!["testSamples"]!);
        }
    }

    [Fact]
    public void A_resumed_training_keeps_to_the_policy()
    {
        string gaps = Gaps();
        string[] options = ["--target", "kind", "--missing", "fill", "--embed", "colour=2", "--unknown", "ignore"];
        string whole = Weights(Run.Of(["train", gaps, .. options, "--epochs", "6", "--json"]));
        Assert.Equal(0, Run.Of(["train", gaps, .. options, "--epochs", "3", "--checkpoint", folder["c"]]).Code);
        Assert.Equal(whole, Weights(Run.Of("train", gaps, "--epochs", "6", "--checkpoint", folder["c"], "--resume", "--json")));
        Assert.StartsWith("backprop: --missing drop: the training in", Run.Of("train", gaps, "--missing", "drop", "--checkpoint", folder["c"], "--resume").Refusal, StringComparison.Ordinal);
    }

    private static byte[] Weights(string file)
    {
        var model = Saving.SavedModel<float>.Load(file);
        return [.. model.Model.Parameters.SelectMany(parameter => System.Runtime.InteropServices.MemoryMarshal.AsBytes(parameter.Values).ToArray())];
    }

    private static string Weights(Run run) => (string)JsonNode.Parse(run.Output)!["weights"]!;
}
