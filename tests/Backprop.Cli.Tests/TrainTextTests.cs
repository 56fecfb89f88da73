using System.Text.Json.Nodes;

namespace Backprop.Cli.Tests;

public sealed class TrainTextTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Data => File.Exists(folder["cat.txt"]) ? folder["cat.txt"] : Texts.Write(folder, "cat.txt");

    private Run Train(params string[] options) => Run.Of(["train", Data, "--hidden", "24", "--length", "20", .. options]);

    private static JsonNode Fields(Run run)
    {
        Assert.True(run.Code == 0, run.Error);
        Assert.Empty(Schema.Of("train").Errors(run.Output));
        return JsonNode.Parse(run.Output)!;
    }

    [Theory]
    [InlineData("lstm")]
    [InlineData("gru")]
    [InlineData("rnn")]
    public void Every_recurrent_network_learns_a_text(string model)
    {
        var run = Train("--model", model, "--epochs", "40", "--batch", "8", "--json");
        var fields = Fields(run);
        double loss = (double)fields["testLoss"]!;
        Assert.InRange(loss, 0, 0.6);
        Assert.Equal(Math.Exp(loss), (double)fields["text"]!["perplexity"]!, 1e-9);
        Assert.Equal(loss / Math.Log(2), (double)fields["text"]!["bits"]!, 1e-9);
        Assert.Contains($"\nnetwork: embedding 64, {model} 24, linear 26, ", run.Error, StringComparison.Ordinal);
        Assert.Contains("cat", (string)fields["text"]!["written"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void Smoothing_raises_the_loss_and_leaves_the_perplexity_to_the_probabilities()
    {
        var fields = Fields(Train("--epochs", "20", "--batch", "8", "--loss", "softmax_cross_entropy:0.2", "--json"));
        Assert.InRange((double)fields["text"]!["perplexity"]!, 1, 0.8 * Math.Exp((double)fields["testLoss"]!));
    }

    [Fact]
    public void Every_rule_is_said_as_it_is_applied()
    {
        string[] notes = Train("--epochs", "1", "--threads", "2").Error.Split('\n');
        Assert.Equal("text: 1,540 characters; 25 told apart, as many as the training part has, and <unknown> for any other", notes[0]);
        Assert.Equal("hold-out: the last 10% of the text, 154 characters, for the test", notes[1]);
        Assert.Equal("windows: 20 characters each, 69 to train and 7 to test; each is read without memory of the one before", notes[2]);
        Assert.Equal("training: adam, learning rate 0.003, batch 32, 1 epoch, seed 1, 2 threads", notes[4]);
    }

    [Fact]
    public void The_figures_are_those_of_characters_and_a_sample_follows()
    {
        string text = Train("--epochs", "2").Output;
        Assert.StartsWith("task           the next of 26 characters\nmodel          lstm\n", text, StringComparison.Ordinal);
        Assert.Contains("\nsamples        69 to train, 7 to test, windows of 20 characters\n", text, StringComparison.Ordinal);
        Assert.Matches(@"\nperplexity     \d+\.\d+, \d\.\d+ bits per character\n", text);
        Assert.Matches(@"\ntest accuracy  0\.\d+, \d+ of 140\n", text);
        Assert.Contains("\n\nwritten by it, at temperature 0.8:\n\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("class", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_are_read_and_the_rare_ones_are_unknown()
    {
        var run = Train("--unit", "words", "--vocabulary", "10", "--epochs", "2", "--json");
        var text = Fields(run)["text"]!;
        Assert.Equal(("words", 11, 20), ((string)text["unit"]!, (int)text["vocabulary"]!, (int)text["length"]!));
        Assert.Contains("; 10 told apart, the most frequent of the training part, and <unknown> for any other, ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_unit_makes_a_text_of_any_file()
    {
        string table = folder["letters.csv"];
        File.Copy(Data, table);
        Assert.Equal(0, Run.Of("train", table, "--unit", "words", "--epochs", "1", "--hidden", "4").Code);
    }

    [Fact]
    public void A_target_makes_a_table_of_a_text_file()
    {
        string table = folder["table.txt"];
        File.WriteAllText(table, $"x,kind\n{string.Concat(Enumerable.Range(0, 20).Select(i => $"{i},{(i < 10 ? "a" : "b")}\n"))}");
        Assert.Contains("\ntask: classification, because ", Run.Of("train", table, "--target", "kind", "--epochs", "1").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_of_the_test_part_is_in_the_vocabulary()
    {
        File.AppendAllText(Data, "Ξ Ψ Ω");
        var run = Train("--epochs", "1");
        Assert.Contains("; 25 told apart", run.Error, StringComparison.Ordinal);
        Assert.Contains(" characters, for the test, 3 of them <unknown>\n", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--unit", "characters")]
    [InlineData("--unit", "words")]
    [InlineData("--patience", "9")]
    public void Stopped_and_resumed_comes_to_the_same_weights_as_never_stopped(string option, string value)
    {
        string whole = (string)Fields(Train("--epochs", "5", option, value, "--json"))["weights"]!;
        Assert.Equal(0, Train("--epochs", "2", option, value, "--checkpoint", folder["run"]).Code);
        var resumed = Run.Of("train", Data, "--checkpoint", folder["run"], "--resume", "--epochs", "5", "--json");
        Assert.Equal(whole, (string)Fields(resumed)["weights"]!);
        Assert.Contains("windows: 20 ", resumed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Early_stopping_judges_by_the_end_of_what_trains() => Assert.Contains(
        "early stopping: after 3 epochs without a better loss on the last 14 of the 69 samples that train",
        Train("--patience", "3", "--epochs", "1").Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("", "the text is too short: its training part has 0 characters, its test part 0; each needs at least 2, and some thousand to learn anything")]
    [InlineData("abcdefghijklmno", "the text is too short: its training part has 14 characters, its test part 1; each needs at least 2, and some thousand to learn anything")]
    public void A_text_that_is_too_short_is_refused(string text, string problem)
    {
        File.WriteAllText(folder["short.txt"], text);
        Assert.Equal($"backprop: {folder["short.txt"]}: {problem}", Run.Of("train", folder["short.txt"]).Refusal);
    }

    [Fact]
    public void A_short_text_gets_shorter_windows()
    {
        File.WriteAllText(folder["short.txt"], new string('a', 30));
        var run = Run.Of("train", folder["short.txt"], "--epochs", "1", "--hidden", "2", "--json");
        Assert.Equal(2, (int)Fields(run)["text"]!["length"]!);
        Assert.Equal(new string('a', 300), (string)Fields(run)["text"]!["written"]!);
    }

    [Theory]
    [InlineData("--header", "yes", "--header belongs to a table or a time series; FILE is a text")]
    [InlineData("--length", "160", "--length 160: FILE is too short for it, its training part has 1386 characters, its test part 154; at most 153 fit")]
    [InlineData("--vocabulary", "9", "--vocabulary belongs to words: characters are all told apart; --unit words, or leave the option out")]
    [InlineData("--loss", "multi_class_hinge", "--loss: multi_class_hinge gives no probabilities of what comes next in a text; softmax_cross_entropy suits it")]
    [InlineData("--model", "mlp", "--model mlp: a text is read token by token; --model lstm, gru or rnn suits FILE")]
    public void What_does_not_suit_a_text_is_refused(string option, string value, string message) =>
        Assert.Equal($"backprop: {message.Replace("FILE", Data, StringComparison.Ordinal)}", Run.Of("train", Data, option, value).Refusal);

    [Fact]
    public void A_file_that_is_no_utf8_is_refused()
    {
        File.WriteAllBytes(folder["latin.txt"], [.. "one\nna"u8, 0xEF, .. "ve"u8]);
        Assert.Equal(
            $"backprop: {folder["latin.txt"]}, row 2: it is no UTF-8 text, the bytes EF at 6 are no character; save it as UTF-8",
            Run.Of("train", folder["latin.txt"]).Refusal);
    }

    [Fact]
    public void The_options_of_a_text_are_refused_for_a_table() => Assert.EndsWith(
        " is a table", Run.Of("train", Flowers.Write(folder, "flowers.csv"), "--target", "kind", "--length", "9").Refusal, StringComparison.Ordinal);

    [Fact]
    public void Networks_are_not_compared_on_a_text() =>
        Assert.EndsWith("three networks are compared on a table or on pictures; this is a text", Run.Of("compare", Data).Refusal, StringComparison.Ordinal);
}
