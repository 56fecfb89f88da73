using Backprop.Data;
using Backprop.Layers;
using Backprop.Randomness;
using Backprop.Saving;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Saving;

public class NetworkFileTests
{
    private const string Mazur = """
        { "format": "backprop-network/1", "name": "two", "source": "a blog", "input": [2],
          "layers": [ { "type": "linear", "name": "hidden", "units": 2, "weight": [[0.15, 0.25], [0.20, 0.30]], "bias": [0.35, 0.35], "trainBias": false,
                        "labels": [["w1", "w3"], ["w2", "w4"]] },
                      { "type": "sigmoid" },
                      { "type": "linear", "name": "output", "units": 2, "weight": [[0.40, 0.50], [0.45, 0.55]], "bias": [0.60, 0.60], "trainBias": false },
                      { "type": "sigmoid" } ],
          "loss": "half_squared_error", "optimizer": { "type": "sgd", "learningRate": 0.5 },
          "data": { "inputs": [[0.05, 0.10]], "targets": [[0.01, 0.99]] } }
        """;

    private static string Text(string layers, string input = "[2]", string loss = "\"mean_squared_error\"", string inputs = "[[1, 2]]", string targets = "[[1]]",
        string optimizer = """{ "type": "sgd", "learningRate": 0.1 }""", string more = "") => $$"""
        { "format": "backprop-network/1", "input": {{input}}, "layers": [{{layers}}], "loss": {{loss}}, "optimizer": {{optimizer}},
          "data": { "inputs": {{inputs}}, "targets": {{targets}} }{{more}} }
        """;

    private static NetworkFile<double> Read(string text) => NetworkFile<double>.Parse(text, "file");

    private static string Refusal(string text) => Assert.Throws<DataException>(() => Read(text)).Message;

    private const string OneUnit = """{ "type": "linear", "units": 1 }""";

