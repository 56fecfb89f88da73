using System.Text.Json.Nodes;

namespace Backprop.Cli.Tests;

public sealed class WritingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Model(string unit = "characters")
    {
        string model = folder[$"{unit}.safetensors"];
        if (File.Exists(model)) return model;
        var run = Run.Of(
            "train", Texts.Write(folder, "cat.txt"), "--unit", unit, "--hidden", "24", "--length", "20", "--epochs", "60", "--batch", "8",
            "--learning-rate", "0.01", "--save", model);
        Assert.True(run.Code == 0, run.Error);
        return model;
    }

    [Fact]
    public void A_text_is_written_on()
    {
        var run = Run.Of("predict", Model(), "--prompt", "The cat sees", "--length", "10", "--temperature", "0");
        Assert.Equal((0, "The cat sees the dog.\n\n", ""), (run.Code, run.Output, run.Error));
    }

    [Fact]
    public void Words_are_written_with_their_spaces()
    {
        var run = Run.Of("predict", Model("words"), "--prompt", "A dog", "--length", "8", "--temperature", "0");
        Assert.Equal((0, "A dog, it's said, sees no cat!\n", ""), (run.Code, run.Output, run.Error));
    }

    [Fact]
    public void The_seed_decides_what_is_drawn()
    {
        string Written(string seed, string temperature) =>
            Run.Of("predict", Model(), "--prompt", "T", "--length", "80", "--seed", seed, "--temperature", temperature).Output;
        Assert.Equal(Written("1", "2"), Written("1", "2"));
        Assert.NotEqual(Written("1", "2"), Written("2", "2"));
        Assert.Equal(Written("1", "0"), Written("2", "0"));
    }

    [Fact]
    public void As_json_it_is_one_document_that_fits_its_schema()
    {
        var run = Run.Of("predict", Model(), "--prompt", "The cat", "--json");
        Assert.Empty(Schema.Of("writing").Errors(run.Output));
        var fields = JsonNode.Parse(run.Output)!;
        Assert.Equal(("backprop-writing/1", "characters", "The cat", 300), ((string)fields["format"]!, (string)fields["unit"]!, (string)fields["prompt"]!, (int)fields["length"]!));
        Assert.Equal(300, ((string)fields["written"]!).EnumerateRunes().Count());
    }

    [Fact]
    public void A_file_is_written_whole_and_not_replaced_without_force()
    {
        string[] words = ["predict", Model(), "--prompt", "The cat sees", "--length", "9", "--temperature", "0", "--save", folder["out.txt"]];
        var run = Run.Of(words);
        Assert.Equal((0, "", $"written: {folder["out.txt"]}\n"), (run.Code, run.Output, run.Error));
        Assert.Equal("The cat sees the dog.\n", File.ReadAllText(folder["out.txt"]));
        Assert.Contains("the file is there already; --force replaces it", Run.Of(words).Refusal, StringComparison.Ordinal);
        Assert.Equal(0, Run.Of([.. words, "--force"]).Code);
    }

    [Fact]
    public void What_was_not_trained_on_is_said()
    {
        var run = Run.Of("predict", Model(), "--prompt", "Ωmega", "--length", "1");
        Assert.Equal("prompt: 2 of its 5 characters did not occur in training\n", run.Error);
        Assert.StartsWith("Ωmega", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DATA is missing, the samples to predict; or --prompt TEXT, which a model of texts writes on")]
    [InlineData("--length belongs to writing a text; --prompt TEXT is missing, what the text begins with", "--length", "3")]
    [InlineData("--prompt: '' came; the beginning of a text is needed, one of the characters or more", "--prompt", "")]
    [InlineData("--header belongs to a table; --prompt writes a text on; leave one out", "--prompt", "a", "--header", "yes")]
    [InlineData("x.csv: DATA and --prompt came; a text is written on, or samples are predicted: leave one out", "x.csv", "--prompt", "a")]
    [InlineData("--temperature: '-1' came; a number from 0 on is needed", "--prompt", "a", "--temperature", "-1")]
    public void What_cannot_be_is_refused(string message, params string[] words) =>
        Assert.Equal($"backprop: {message}", Run.Of(["predict", Model(), .. words]).Refusal);

    [Fact]
    public void A_model_of_other_data_does_not_write()
    {
        string model = folder["flowers.safetensors"];
        Assert.Equal(0, Run.Of("train", Flowers.Write(folder, "flowers.csv"), "--target", "kind", "--epochs", "1", "--save", model).Code);
        Assert.Equal($"backprop: --prompt belongs to a model of texts; {model} was trained on other data", Run.Of("predict", model, "--prompt", "a").Refusal);
    }

    [Fact]
    public void A_model_of_texts_predicts_no_rows() => Assert.Contains(
        "it was trained on a text, and writes one on: --prompt TEXT in the place of ", Run.Of("predict", Model(), folder["cat.txt"]).Refusal, StringComparison.Ordinal);

    [Fact]
    public void A_model_of_texts_is_explained_on_a_text()
    {
        string model = Model();
        File.WriteAllText(folder["bit.txt"], "The cat sees the dog.\n");
        var run = Run.Of("explain", model, "--data", folder["bit.txt"], "--only", "linear1");
        Assert.True(run.Code == 0, run.Error);
        Assert.Contains("data: 22 characters, in 1 window of 20\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_judged_by_other_texts_token_by_token()
    {
        File.WriteAllText(folder["new.txt"], "The cat sees the dog.\nThe cat sees");
        var run = Run.Of("evaluate", Model(), folder["new.txt"]);
        Assert.Equal((0, "data: 34 characters, in 1 window of 20\n"), (run.Code, run.Error));
        Assert.Matches(@"\naccuracy +[01](\.\d+)?, \d+ of 20\nbaseline +0\.2, always saying space\nperplexity ", run.Output);
        Assert.Contains("\nspace ", run.Output, StringComparison.Ordinal);
        File.WriteAllText(folder["new.txt"], "The cat sees the dog");
        Assert.Equal(
            $"backprop: {folder["new.txt"]}: it has 20 characters; a window has 20, as in training, and with the one after it 21 are needed",
            Run.Of("evaluate", Model(), folder["new.txt"]).Refusal);
    }

    [Fact]
    public void What_trained_it_is_known_by_its_test_part()
    {
        var run = Run.Of("evaluate", Model(), Texts.Write(folder, "cat.txt"), "--json");
        Assert.True(run.Code == 0, run.Error);
        Assert.Equal(("test", 7, 140), ((string)JsonNode.Parse(run.Output)!["part"]!, (int)JsonNode.Parse(run.Output)!["samples"]!, (int)JsonNode.Parse(run.Output)!["answers"]!));
    }

    [Fact]
    public void Its_exports_read_tokens_and_bring_the_vocabulary_along()
    {
        var onnx = Run.Of("export", Model(), "--output", folder["m.onnx"]);
        Assert.True(onnx.Code == 0, onnx.Error);
        Assert.Contains("  reads    input int64 [N, 20]\n  gives    logits float [N, 20, 26]\n", onnx.Output, StringComparison.Ordinal);
        Assert.Equal("note: which of the 26 characters each number stands for is in the file's metadata under 'vocabulary'\n", onnx.Error);
        Assert.Equal(0, Run.Of("export", Model(), "--output", folder["m.py"]).Code);
        Assert.Contains("nn.Embedding(26, 64)", File.ReadAllText(folder["m.py"]), StringComparison.Ordinal);
    }
}
