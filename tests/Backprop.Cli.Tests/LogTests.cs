using System.Text.Json.Nodes;

namespace Backprop.Cli.Tests;

public sealed class LogTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Log => folder["log.jsonl"];

    private string Data => File.Exists(folder["flowers.csv"]) ? folder["flowers.csv"] : Flowers.Write(folder, "flowers.csv");

    private Run Train(params string[] options) => Run.Of(["train", Data, "--log", Log, "--batch", "16", .. options]);

    /// <summary>The lines, each held against the schema.</summary>
    private JsonNode[] Lines()
    {
        string text = File.ReadAllText(Log);
        Assert.EndsWith("}\n", text, StringComparison.Ordinal);
        string[] lines = text.TrimEnd('\n').Split('\n');
        Assert.All(lines, line => Assert.Empty(Schema.Of("log").Errors(line)));
        return [.. lines.Select(line => JsonNode.Parse(line)!)];
    }

    private static string Events(IEnumerable<JsonNode> lines) => string.Join(' ', lines.Select(line => line["event"] is { } name ? $"{name}{line["epoch"]}" : "begin"));

    [Fact]
    public void A_training_is_told_line_by_line()
    {
        var run = Train("--target", "kind", "--epochs", "3", "--json");
        var lines = Lines();
        Assert.Equal("begin epoch1 epoch2 epoch3 end", Events(lines));
        Assert.Equal(("backprop-log/1", "classification", "kind", "3", 48), (
            (string?)lines[0]["format"], (string?)lines[0]["task"], (string?)lines[0]["options"]!["--target"], (string?)lines[0]["options"]!["--epochs"],
            (int?)lines[0]["trainSamples"]));
        Assert.Equal((6, 0.01), ((int)lines[2]["steps"]!, (double)lines[2]["learningRate"]!));
        var result = JsonNode.Parse(run.Output)!;
        Assert.True(JsonNode.DeepEquals(result, lines[^1]["result"]));
        Assert.Equal("done", (string?)lines[^1]["reason"]);
        Assert.Equal((double)result["testLoss"]!, (double)lines[3]["test"]!["loss"]!);
        Assert.Equal((double)result["testAccuracy"]!, (double)lines[3]["test"]!["accuracy"]!);
    }

    [Fact]
    public void Numbers_have_the_unit_of_the_target_and_early_stopping_its_own_part()
    {
        var run = Train("--target", "width", "--epochs", "4", "--json");
        Assert.Equal((double)JsonNode.Parse(run.Output)!["testRmse"]!, (double)Lines()[^2]["test"]!["rmse"]!, 1e-9);
        Train("--target", "kind", "--epochs", "2", "--patience", "3", "--force");
        Assert.Equal(10, (int?)Lines()[0]["validationSamples"]);
        Assert.NotNull(Lines()[1]["validation"]);
        Assert.Null(Lines()[1]["test"]);
    }

    [Fact]
    public void A_training_that_goes_on_has_each_epoch_once()
    {
        string[] checkpoints = ["--checkpoint", folder["run"]];
        Train([.. checkpoints, "--target", "kind", "--epochs", "4"]);
        // As if the process had been killed while it wrote, after an epoch of which no checkpoint is left.
        File.WriteAllText(Log, File.ReadAllText(Log).Replace("{\"event\":\"end\"", "{\"event\":\"epoch\",\"epoch\":5,\"steps\":15}\n{\"event\":\"epo", StringComparison.Ordinal)[..^40]);
        Train([.. checkpoints, "--resume", "--epochs", "6"]);
        Assert.Equal("begin epoch1 epoch2 epoch3 epoch4 resumed4 epoch5 epoch6 end", Events(Lines()));
        Assert.Equal((12, 6), ((int)Lines()[5]["steps"]!, (int)Lines()[5]["epochs"]!));

        string whole = folder["whole.jsonl"];
        Run.Of("train", Data, "--log", whole, "--batch", "16", "--target", "kind", "--epochs", "6");
        static string[] Losses(IEnumerable<JsonNode> lines) => [.. lines.Where(line => line["trainLoss"] is not null).Select(line => line["trainLoss"]!.ToJsonString())];
        Assert.Equal(Losses(File.ReadLines(whole).Select(line => JsonNode.Parse(line)!)), Losses(Lines()));
    }

    [Fact]
    public void A_failure_is_told_with_its_cause_and_how_it_ended()
    {
        Assert.Equal(3, Train("--target", "kind", "--optimizer", "sgd", "--learning-rate", "1e30").Code);
        var lines = Lines();
        Assert.Equal("diverged", (string?)lines[^1]["reason"]);
        var warning = lines.Single(line => (string?)line["kind"] == "notFinite");
        Assert.Contains(" with values from ", (string?)warning["finding"], StringComparison.Ordinal);
        Assert.Contains((string)warning["remedy"]!, (string)lines[^1]["message"]!, StringComparison.Ordinal);

        var cancelled = Run.Of(new CancellationToken(true), ["train", Data, "--target", "kind", "--log", Log, "--force"]);
        Assert.Equal(130, cancelled.Code);
        Assert.Equal("interrupted", (string?)Lines()[^1]["reason"]);
    }

    [Fact]
    public void What_goes_wrong_is_a_line_in_the_log_and_on_the_screen_and_in_the_model()
    {
        string[] options = ["--target", "kind", "--optimizer", "sgd", "--learning-rate", "1e-7", "--epochs", "60", "--save", folder["model"]];
        var run = Train(options);
        var warning = Assert.Single(Lines(), line => (string?)line["event"] == "warning");
        Assert.Equal("lossNotFalling", (string?)warning["kind"]);
        Assert.Contains($"\nwarning: loss does not fall (epoch {warning["epoch"]}): {warning["finding"]} {warning["cause"]} {warning["remedy"]}\n", run.Error, StringComparison.Ordinal);
        var saved = Backprop.Saving.SavedModel<float>.Load(folder["model"]);
        var record = Backprop.Training.TrainingRecord.Read(saved.Notes[Backprop.Training.TrainingRecord.Key], "model");
        Assert.Equal((string?)warning["finding"], Assert.Single(record.Warnings).Finding);
        var live = Run.OnTerminal(100, ["train", Data, .. options, "--force"]);
        Assert.Contains("warning: loss does not fall (epoch ", live.Error, StringComparison.Ordinal);
        Assert.Contains("warnings 1, see above", live.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_does_not_suit_is_refused()
    {
        File.WriteAllText(Log, "mine");
        Assert.Equal($"backprop: {Log}: the file is there already; --force replaces it", Train("--target", "kind").Refusal);
        Assert.Equal(
            $"backprop: --log {folder["m"]}: --save names the same file; give the log a name of its own",
            Run.Of("train", Data, "--target", "kind", "--log", folder["m"], "--save", folder["m"]).Refusal);
        Run.Of("train", Data, "--target", "kind", "--checkpoint", folder["run"], "--epochs", "1");
        Assert.Equal(
            $"backprop: {Log}: it is no log of a training, whose first line says backprop-log/1; give --log another file",
            Train("--checkpoint", folder["run"], "--resume").Refusal);
        File.WriteAllText(Log, "");
        Assert.StartsWith($"backprop: {Log}: it is empty", Train("--checkpoint", folder["run"], "--resume").Refusal, StringComparison.Ordinal);
        Assert.Equal("", File.ReadAllText(Log));
    }

    [Fact]
    public void Force_does_not_replace_what_is_read()
    {
        string data = folder["own.csv"], before = File.ReadAllText(Data);
        File.WriteAllText(data, before);
        Assert.Equal(
            $"backprop: --log {data}: that is the file that is read, which --force does not replace; give another name",
            Run.Of("train", data, "--target", "kind", "--log", data, "--force").Refusal);
        Assert.Equal(
            $"backprop: --save {data}: that is the file that is read, which --force does not replace; give another name",
            Run.Of("train", data, "--target", "kind", "--save", data, "--force").Refusal);
        Assert.Equal(before, File.ReadAllText(data));
    }
}