    /// <summary>The published figures, each to half a unit of its last digit; the error after the step is the right one, not the article's.</summary>
    [Fact]
    public void Mazur_s_network_gives_the_published_numbers()
    {
        var network = Read(Mazur);
        var batch = network.Batches().First();
        double after;
        using (var tape = Record(network.Model.Parameters, batch.Inputs, batch.Targets))
        {
            var (loss, ofData) = network.LossOf(network.Model.Forward(batch.Inputs), batch.Targets);
            Assert.Same(loss, ofData);
            Assert.Equal(0.298371109, loss.Value, 5e-10);
            tape.Backward(loss);
            network.Optimizer.Step();
        }
        var weights = network.Model.Parameters;
        Assert.Equal(0.082167041, weights["output.weight"].Gradient[0], 5e-10);
        double[] hidden = [0.149780716, 0.24975114, 0.19956143, 0.29950229], output = [0.35891648, 0.511301270, 0.408666186, 0.561370121];
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(hidden[i], weights["hidden.weight"].Values[i], 5e-9);
            Assert.Equal(output[i], weights["output.weight"].Values[i], 5e-9);
        }
        Assert.Equal([0.35, 0.35], weights["hidden.bias"].Values.ToArray());
        after = network.LossOf(network.Model.Forward(batch.Inputs), batch.Targets).Loss.Value;
        Assert.Equal(0.29102777369359933, after, 1e-16);
    }

    [Fact]
    public void Every_field_that_is_said_is_there()
    {
        var network = Read(Mazur);
        Assert.Equal(("two", "a blog", 1, "half_squared_error", 0.0), (network.Name, network.Source, network.Seed, network.Loss, network.L2));
        Assert.Equal([2], network.Input);
        Assert.Equal(["hidden", "sigmoid1", "output", "sigmoid2"], network.Model.LayerNames);
        Assert.Equal((1, false), (network.BatchSize, network.Shuffles));
        Assert.Equal([1, 2], network.Inputs.Shape);
        Assert.Equal(0.99, ((Tensor<double>)network.Targets).Values[1]);
        Assert.Equal(["w1", "w3", "w2", "w4"], network.Labels["hidden.weight"]);
        Assert.False(network.Labels.ContainsKey("output.weight"));
        Assert.False(network.Model.Parameters["hidden.bias"].Trainable);
        Assert.True(network.Model.Parameters["hidden.weight"].Trainable);
    }

    [Fact]
    public void Weights_left_out_are_those_that_the_layers_draw_in_file_order()
    {
        const string Layers = """
            { "type": "conv2d", "filters": 2, "kernel": 2, "padding": 1, "groups": 1 }, { "type": "relu" }, { "type": "flatten" },
            { "type": "linear", "units": 3 }, { "type": "prelu" }, { "type": "linear", "units": 1 }
            """;
        var network = Read(Text(Layers, "[1, 3, 3]", inputs: "[[[[1,2,3],[4,5,6],[7,8,9]]]]", more: """, "seed": 7"""));
        var random = new SeededRandom(7);
        var expected = Sequential(
            Conv2d(1, 2, 2, random, padding: 1, weight: HeUniform()), Relu(), Flatten(), Linear(32, 3, random, HeUniform()), PRelu(), Linear(3, 1, random));
        AssertEqual(expected, network.Model);
    }

    [Theory]
    [InlineData("rnn")]
    [InlineData("lstm")]
    [InlineData("gru")]
    public void Recurrent_weights_left_out_are_drawn_as_the_layers_draw_them(string type)
    {
        var network = Read(Text($$"""{ "type": "{{type}}", "units": 3, "layers": 2 }, {{OneUnit}}""", "[4, 2]", inputs: "[[[1,2],[3,4],[5,6],[7,8]]]"));
        var random = new SeededRandom(1);
        Layer<double> recurrent = type switch
        {
            "rnn" => Rnn(2, 3, random, layers: 2),
            "lstm" => Lstm(2, 3, random, layers: 2),
            _ => Gru(2, 3, random, layers: 2),
        };
        AssertEqual(Sequential(recurrent, Linear(3, 1, random)), network.Model);
        Assert.True(((RecurrentLayer<double>)network.Model.Layers[0]).Unrolled);
    }

    private static void AssertEqual(Layer<double> expected, Layer<double> actual)
    {
        Assert.Equal(expected.Parameters.Names, actual.Parameters.Names);
        foreach (string name in expected.Parameters.Names)
            Assert.Equal(expected.Parameters[name].Values.ToArray(), actual.Parameters[name].Values.ToArray());
    }

    [Fact]
    public void Init_and_random_say_how_weights_are_drawn()
    {
        var network = Read(Text(
            """{ "type": "linear", "units": 3, "init": { "type": "uniform", "low": -1, "high": 1 } }, { "type": "sigmoid" }, { "type": "linear", "units": 1 }""",
            more: """, "random": "numpy", "seed": 3"""));
        var random = new NumPyRandom(3);
        AssertEqual(Sequential(Linear(2, 3, random, Uniform(-1, 1)), Sigmoid(), Linear(3, 1, random)), network.Model);
    }

    [Fact]
    public void All_kinds_of_parameters_can_be_given()
    {
        var network = Read(Text(
            """
            { "type": "gru", "units": 1, "inputWeight": [[1, 2, 3], [4, 5, 6]], "recurrentWeight": [[7, 8, 9]], "bias": [1, 2, 3], "recurrentBias": [4, 5, 6],
              "labels": { "bias": ["br", "bz", "bn"] } },
            { "type": "layer_norm", "axes": 1, "scale": [2], "shift": [3] }, { "type": "prelu", "slope": 0.5 },
            { "type": "linear", "units": 1, "bias": false, "weight": [[9]] }
            """, "[2, 2]", inputs: "[[[1, 2], [3, 4]]]"));
        var parameters = network.Model.Parameters;
        Assert.Equal([1, 2, 3, 4, 5, 6], parameters["gru1.inputWeight"].Values.ToArray());
        Assert.Equal([7, 8, 9], parameters["gru1.recurrentWeight"].Values.ToArray());
        Assert.Equal([4, 5, 6], parameters["gru1.recurrentBias"].Values.ToArray());
        Assert.Equal(2, parameters["layer_norm1.scale"].Values[0]);
        Assert.Equal(3, parameters["layer_norm1.shift"].Values[0]);
        Assert.Equal(0.5, parameters["prelu1.slope"].Value);
        Assert.DoesNotContain("linear1.bias", parameters.Names);
        Assert.Equal(["br", "bz", "bn"], network.Labels["gru1.bias"]);
    }

    [Fact]
    public void Layers_within_layers_have_their_numbers_too()
    {
        var network = Read(Text(
            """
            { "type": "residual", "name": "around", "body": { "type": "sequential", "layers": [ { "type": "linear", "name": "a", "units": 2, "weight": [[1, 2], [3, 4]] },
              { "type": "tanh" } ] } }, { "type": "linear", "units": 1 }
            """));
        Assert.Equal([1, 2, 3, 4], network.Model.Parameters[network.Model.Parameters.Names.Single(name => name.EndsWith("a.weight", StringComparison.Ordinal))].Values.ToArray());
    }

    [Theory]
    [InlineData("mean_squared_error", "[[3]]")]
    [InlineData("half_squared_error", "[[3]]")]
    [InlineData("mean_absolute_error", "[[3]]")]
    [InlineData("huber", "[[3]]")]
    [InlineData("binary_cross_entropy", "[[0]]")]
    [InlineData("binary_cross_entropy_with_logits", "[[0]]")]
    [InlineData("kullback_leibler", "[[0]]")]
    [InlineData("hinge", "[[-1]]")]
    [InlineData("softmax_cross_entropy", "[0]")]
    [InlineData("multi_class_hinge", "[0]")]
    public void Every_loss_has_its_name_and_a_reduction(string loss, string target)
    {
        const string Layer = """{ "type": "linear", "units": 1, "weight": [[0.25], [0.125]], "bias": [0] }""";
        var network = Read(Text(Layer, loss: $"\"{loss}\"", targets: target));
        Assert.Equal(loss, network.Loss);
        var prediction = network.Model.Forward(network.Inputs);
        foreach (string reduction in (string[])["mean", "sum"])
        {
            var reduced = Read(Text(Layer, loss: $$"""{ "type": "{{loss}}", "reduction": "{{reduction}}" }""", targets: target));
            Assert.Equal(network.LossOf(prediction, network.Targets).Loss.Value, reduced.LossOf(prediction, reduced.Targets).Loss.Value);
        }
        Assert.Equal(
            "file: $.loss.reduction is \"most\", sum or mean is needed",
            Refusal(Text(Layer, loss: $$"""{ "type": "{{loss}}", "reduction": "most" }""", targets: target)));
    }

    [Fact]
    public void A_sum_adds_all_elements_and_a_mean_divides_by_their_number()
    {
        double Loss(string loss) => Read(Text(
            """{ "type": "linear", "units": 2, "weight": [[1, 0], [0, 1]], "bias": [0, 0] }""", loss: loss, targets: "[[0, 0]]")) is var network
            ? network.LossOf(network.Model.Forward(network.Inputs), network.Targets).Loss.Value : 0;
        Assert.Equal(2.5, Loss("\"half_squared_error\""));
        Assert.Equal(1.25, Loss("""{ "type": "half_squared_error", "reduction": "mean" }"""));
        Assert.Equal(5, Loss("""{ "type": "mean_squared_error", "reduction": "sum" }"""));
    }

    [Fact]
    public void The_settings_of_losses_are_read()
    {
        const string Layer = """{ "type": "linear", "units": 2, "weight": [[1, 0], [0, 1]], "bias": [0, 0] }""";
        var network = Read(Text(
            Layer, loss: """{ "type": "softmax_cross_entropy", "classWeights": [1, 3], "labelSmoothing": 0.1, "ignoredClass": 0 }""",
            inputs: "[[1, 2], [3, 4]]", targets: "[1, 0]"));
        var prediction = network.Model.Forward(network.Inputs);
        var expected = SoftmaxCrossEntropy(prediction, (Indices)network.Targets, classWeights: Tensor([2], 1, 3), labelSmoothing: 0.1, ignoredClass: 0);
        Assert.Equal(expected.Value, network.LossOf(prediction, network.Targets).Loss.Value);
        Assert.Equal(
            "file: $.loss.classWeights has 3 numbers, 2 are needed: one for each output",
            Refusal(Text(Layer, loss: """{ "type": "softmax_cross_entropy", "classWeights": [1, 2, 3] }""", targets: "[1]")));
    }

    [Fact]
    public void A_penalty_is_a_step_of_its_own_over_the_weights_alone()
    {
        var network = Read(Text("""{ "type": "linear", "units": 1, "weight": [[3], [4]], "bias": [10] }""", targets: "[[21]]", more: """, "penalty": { "l2": 0.1 }"""));
        using var tape = Record(network.Model.Parameters, network.Inputs);
        var (loss, ofData) = network.LossOf(network.Model.Forward(network.Inputs), network.Targets);
        tape.Backward(loss);
        Assert.Equal(0, ofData.Value);
        Assert.Equal(1.25, loss.Value, 1e-15);
        Assert.Equal(0.1 * 3, network.Model.Parameters["linear1.weight"].Gradient[0], 1e-15);
        Assert.Equal(0, network.Model.Parameters["linear1.bias"].Gradient[0]);
    }

    [Theory]
    [InlineData("""{ "type": "sgd", "learningRate": 0.1, "momentum": 0.9, "nesterov": true }""", "sgd")]
    [InlineData("""{ "type": "adam", "beta1": 0.8, "beta2": 0.9, "epsilon": 1e-6, "maxGradient": 1 }""", "adam")]
    [InlineData("""{ "type": "adamw" }""", "adam")]
    [InlineData("""{ "type": "adagrad", "learningRate": 0.1, "l1": 0.1 }""", "adagrad")]
    [InlineData("""{ "type": "rmsprop", "alpha": 0.9, "momentum": 0.5, "maxGradientNorm": 5 }""", "rmsprop")]
    [InlineData("""{ "type": "adadelta", "rho": 0.8, "l2": 0.1, "weightDecay": 0.1 }""", "adadelta")]
    public void Every_optimizer_has_its_name(string text, string type) => Assert.Equal(type, Read(Text(OneUnit, optimizer: text)).Optimizer.Type);

    [Fact]
    public void Every_setting_of_an_optimizer_is_read()
    {
        var adam = Read(Text(OneUnit, optimizer: """{ "type": "adamw", "beta1": 0.8, "beta2": 0.9, "epsilon": 1e-6, "maxGradient": 2, "l1": 0.5 }""")).Optimizer;
        Assert.Equal(0.001, adam.LearningRate);
        Assert.Equal(
            [("beta1", 0.8), ("beta2", 0.9), ("epsilon", 1e-6), ("weightDecay", 0.01), ("l1", 0.5), ("maxGradient", 2.0)],
            adam.Settings.Select(setting => (setting.Key, (double)setting.Value)));
    }

    [Fact]
    public void An_optimizer_goes_on_from_the_state_that_the_file_gives_it()
    {
        var optimizer = Read(Text(
            """{ "type": "linear", "units": 1, "weight": [[1], [1]] }""",
            optimizer: """{ "type": "sgd", "learningRate": 0.1, "momentum": 0.5, "state": { "steps": 4, "velocity": { "linear1.weight": [[8], [6]] } } }""")).Optimizer;
        Assert.Equal(4, optimizer.Steps);
        Assert.Equal([8, 6], optimizer.State.Memory["velocity"][0]);
        Assert.Equal([0], optimizer.State.Memory["velocity"][1]);
        Assert.Equal(
            "file: $.optimizer.state.velocity.linear1.weight is [2], [2, 1] is needed",
            Refusal(Text(OneUnit, optimizer: """{ "type": "sgd", "learningRate": 0.1, "momentum": 0.5, "state": { "steps": 4, "velocity": { "linear1.weight": [8, 6] } } }""")));
    }

    [Fact]
    public void Batches_are_cut_in_file_order_or_shuffled_by_the_seed()
    {
        static double[] Firsts(string more) => [.. Read(Text(OneUnit, inputs: "[[1,0],[2,0],[3,0],[4,0],[5,0]]", targets: "[[1],[1],[1],[1],[1]]", more: more))
            .Batches().Take(6).SelectMany(batch => Enumerable.Range(0, batch.Count).Select(i => batch.Inputs[i, 0]))];
        Assert.Equal([1, 2, 3, 4, 5, 1, 2, 3, 4, 5], Firsts(""", "batch": 2"""));
        var shuffled = Firsts(""", "batch": 2, "shuffle": true, "seed": 3""");
        Assert.Equal(shuffled, Firsts(""", "batch": 2, "shuffle": true, "seed": 3"""));
        Assert.NotEqual(shuffled[..5], shuffled[5..]);
        Assert.Equal([1, 2, 3, 4, 5], shuffled[..5].Order());
    }

    [Fact]
    public void Tokens_and_a_class_for_each_time_step_are_whole_numbers()
    {
        const string Layers = """{ "type": "embedding", "vocabulary": 3, "units": 2 }, { "type": "linear", "units": 4 }""";
        var network = Read(Text(Layers, "[2]", "\"softmax_cross_entropy\"", "[[0, 2]]", "[[3, 1]]"));
        Assert.Equal([3, 1], ((Indices)network.Targets).Values.ToArray());
        Assert.True(double.IsFinite(network.LossOf(network.Model.Forward(network.Inputs), network.Targets).Loss.Value));
        Assert.Equal(
            "file: $.data.inputs[0][1] is 3, a token is needed: a whole number 0 … 2", Refusal(Text(Layers, "[2]", "\"softmax_cross_entropy\"", "[[0, 3]]", "[[3, 1]]")));
        Assert.Equal(
            "file: $.data.targets[0][0] is 1.5, a class is needed: a whole number 0 … 3",
            Refusal(Text(Layers, "[2]", "\"softmax_cross_entropy\"", "[[0, 2]]", "[[1.5, 1]]")));
    }

    [Fact]
    public void Numbers_are_read_as_double_and_rounded_to_the_precision()
    {
        var single = NetworkFile<float>.Parse(Mazur, "file");
        Assert.Equal(0.15f, single.Model.Parameters["hidden.weight"].Values[0]);
        Assert.False(NetworkFile.IsSinglePrecision(Mazur, "file"));
        Assert.True(NetworkFile.IsSinglePrecision(Mazur.Replace("\"name\": \"two\"", "\"precision\": \"float32\"", StringComparison.Ordinal), "file"));
    }

    [Fact]
    public void A_file_on_disk_is_read_like_its_text()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "two.json");
        File.WriteAllText(path, Mazur);
        Assert.Equal(0.15, NetworkFile<double>.Load(path).Model.Parameters["hidden.weight"].Values[0]);
        File.WriteAllText(path, "{");
        Assert.StartsWith($"{path}: $ is no JSON", Assert.Throws<DataException>(() => NetworkFile<double>.Load(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"name\": \"two\"", "\"nome\": \"two\"", "file: $.nome is unknown; there can be batch, data, format, input, layers, loss, name, optimizer, penalty, precision, random, seed, shuffle, source")]
    [InlineData("\"name\": \"two\"", "\"name\": 2", "file: $.name is 2, a text is needed")]
    [InlineData("backprop-network/1", "backprop-network/2", "file: $.format is \"backprop-network/2\", \"backprop-network/1\" is needed")]
    [InlineData("\"name\": \"two\"", "\"precision\": \"half\"", "file: $.precision is \"half\", float64 or float32 is needed")]
    [InlineData("\"name\": \"two\"", "\"seed\": -1", "file: $.seed is -1, a whole number from 0 on is needed")]
    [InlineData("\"name\": \"two\"", "\"random\": \"dice\"", "file: $.random is \"dice\", seeded or numpy is needed")]
    [InlineData("\"name\": \"two\"", "\"batch\": 2", "file: $.batch is 2, 1 to 1, the number of samples, is needed")]
    [InlineData("\"name\": \"two\"", "\"shuffle\": 1", "file: $.shuffle is 1, true or false is needed")]
    [InlineData("\"name\": \"two\"", "\"penalty\": { \"l2\": -1 }", "file: $.penalty.l2 is -1, 0 or a finite number above it is needed")]
    [InlineData("\"name\": \"two\"", "\"penalty\": { \"l1\": 1 }", "file: $.penalty.l2 is missing")]
    [InlineData("\"input\": [2]", "\"input\": []", "file: $.input is [], the shape of one sample, sizes from 1 on such as [2] or [1,28,28], is needed")]
    [InlineData("\"input\": [2]", "\"input\": [0]", "file: $.input is [0], the shape of one sample, sizes from 1 on such as [2] or [1,28,28], is needed")]
    [InlineData("[[0.15, 0.25], [0.20, 0.30]]", "[[0.15, 0.25]]", "file: $.layers[0].weight is [1, 2], [2, 2] is needed")]
    [InlineData("[[0.15, 0.25], [0.20, 0.30]]", "[[0.15, 0.25], [0.20]]", "file: $.layers[0].weight[1] is [0.20], a list of 2 is needed: its neighbours before it have as many")]
    [InlineData("[[0.15, 0.25], [0.20, 0.30]]", "[[0.15, 0.25], [0.20, \"x\"]]", "file: $.layers[0].weight[1][1] is \"x\", a finite number is needed")]
    [InlineData("[[0.15, 0.25], [0.20, 0.30]]", "[[0.15, 1e999], [0.20, 1]]", "file: $.layers[0].weight[0][1] is 1e999, a finite number is needed")]
    [InlineData("[[0.15, 0.25], [0.20, 0.30]]", "[]", "file: $.layers[0].weight has an empty list, a finite number in each is needed")]
    [InlineData("[[0.15, 0.25], [0.20, 0.30]]", "7", "file: $.layers[0].weight is 7, a list of numbers [2, 2] is needed")]
    [InlineData("\"bias\": [0.35, 0.35]", "\"bias\": 7", "file: $.layers[0].bias is 7, true or false is needed")]
    [InlineData("\"trainBias\": false,\n", "\"trainBias\": 0,\n", "file: $.layers[0].trainBias is 0, true or false is needed")]
    [InlineData("[[\"w1\", \"w3\"], [\"w2\", \"w4\"]]", "[[\"w1\", \"w3\"]]", "file: $.layers[0].labels is [1, 2], [2, 2] is needed")]
    [InlineData("[[\"w1\", \"w3\"], [\"w2\", \"w4\"]]", "[[\"w1\", 3], [\"w2\", \"w4\"]]", "file: $.layers[0].labels[0][1] is 3, a text is needed")]
    [InlineData("\"units\": 2, \"weight\": [[0.15", "\"units\": 2.5, \"weight\": [[0.15", "file: $.layers[0].units is 2.5, a whole number is needed")]
    [InlineData("\"units\": 2, \"weight\": [[0.15", "\"units\": 2, \"size\": 3, \"weight\": [[0.15", "file: $.layers[0].size is unknown")]
    [InlineData("{ \"type\": \"sigmoid\" },", "{ \"type\": \"sigmoyd\" },", "file: $.layers[1].type is \"sigmoyd\"; did you mean sigmoid? (there are embedding, linear, ")]
    [InlineData("{ \"type\": \"sigmoid\" },", "{ \"type\": \"attention\" },", "file: $.layers[1].type is \"attention\", which is unknown here; was the file written by a newer version or with a layer of its own? (there are embedding, linear, ")]
    [InlineData("\"name\": \"hidden\"", "\"name\": \"x\"", "file: $.layers[0].name is \"x\", another name, for x is the network's input, is needed")]
    [InlineData("\"name\": \"hidden\"", "\"name\": \"a b\"", "file: $.layers[0].name is \"a b\", a name without spaces, points, commas and brackets is needed")]
    [InlineData("\"name\": \"hidden\"", "\"name\": \"a[0]\"", "file: $.layers[0].name is \"a[0]\", a name without spaces, points, commas and brackets is needed")]
    [InlineData("\"name\": \"hidden\"", "\"name\": \"a.b\"", "file: $.layers[0].name is \"a.b\", a name without spaces, points, commas and brackets is needed")]
    [InlineData("[\"w2\", \"w4\"]", "[\"w1\", \"w4\"]", "file: $.layers[0].labels has 'w1', which is the name of another entry already; every entry needs its own")]
    [InlineData("\"units\": 2, \"weight\": [[0.15", "\"units\": -1, \"weight\": [[0.15", "file: $.layers[0].units is -1, a whole number from 1 on is needed")]
    [InlineData("{ \"type\": \"sigmoid\" },", "{ \"type\": \"max_pool2d\", \"kernel\": 2 },", "file: $.layers[1]: ")]
    [InlineData("\"half_squared_error\"", "\"half\"", "file: $.loss is \"half\", mean_squared_error, half_squared_error,")]
    [InlineData("\"half_squared_error\"", "{ \"type\": \"huber\", \"gamma\": 1 }", "file: $.loss.gamma is unknown; there can be delta, reduction, type")]
    [InlineData("\"half_squared_error\"", "\"binary_cross_entropy_with_logits\"", "file: $.loss is binary_cross_entropy_with_logits, which has its own sigmoid, and the last layer is a sigmoid too; leave that layer out")]
    [InlineData("\"type\": \"sgd\"", "\"type\": \"sdg\"", "file: $.optimizer.type is \"sdg\", sgd, adam, adamw, adagrad, rmsprop or adadelta is needed")]
    [InlineData("\"learningRate\": 0.5", "\"learningRate\": -1", "file: $.optimizer: Sgd: learningRate -1 came; it is a finite number above 0, usually 0.001.")]
    [InlineData("\"learningRate\": 0.5", "\"learningRate\": 0.5, \"beta1\": 1", "file: $.optimizer.beta1 is unknown")]
    [InlineData("[[0.05, 0.10]]", "[0.05, 0.10]", "file: $.data.inputs is [2], [N, 2] is needed: the samples N, also where there is one, then $.input")]
    [InlineData("[[0.05, 0.10]]", "[[0.05, 0.10, 1]]", "file: $.data.inputs is [1, 3], [N, 2] is needed")]
    [InlineData("[[0.01, 0.99]]", "[[0.01], [0.99]]", "file: $.data.targets is [2, 1], [1, 2] is needed: the shape of the network's output")]
    [InlineData("[[0.01, 0.99]]", "[[0.01, 0.99]], \"weights\": [1]", "file: $.data.weights is unknown; there can be inputs, targets")]
    [InlineData("\"data\": {", "\"date\": {", "file: $.data is missing")]
    [InlineData("\"name\": \"two\"", "\"input\": [2]", "file: $ is no JSON")]
    public void What_does_not_fit_is_refused_with_its_place(string from, string to, string said)
    {
        string text = Mazur.ReplaceLineEndings("\n");
        Assert.Contains(from, text, StringComparison.Ordinal);
        int at = text.IndexOf(from, StringComparison.Ordinal);
        Assert.StartsWith(said, Refusal(text[..at] + to + text[(at + from.Length)..]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("""{ "type": "sigmoid", "name": "a" }, { "type": "sigmoid", "name": "a" }""")]
    public void A_refusal_does_not_name_a_parameter_of_the_program(string layers) => Assert.DoesNotContain("(Parameter", Refusal(Text(layers)), StringComparison.Ordinal);

    [Fact]
    public void Classes_have_one_number_for_each_output_of_the_network()
    {
        const string Layer = """{ "type": "linear", "units": 3 }""";
        Assert.Equal(
            "file: $.data.targets is [1, 1], [1] is needed: a class, counted from 0, for each output of 3 numbers",
            Refusal(Text(Layer, loss: "\"softmax_cross_entropy\"", targets: "[[1]]")));
        Assert.Equal(
            "file: $.loss is softmax_cross_entropy, which has its own softmax, and the last layer is a softmax too; leave that layer out",
            Refusal(Text($$"""{{Layer}}, { "type": "softmax" }""", loss: "\"softmax_cross_entropy\"", targets: "[1]")));
    }

    [Theory]
    [InlineData("""{ "type": "uniform", "low": 1, "high": 0 }""", "file: $.layers[0].init: Uniform: ")]
    [InlineData("""{ "type": "normal", "deviance": 1 }""", "file: $.layers[0].init.deviance is unknown; there can be deviation, type")]
    [InlineData("""{ "type": "gauss" }""", "file: $.layers[0].init.type is \"gauss\", glorot_uniform, ")]
    [InlineData("\"normal\"", "file: $.layers[0].init is \"normal\", an object {…} is needed")]
    public void An_initialiser_that_does_not_fit_is_refused(string init, string said) =>
        Assert.StartsWith(said, Refusal(Text($$"""{ "type": "linear", "units": 1, "init": {{init}} }""")), StringComparison.Ordinal);
}
