using System.Text.Json.Nodes;

namespace Backprop.Cli.Tests;

public sealed class CheckpointTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Data => File.Exists(folder["flowers.csv"]) ? folder["flowers.csv"] : Flowers.Write(folder, "flowers.csv");

    private Run Train(params string[] options) => Run.Of(["train", Data, .. options]);

    private Run Begin(params string[] options) => Train(["--target", "kind", "--checkpoint", folder["run"], "--batch", "16", .. options]);

    private Run Resume(params string[] options) => Train(["--checkpoint", folder["run"], "--resume", .. options]);

    private string[] Files => [.. Directory.GetFiles(folder["run"], "step-*").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private static string Weights(Run run)
    {
        Assert.True(run.Code == 0, run.Error);
        return (string)JsonNode.Parse(run.Output)!["weights"]!;
    }

    [Theory]
    [InlineData("--optimizer", "sgd")]
    [InlineData("--patience", "3")]
    [InlineData("--holdout", "0.3")]
    public void Stopped_and_resumed_comes_to_the_same_weights_as_never_stopped(string option, string value)
    {
        string whole = Weights(Train("--target", "kind", "--batch", "16", "--epochs", "8", option, value, "--json"));
        Assert.NotEqual(whole, Weights(Begin("--epochs", "3", option, value, "--json")));
        var resumed = Resume("--epochs", "8", "--json");
        string last = Path.Combine(folder["run"], "step-0000000009.safetensors");
        Assert.Contains($"resumed: {last}, after 9 steps, 3 whole epochs\n", resumed.Error, StringComparison.Ordinal);
        Assert.Equal(whole, Weights(resumed));
        Assert.Equal(8, (int?)JsonNode.Parse(resumed.Output)!["epochs"]);
        // Once more: nothing is left to do, and the result is the same.
        Assert.Equal(whole, Weights(Resume("--json")));
    }

    [Fact]
    public void A_resumed_training_takes_the_options_that_it_was_begun_with()
    {
        Begin("--epochs", "2", "--hidden", "7,5", "--learning-rate", "0.02", "--seed", "3", "--holdout", "0.3", "--ignore", "colour");
        var run = Resume("--epochs", "3");
        Assert.Contains("\nnetwork: linear 7, relu, linear 5, relu, linear 3, ", run.Error, StringComparison.Ordinal);
        Assert.Contains("\ntraining: adam, learning rate 0.02, batch 16, 3 epochs, seed 3, ", run.Error, StringComparison.Ordinal);
        Assert.Contains("\nleft out: colour\n", run.Error, StringComparison.Ordinal);
        Assert.Contains("\nhold-out: 18 of 60 ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--learning-rate", "0.5", "with 0.01")]
    [InlineData("--hidden", "4", "without it")]
    [InlineData("--seed", "2", "with 1")]
    [InlineData("--target", "width", "with kind")]
    [InlineData("--patience", "4", "without it")]
    public void An_option_that_contradicts_is_refused(string option, string value, string before)
    {
        Begin("--epochs", "1");
        Assert.Equal(
            $"backprop: {option} {value}: the training in {folder["run"]} was begun {before}; leave the option out, or begin anew in another folder",
            Resume(option, value).Refusal);
        Assert.Equal(0, Resume("--batch", "16", "--model", "mlp").Code);
    }

    [Fact]
    public void Other_data_are_refused()
    {
        Begin("--epochs", "2");
        Flowers.Write(folder, "flowers.csv", Flowers.Text().Replace("2.1", "2.2", StringComparison.Ordinal));
        Assert.Matches(
            "^backprop: .*step-0000000006.safetensors: it was saved in a training on other data: the (training|test) part differs; ",
            Resume("--epochs", "3").Refusal);
    }

    [Fact]
    public void The_last_ones_are_kept_as_often_as_was_asked_for()
    {
        Begin("--epochs", "4", "--every", "2", "--keep", "5");
        Assert.Equal(["step-0000000000.safetensors", "step-0000000006.safetensors", "step-0000000012.safetensors"], Files);
        Resume("--epochs", "6", "--every", "2steps", "--keep", "2");
        Assert.Equal(["step-0000000016.safetensors", "step-0000000018.safetensors"], Files);
    }

    [Fact]
    public void A_folder_that_does_not_suit_is_refused()
    {
        Assert.Equal($"backprop: {folder["run"]}: there is no such folder; leave --resume out to begin", Resume().Refusal);
        Begin("--epochs", "1");
        Assert.Equal($"backprop: {folder["run"]}: there are checkpoints of a training; --resume goes on from them, another folder begins anew", Begin().Refusal);
        Assert.Equal($"backprop: {Data}: a file of this name is there; --checkpoint needs the name of a folder", Train("--checkpoint", Data).Refusal);
        Assert.Equal("backprop: --resume belongs to checkpoints; --checkpoint FOLDER is missing", Train("--resume").Refusal);
        Assert.Equal("backprop: --every belongs to checkpoints; --checkpoint FOLDER is missing", Train("--every", "3").Refusal);
        Assert.Equal("backprop: --every: '3hours' came; a number of epochs or steps from 1 on is needed, as in 5 or 200steps", Train("--every", "3hours").Refusal);
        Assert.Equal("backprop: --every: '0' came; a number of epochs or steps from 1 on is needed, as in 5 or 200steps", Train("--every", "0").Refusal);
    }

    [Fact]
    public void A_damaged_checkpoint_is_passed_over_and_said()
    {
        string whole = Weights(Begin("--epochs", "4", "--json"));
        string newest = Path.Combine(folder["run"], Files[^1]);
        File.WriteAllBytes(newest, File.ReadAllBytes(newest)[..500]);
        var run = Resume("--json");
        Assert.Contains($"{newest}: it is cut off within its header: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("step-0000000009.safetensors, after 9 steps, 3 whole epochs\n", run.Error, StringComparison.Ordinal);
        Assert.Equal(whole, Weights(run));
    }

    [Fact]
    public void An_interrupted_training_says_how_to_go_on()
    {
        var run = Run.Of(new CancellationToken(true), ["train", Data, "--target", "kind", "--checkpoint", folder["run"]]);
        Assert.Equal((130, ""), (run.Code, run.Output));
        Assert.EndsWith(
            $"\nbackprop: interrupted after 0 steps, all of it is in {Path.Combine(folder["run"], Files[0])}; the same command with --resume goes on\n",
            run.Error, StringComparison.Ordinal);
        Assert.Equal(Weights(Train("--target", "kind", "--epochs", "3", "--json")), Weights(Resume("--epochs", "3", "--json")));
    }

    [Fact]
    public void Early_stopping_takes_the_best_weights_and_judges_by_samples_of_its_own()
    {
        var run = Train("--target", "kind", "--epochs", "200", "--learning-rate", "0.3", "--patience", "2", "--json", "--save", folder["model"]);
        var result = JsonNode.Parse(run.Output)!;
        Assert.Empty(Schema.Of("train").Errors(run.Output));
        Assert.Contains("\nearly stopping: after 2 epochs without a better loss on 10 of the 48 samples that train\n", run.Error, StringComparison.Ordinal);
        Assert.Contains("  validation accuracy ", run.Error, StringComparison.Ordinal);
        Assert.Equal((38, 12), ((int)result["trainSamples"]!, (int)result["testSamples"]!));
        Assert.InRange((int)result["epochs"]!, 3, 199);
        Assert.Equal((int)result["epochs"]! - 2, (int)result["bestEpoch"]!);
        string text = Train("--target", "kind", "--epochs", "200", "--learning-rate", "0.3", "--patience", "2").Output;
        Assert.Contains($"epochs         {result["epochs"]}, weights of epoch {result["bestEpoch"]}\n", text, StringComparison.Ordinal);
    }
}
