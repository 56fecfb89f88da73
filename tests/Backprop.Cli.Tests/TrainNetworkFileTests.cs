using System.Globalization;
using System.Text.Json.Nodes;
using Backprop.Saving;

namespace Backprop.Cli.Tests;

public sealed class TrainNetworkFileTests : IDisposable
{
    private const string Layers = """{ "type": "linear", "units": 6 }, { "type": "tanh" }, { "type": "linear", "units": 3 }""";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Data => File.Exists(folder["flowers.csv"]) ? folder["flowers.csv"] : Flowers.Write(folder, "flowers.csv");

    private string Net(string layers = Layers, string more = "", string input = "[4]") =>
        Flowers.Write(folder, "net.json", $$"""{ "format": "backprop-network/1", "input": {{input}}, "layers": [{{layers}}]{{more}} }""");

    private Run Train(params string[] options) => Run.Of(["train", Data, "--target", "kind", "--model", folder["net.json"], .. options]);

    private static JsonNode Result(Run run)
    {
        Assert.True(run.Code == 0, run.Error);
        Assert.Empty(Schema.Of("train").Errors(run.Output));
        return JsonNode.Parse(run.Output)!;
    }

    /// <summary>Rows of two kinds.</summary>
    private string Two(string kinds = "no,yes")
    {
        string[] names = kinds.Split(',');
        return Flowers.Write(folder, "two.csv", "x,y,kind\n" + string.Concat(Enumerable.Range(0, 40).Select(i =>
            string.Create(CultureInfo.InvariantCulture, $"{i % 2 + 0.1 * (i % 5)},{i % 7},{names[i % 2]}\n"))));
    }

