using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Backprop.Cli.Tests;

public sealed partial class TrainTableTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private Run Train(params string[] options) => Run.Of(["train", Flowers.Write(folder), "--target", "kind", .. options]);

    [Fact]
    public void Json_is_one_document_with_these_fields_in_this_order()
    {
        var run = Train("--json", "--epochs", "20");
        Assert.Equal(0, run.Code);
        var fields = JsonNode.Parse(run.Output)!.AsObject();
        Assert.Equal(
            [
                "format", "task", "parameters", "epochs", "trainLoss", "testLoss", "testAccuracy", "seconds", "model", "loss", "optimizer",
                "learningRate", "classes", "trainSamples", "testSamples", "seed", "threads", "weights",
            ],
            fields.Select(field => field.Key));
        Assert.Equal("backprop-train/1", (string?)fields["format"]);
        Assert.Equal("classification", (string?)fields["task"]);
        Assert.Equal(4 * 32 + 32 + 32 * 16 + 16 + 16 * 3 + 3, (int?)fields["parameters"]);
        Assert.Equal(20, (int?)fields["epochs"]);
        Assert.Equal(1, (double?)fields["testAccuracy"]);
        Assert.InRange((double)fields["trainLoss"]!, 0, 0.5);
        Assert.Equal(["A", "B", "C"], fields["classes"]!.AsArray().Select(name => (string?)name));
        Assert.Equal(Environment.ProcessorCount, (int?)fields["threads"]);
        Assert.Equal((48, 12, 1), ((int)fields["trainSamples"]!, (int)fields["testSamples"]!, (int)fields["seed"]!));
    }

    [Fact]
    public void Json_keeps_to_its_schema()
    {
        Assert.Empty(Schema.Of("train").Errors(Train("--json", "--epochs", "2", "--profile").Output));
        Assert.Empty(Schema.Of("train").Errors(Run.Of("train", Flowers.Line(folder), "--target", "y", "--epochs", "2", "--json").Output));
    }

    [Fact]
    public void Format_json_is_the_same_as_json() => Assert.Equal(WithoutTime(Train("--json")), WithoutTime(Train("--format", "json")));

    [Fact]
    public void The_same_seed_gives_the_same_result_and_another_seed_another()
    {
        string first = WithoutTime(Train("--json", "--seed", "7"));
        Assert.Equal(first, WithoutTime(Train("--json", "--seed", "7")));
        Assert.NotEqual(first, WithoutTime(Train("--json", "--seed", "8")));
    }

    [Fact]
    public void Text_is_a_list_of_figures()
    {
        string text = Figure().Replace(Weights().Replace(Train("--epochs", "20").Output, "#"), "#");
        Assert.Equal(
            """
            task           classification, # classes: A, B, C
            model          mlp
            parameters     #
            samples        # to train, # to test
            loss           softmax_cross_entropy
            optimizer      adam, learning rate #
            epochs         #
            train loss     #
            test loss      #
            test accuracy  #, # of #
            seed           #
            threads        #
            seconds        #
            weights        #

            """, text);
    }

    [Fact]
    public void Every_rule_is_said_as_it_is_applied()
    {
        string[] notes = Train("--epochs", "1", "--hidden", "5", "--ignore", "width", "--threads", "3").Error.Split('\n');
        Assert.Equal(
            [
                "header: yes, because 'length' stands above numbers",
                "task: classification, because column 'kind' holds text",
                "classes: A, B, C",
                "column 'colour': text, one input for each of rot, weiß",
                "left out: width",
                "inputs: 3, from 2 columns; standardised by mean and deviation of the training part",
                "hold-out: 12 of 60 rows for the test, drawn by seed 1, each class by its share",
                "network: linear 5, relu, linear 3, 38 parameters",
                "training: adam, learning rate 0.01, batch 32, 1 epoch, seed 1, 3 threads",
            ], notes[..9]);
        Assert.Matches(@"^epoch 1/1  train loss [\d.]+  test loss [\d.]+  test accuracy [\d.]+$", notes[9]);
    }

    [Fact]
    public void A_pipe_gets_about_ten_lines_of_progress() =>
        Assert.Equal(11, Train("--epochs", "100").Error.Split('\n').Count(line => line.StartsWith("epoch ", StringComparison.Ordinal)));

    [Fact]
    public void A_terminal_gets_a_bar()
    {
        var run = Run.OnTerminal(100, "train", Flowers.Write(folder), "--target", "kind", "--epochs", "30", "--json");
        Assert.Equal(0, run.Code);
        Assert.StartsWith("{", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"epoch \d+/30", run.Error);
        Assert.Contains("\u001b[", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("/30  train loss", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_regression_says_its_error_in_the_unit_of_the_target()
    {
        var run = Run.Of("train", Flowers.Line(folder), "--target", "y", "--json", "--epochs", "200");
        var fields = JsonNode.Parse(run.Output)!.AsObject();
        Assert.Equal("regression", (string?)fields["task"]);
        Assert.Null(fields["testAccuracy"]);
        Assert.Null(fields["classes"]);
        // The numbers go from 100 to 119.5; one deviation is 5.8.
        Assert.InRange((double)fields["testRmse"]!, 0.0001, 1.5);
        Assert.Equal(Math.Sqrt((double)fields["testLoss"]!), (double)fields["testRmse"]! / 5.8, 0.03);
    }

    [Fact]
    public void The_task_can_be_overridden()
    {
        string file = Flowers.Write(folder, "n.csv", "a,b\n1,0\n2,1\n3,0\n4,1\n5,0\n6,1\n");
        Assert.Contains("task: classification, because column 'b' holds 2 different", Run.Of("train", file, "--target", "b").Error, StringComparison.Ordinal);
        Assert.Contains("task: regression, because it was said so", Run.Of("train", file, "--target", "b", "--task", "regression").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_target_is_found_by_its_position_where_there_is_no_header()
    {
        var run = Run.Of("train", Flowers.Write(folder, "n.csv", "1,x\n2,y\n3,x\n4,y\n5,x\n"), "--target", "1", "--epochs", "1");
        Assert.Equal(0, run.Code);
        Assert.Contains("header: no, because no text in the first row stands above numbers", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_saved_model_is_replaced_only_by_force()
    {
        string model = folder["modèle.bp"];
        Assert.Equal(model, (string?)JsonNode.Parse(Train("--json", "--epochs", "1", "--save", model).Output)!["saved"]);
        byte[] first = File.ReadAllBytes(model);
        Assert.Equal($"backprop: {model}: the file is there already; --force replaces it", Train("--epochs", "2", "--save", model).Refusal);
        Assert.Equal(first, File.ReadAllBytes(model));
        Assert.Equal(0, Train("--epochs", "2", "--save", model, "--force").Code);
        Assert.NotEqual(first, File.ReadAllBytes(model));
    }

    [Fact]
    public void The_same_seed_saves_the_same_bytes()
    {
        Train("--epochs", "3", "--save", folder["a"]);
        Train("--epochs", "3", "--save", folder["b"]);
        Assert.Equal(File.ReadAllBytes(folder["a"]), File.ReadAllBytes(folder["b"]));
    }

    [Fact]
    public void Every_number_of_threads_saves_the_same_bytes()
    {
        Pictures.Write(folder, "train", 80, side: 20);
        string[] options = ["train", folder.Path, "--model", "lenet", "--epochs", "2", "--json"];
        Assert.Equal(1, (int?)JsonNode.Parse(Run.Of([.. options, "--threads", "1", "--save", folder["a"]]).Output)!["threads"]);
        Assert.Equal(3, (int?)JsonNode.Parse(Run.Of([.. options, "--threads", "3", "--save", folder["b"]]).Output)!["threads"]);
        Assert.Equal(File.ReadAllBytes(folder["a"]), File.ReadAllBytes(folder["b"]));
    }

    [Fact]
    public void A_training_that_diverges_ends_with_three_and_writes_nothing()
    {
        var run = Train("--optimizer", "sgd", "--learning-rate", "1e30", "--save", folder["model"], "--json");
        Assert.Equal(3, run.Code);
        Assert.Equal("", run.Output);
        Assert.Matches(@"\nbackprop: Epoch \d+, batch \d+: .*\n$", run.Error);
        Assert.False(File.Exists(folder["model"]));
    }

    [Fact]
    public void An_interrupted_training_ends_with_130_and_saves_the_weights_so_far()
    {
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        var run = Run.Of(source.Token, "train", Flowers.Write(folder), "--target", "kind", "--epochs", "1000000", "--save", folder["model"], "--json");
        Assert.Equal(130, run.Code);
        Assert.Equal("", run.Output);
        Assert.Matches(
            $"\nbackprop: interrupted after \\d+ steps; the weights so far are in {Regex.Escape(folder["model"])}, --checkpoint FOLDER keeps what --resume goes on from\n$", run.Error);
        Assert.Equal(0, Run.Of("predict", folder["model"], Flowers.Write(folder)).Code);
    }

    [Fact]
    public void An_interrupted_training_without_a_place_to_save_says_how_to_have_one()
    {
        var run = Run.Of(new CancellationToken(true), "train", Flowers.Write(folder), "--target", "kind", "--save", folder["model"]);
        Assert.Equal(130, run.Code);
        Assert.EndsWith(
            "\nbackprop: interrupted after 0 steps; nothing was written, --checkpoint FOLDER keeps what --resume goes on from\n", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["model"]));
    }

    [Fact]
    public void Interrupted_with_early_stopping_the_best_weights_so_far_are_saved()
    {
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        var run = Run.Of(source.Token, "train", Flowers.Write(folder), "--target", "kind", "--epochs", "1000000", "--patience", "1000000", "--save", folder["model"]);
        Assert.Contains("; the best weights so far are in ", run.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(folder["model"]));
    }

    private static string WithoutTime(Run run) => Seconds().Replace(run.Output, "");

    [GeneratedRegex(@"\d+(\.\d+)?(E-\d+)?")]
    private static partial Regex Figure();

    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex Weights();

    [GeneratedRegex("\"seconds\": .*")]
    private static partial Regex Seconds();
}