    [Fact]
    public void Layers_alone_are_enough()
    {
        Net();
        var run = Train("--json", "--save", folder["model"]);
        var result = Result(run);
        Assert.Contains($"\nnetwork: linear 6, tanh, linear 3, 51 parameters, from {folder["net.json"]}\n", run.Error, StringComparison.Ordinal);
        Assert.Equal((folder["net.json"], "softmax_cross_entropy", "adam"), ((string?)result["model"], (string?)result["loss"], (string?)result["optimizer"]));
        Assert.Equal(1, (double?)result["testAccuracy"]);
        var predicted = Run.Of("predict", folder["model"], Data);
        Assert.Contains("accuracy: 1\n", predicted.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_follow_from_the_file_its_seed_or_the_seed_of_the_training()
    {
        string Weights(string more, params string[] options)
        {
            Net(Layers, more);
            return (string)Result(Train(["--epochs", "1", "--json", .. options]))["weights"]!;
        }

        Assert.Equal(Weights(""), Weights("", "--seed", "1"));
        Assert.NotEqual(Weights(""), Weights("", "--seed", "2"));
        Assert.Equal(Weights(""", "seed": 2"""), Weights(""", "seed": 2""", "--seed", "1"));
        Assert.NotEqual(Weights(""), Weights(""", "seed": 2"""));
        Net("""{ "type": "linear", "units": 3, "weight": [[1, 2, 3], [0, 0, 0], [4, 5, 6], [0, 0, 0]] }""");
        Assert.Equal(0, Train("--epochs", "1", "--learning-rate", "1e-12", "--save", folder["model"], "--optimizer", "sgd").Code);
        Assert.Equal(
            [1, 2, 3, 0, 0, 0, 4, 5, 6, 0, 0, 0], SavedModel<float>.Load(folder["model"]).Model.Parameters["linear1.weight"].Values.ToArray().Select(weight => MathF.Round(weight, 6)));
    }

    [Fact]
    public void Loss_optimizer_and_penalty_are_those_of_the_file_unless_options_say_otherwise()
    {
        const string Own = """
            , "loss": { "type": "softmax_cross_entropy", "labelSmoothing": 0.1 }, "penalty": { "l2": 0.01 },
            "optimizer": { "type": "sgd", "learningRate": 0.3, "momentum": 0.5, "nesterov": false, "state": { "steps": 2 } }
            """;
        Net(Layers, Own);
        var own = Train("--epochs", "1", "--json");
        Assert.Contains("\nloss: softmax_cross_entropy, labelSmoothing 0.1\ntraining: sgd, learning rate 0.3, momentum 0.5, batch 32, ", own.Error, StringComparison.Ordinal);
        Assert.Equal(0.3, (double?)Result(own)["learningRate"]);
        Assert.Contains("\ntraining: sgd, learning rate 0.3, momentum 0.9, nesterov, ", Train("--epochs", "1", "--momentum", "0.9", "--nesterov").Error, StringComparison.Ordinal);
        Assert.Contains("\ntraining: adam, learning rate 0.01, batch ", Train("--epochs", "1", "--optimizer", "adam").Error, StringComparison.Ordinal);
        Assert.Contains("\nloss: multi_class_hinge, margin 2\n", Train("--epochs", "1", "--loss", "multi-class-hinge:2").Error, StringComparison.Ordinal);
        string with = (string)Result(Train("--epochs", "1", "--json"))["weights"]!;
        Net(Layers, Own.Replace("0.01", "0", StringComparison.Ordinal));
        Assert.NotEqual(with, (string?)Result(Train("--epochs", "1", "--json"))["weights"]);
    }

    [Theory]
    [InlineData("", "", "binary_cross_entropy_with_logits")]
    [InlineData(""", { "type": "sigmoid" }""", "", "binary_cross_entropy")]
    [InlineData(""", { "type": "sigmoid" }""", "mean_squared_error", "mean_squared_error")]
    [InlineData("", "hinge", "hinge")]
    public void A_single_output_tells_two_classes_apart(string last, string loss, string name)
    {
        Net($$"""{ "type": "linear", "units": 4 }, { "type": "tanh" }, { "type": "linear", "units": 1 }{{last}}""", input: "[2]");
        string data = Two();
        string[] options = loss.Length > 0 ? ["--loss", loss] : [];
        var result = Result(Run.Of(["train", data, "--target", "kind", "--model", folder["net.json"], "--learning-rate", "0.03", "--json", "--save", folder["model"], .. options]));
        Assert.Equal((name, 1.0), ((string?)result["loss"], (double?)result["testAccuracy"]));
        var predicted = Run.Of("predict", folder["model"], data, "--json");
        Assert.Contains("accuracy: 1\n", predicted.Error, StringComparison.Ordinal);
        Assert.Equal(name == "hinge", predicted.Error.Contains("\nprobabilities: none, for hinge gives scores; ", StringComparison.Ordinal));
        double[] first = [.. JsonNode.Parse(predicted.Output)!["predictions"]![0]!["probabilities"]!.AsArray().Select(p => (double)p!)];
        Assert.Equal(1, first.Sum(), 1e-6);
        Assert.InRange(first[0], 0.5, 1);
        Assert.Equal(0, Run.Of("explain", folder["model"], "--data", data).Code);
    }

    [Theory]
    [InlineData("sigmoid", "mean_squared_error")]
    [InlineData("sigmoid", "binary_cross_entropy")]
    [InlineData("softmax", "kullback_leibler")]
    [InlineData("softmax", "huber")]
    public void Outputs_for_each_class_are_held_against_1_and_0(string last, string loss)
    {
        Net($$"""{{Layers}}, { "type": "{{last}}" }""");
        var result = Result(Train("--loss", loss, "--learning-rate", "0.05", "--json", "--save", folder["model"]));
        Assert.Equal((loss, 1.0), ((string?)result["loss"], (double?)result["testAccuracy"]));
        Assert.Contains("accuracy: 1\n", Run.Of("predict", folder["model"], Data).Error, StringComparison.Ordinal);
        Assert.Equal(0, Run.Of("explain", folder["model"], "--data", Data).Code);
    }

    [Fact]
    public void Numbers_are_predicted_with_losses_of_numbers()
    {
        Net("""{ "type": "linear", "units": 1 }""", input: "[1]");
        foreach (string loss in (string[])["mean_squared_error", "half_squared_error", "mean_absolute_error", "huber", "huber:0.5"])
        {
            var run = Run.Of("train", Flowers.Line(folder), "--target", "y", "--model", folder["net.json"], "--loss", loss, "--json", "--save", folder["model"], "--force", "--learning-rate", "0.02");
            Assert.Equal(loss.Split(':')[0], SavedModel<float>.Load(folder["model"]).Loss);
            Assert.InRange((double)Result(run)["testRmse"]!, 0, 1);
        }
    }

    [Fact]
    public void Pictures_are_read_row_by_row_where_the_network_reads_rows()
    {
        Pictures.Write(folder, "train", 8);
        Net("""{ "type": "gru", "units": 3 }, { "type": "linear", "units": 2 }""", input: "[12, 12]");
        int classes = JsonNode.Parse(Run.Of("train", folder.Path, "--epochs", "1", "--json").Output)!["classes"]!.AsArray().Count;
        Net($$"""{ "type": "gru", "units": 3 }, { "type": "linear", "units": {{classes}} }""", input: "[12, 12]");
        Assert.Equal(0, Run.Of("train", folder.Path, "--model", folder["net.json"], "--epochs", "1").Code);
        Net($$"""{ "type": "linear", "units": {{classes}} }""", input: "[144]");
        Assert.Equal(
            $"backprop: {folder["net.json"]}: its input is [144]; a sample of {folder.Path} is [1, 12, 12]",
            Run.Of("train", folder.Path, "--model", folder["net.json"]).Refusal);
    }

    [Fact]
    public void A_text_is_read_by_an_embedding_that_has_all_its_tokens()
    {
        string text = Flowers.Write(folder, "text.txt", string.Concat(Enumerable.Repeat("abcd efgh, ", 60)));
        string Text(int tokens) => Net(
            $$"""{ "type": "embedding", "vocabulary": {{tokens}}, "units": 3 }, { "type": "gru", "units": 4, "returnSequences": true }, { "type": "linear", "units": 11 }""", input: "[8]");
        Run Read(int tokens) => Run.Of("train", text, "--length", "8", "--epochs", "1", "--model", Text(tokens), "--json");
        Assert.Equal(11, JsonNode.Parse(Run.Of("train", text, "--length", "8", "--epochs", "1", "--json").Output)!["text"]!["vocabulary"]!.GetValue<int>());
        Result(Read(11));
        Assert.Equal($"backprop: {folder["net.json"]}: embedding1 has 10 tokens; {text} has 11, each needs its vector", Read(10).Refusal);
    }

    [Fact]
    public void A_saved_model_is_not_trained_on_with_other_columns_or_other_texts_in_their_place()
    {
        string Rows(string header, Func<int, string> row) => Flowers.Write(folder, "rows.csv", $"{header}\n{string.Concat(Enumerable.Range(0, 40).Select(i => $"{row(i)}\n"))}");
        string[] colours = ["blue", "red"];
        Assert.Equal(0, Run.Of("train", Rows("a,b,hue,kind", i => $"{i % 7}.5,{i % 3},{colours[i % 2]},{"NY"[i % 2]}"), "--target", "kind", "--epochs", "1", "--save", folder["m"]).Code);
        string Refusal() => Run.Of("train", folder["rows.csv"], "--target", "kind", "--epochs", "1", "--model", folder["m"]).Refusal;
        string where = $"where {Rows("b,a,hue,kind", i => $"{i % 3},{i % 7}.5,{colours[i % 2]},{"NY"[i % 2]}")} has";
        Assert.Equal($"backprop: {folder["m"]}: it reads a {where} b; the same columns with the same texts in the same order are needed", Refusal());
        colours[1] = "zinc";
        Rows("a,b,hue,kind", i => $"{i % 7}.5,{i % 3},{colours[i % 2]},{"NY"[i % 2]}");
        Assert.Equal($"backprop: {folder["m"]}: it reads hue=red {where} hue=zinc; the same columns with the same texts in the same order are needed", Refusal());
    }

    [Fact]
    public void A_saved_model_is_trained_on_from_its_weights()
    {
        Assert.Equal(0, Run.Of("train", Data, "--target", "kind", "--epochs", "30", "--save", folder["first"]).Code);
        var on = Run.Of("train", Data, "--target", "kind", "--model", folder["first"], "--epochs", "1", "--learning-rate", "1e-9", "--json", "--save", folder["second"]);
        Assert.Equal("softmax_cross_entropy", (string?)Result(on)["loss"]);
        Assert.Equal(
            SavedModel<float>.Load(folder["first"]).Model.Parameters["linear1.weight"].Values[0], SavedModel<float>.Load(folder["second"]).Model.Parameters["linear1.weight"].Values[0], 1e-6f);
        Assert.Equal(
            $"backprop: {folder["first"]}: linear1 reads 4 columns; {Two()} gives 2 inputs", Run.Of("train", Two(), "--target", "kind", "--model", folder["first"]).Refusal);
        string other = Flowers.Write(folder, "other.csv", Flowers.Text().Replace(",A\r", ",X\r", StringComparison.Ordinal));
        Assert.Equal(
            $"backprop: {folder["first"]}: it tells A, B, C apart; the classes of {other} are B, C, X, the same in the same order are needed",
            Run.Of("train", other, "--target", "kind", "--model", folder["first"]).Refusal);
    }

    [Fact]
    public void Resuming_needs_the_file_as_it_was()
    {
        Net(Layers, """, "optimizer": { "type": "sgd", "learningRate": 0.3, "momentum": 0.5 }""");
        string whole = (string)Result(Train("--epochs", "4", "--json"))["weights"]!;
        Assert.Equal(0, Train("--epochs", "2", "--checkpoint", folder["run"]).Code);
        Assert.Equal(whole, (string?)Result(Run.Of("train", Data, "--checkpoint", folder["run"], "--resume", "--epochs", "4", "--json"))["weights"]);
        Net();
        Assert.Equal(
            $"backprop: --model {folder["net.json"]}: it is not the one that training was begun with; bring that one back, or begin anew in another folder",
            Run.Of("train", Data, "--checkpoint", folder["run"], "--resume").Refusal);
    }

    [Theory]
    [InlineData("table", "iris.csv", "--target", "species", "--epochs", "30")]
    [InlineData("pictures", "mnist", "--epochs", "1")]
    [InlineData("series", "airline-passengers.csv", "--target", "Passengers", "--window", "12", "--epochs", "3")]
    public void A_template_trains_as_it_stands(string name, string data, params string[] options)
    {
        Assert.SkipWhen(Repository.Data(data) is null, $"shared/data/{data} does not lie beside the repository.");
        var written = Run.Of("new", name, "--output", folder["template.json"]);
        Assert.Equal((0, ""), (written.Code, written.Output));
        Assert.Equal($"written: {folder["template.json"]}; backprop train DATA --model {folder["template.json"]} trains it, once its sizes suit the data\n", written.Error);
        Assert.Empty(Schema.Of("network").Errors(File.ReadAllText(folder["template.json"])));
        string Weights(string model) => (string)Result(Run.Of(["train", Repository.Data(data)!, "--model", model, "--json", .. options]))["weights"]!;
        Assert.Equal(Weights(folder["template.json"]), Weights(name));
        Assert.StartsWith($"backprop: {folder["template.json"]}: $.", Run.Of("explain", folder["template.json"]).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_of_the_tool_trains_where_it_fits()
    {
        var run = Run.Of("train", Two(), "--target", "kind", "--model", "ann", "--json", "--epochs", "2");
        Assert.Equal(("ann", "mean_squared_error", "sgd"), ((string?)Result(run)["model"], (string?)Result(run)["loss"], (string?)Result(run)["optimizer"]));
        Assert.Equal($"backprop: ann: hidden reads 2 columns; {Data} gives 4 inputs", Run.Of("train", Data, "--target", "kind", "--model", "ann").Refusal);
    }

    [Theory]
    [InlineData("--model lsmt", "--model lsmt: there is no such file or network; did you mean lstm?")]
    [InlineData("--model nothing.json", "--model nothing.json: there is no such file or network; a network file or one of mlp, lenet, rnn, lstm, gru, ann, cnn, mazur, pooling, table, pictures, series is needed")]
    [InlineData("--loss mse", "--loss: 'mse' came; softmax_cross_entropy, multi_class_hinge, binary_cross_entropy, binary_cross_entropy_with_logits, hinge, kullback_leibler, mean_squared_error, half_squared_error, mean_absolute_error or huber is needed")]
    [InlineData("--loss mean_squared_error", "--loss: mean_squared_error over classes needs outputs between 0 and 1, so a sigmoid or a softmax as the last layer; here it is linear, and softmax_cross_entropy suits it")]
    [InlineData("--loss hinge:2", "--loss: 'hinge:2' came; hinge takes no number")]
    [InlineData("--loss multi_class_hinge:x", "--loss: 'multi_class_hinge:x' came; multi_class_hinge:NUMBER is needed, its margin")]
    public void What_does_not_suit_is_refused(string options, string said) =>
        Assert.Equal($"backprop: {said}", Run.Of(["train", Data, "--target", "kind", .. options.Split(' ')]).Refusal);

    [Theory]
    [InlineData("""{ "type": "linear", "units": 2 }""", "linear1 gives 2 numbers; DATA has 3 classes, each needs one")]
    [InlineData("""{ "type": "linear", "units": 1 }""", "linear1 gives 1 number; DATA has 3 classes, each needs one")]
    [InlineData("""{ "type": "linear" }""", "$.layers[0].units is missing")]
    [InlineData("""{ "type": "linaer", "units": 3 }""", "$.layers[0].type is \"linaer\"; did you mean linear?")]
    public void A_network_that_does_not_suit_is_refused(string layers, string said)
    {
        string net = Net(layers);
        Assert.StartsWith($"backprop: {net}: {said.Replace("DATA", Data, StringComparison.Ordinal)}", Train().Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_files_and_options_that_do_not_suit_are_refused()
    {
        string net = Net();
        Assert.Equal($"backprop: --hidden: the layers of {net} are given; leave the option out, or take --model mlp", Train("--hidden", "3").Refusal);
        Assert.Equal($"backprop: {net}: linear1 reads 4 columns; {Two()} gives 2 inputs", Run.Of("train", Two(), "--target", "kind", "--model", net).Refusal);
        Assert.Equal($"backprop: --model {folder.Path}: this is a folder; a network file is needed", Run.Of("train", Data, "--target", "kind", "--model", folder.Path).Refusal);
        Assert.StartsWith($"backprop: {Data}: $ is no JSON (", Run.Of("train", Data, "--target", "kind", "--model", Data).Refusal, StringComparison.Ordinal);
        Net("""{ "type": "linear", "units": 2 }""", input: "[1]");
        Assert.Equal(
            $"backprop: {net}: it gives [2] for a sample; [1] is needed, what is to be predicted", Run.Of("train", Flowers.Line(folder), "--target", "y", "--model", net).Refusal);
        Net("""{ "type": "linear", "units": 1 }""", input: "[1]");
        Assert.Equal(
            "backprop: --loss: hinge belongs to classes; a number is to be predicted, mean_squared_error, half_squared_error, mean_absolute_error, huber suit it",
            Run.Of("train", Flowers.Line(folder), "--target", "y", "--model", net, "--loss", "hinge").Refusal);
    }
}
