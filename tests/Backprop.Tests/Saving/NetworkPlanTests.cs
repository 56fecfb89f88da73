using Backprop.Data;
using Backprop.Optimizers;
using Backprop.Randomness;
using Backprop.Saving;
using static Backprop.Nn<float>;

namespace Backprop.Tests.Saving;

public class NetworkPlanTests
{
    private static string Text(string layers, string more = "", string input = "[2]") =>
        $$"""{ "format": "backprop-network/1", "input": {{input}}, "layers": [{{layers}}]{{more}} }""";

    private const string Layers = """{ "type": "linear", "units": 3 }, { "type": "relu" }, { "type": "linear", "units": 1, "weight": [[1], [2], [3]] }""";

    private static NetworkPlan<float> Read(string text, Random? random = null) => NetworkPlan<float>.Parse(text, "file", random);

    private static string Refusal(string text) => Assert.Throws<DataException>(() => Read(text)).Message;

    [Fact]
    public void Layers_alone_are_enough()
    {
        var plan = Read(Text(Layers));
        Assert.Equal(("", "", null, null, 0.0), (plan.Name, plan.Source, plan.Loss, plan.Optimizer, plan.L2));
        Assert.Equal([2], plan.Input.AsSpan().ToArray());
        Assert.Equal([1, 2, 3], plan.Model.Parameters["linear2.weight"].Values.ToArray());
        Assert.Equal(new HashSet<int> { 0 }, [.. plan.Model.Parameters["linear1.bias"].Values.ToArray().Select(value => (int)value)]);
    }

    [Fact]
    public void Weights_are_drawn_by_the_file_or_by_the_training()
    {
        float[] Drawn(string more, Random? random = null) => Read(Text(Layers, more), random).Model.Parameters["linear1.weight"].Values.ToArray();
        Assert.Equal(Drawn(""", "seed": 1"""), Drawn(""));
        Assert.NotEqual(Drawn(""", "seed": 2"""), Drawn(""));
        Assert.NotEqual(Drawn(""", "random": "numpy" """), Drawn(""));
        Assert.Equal(Drawn(""", "seed": 2"""), Drawn(""", "seed": 2""", new SeededRandom(7)));
        Assert.NotEqual(Drawn(""), Drawn("", new SeededRandom(7)));
        Assert.Equal(Linear(2, 3, new SeededRandom(7), HeUniform()).Parameters["weight"].Values.ToArray(), Drawn("", new SeededRandom(7)));
    }

    [Fact]
    public void Data_and_the_order_of_a_file_are_left_aside()
    {
        var plan = Read(Text(
            Layers, """
            , "name": "net", "loss": { "type": "huber", "delta": 2 }, "optimizer": { "type": "adam" }, "penalty": { "l2": 0.5 },
            "data": { "inputs": "none of its business" }, "batch": 3, "shuffle": true
            """));
        Assert.Equal(("net", """{ "type": "huber", "delta": 2 }""", """{ "type": "adam" }""", 0.5), (plan.Name, plan.Loss, plan.Optimizer, plan.L2));
        Assert.IsType<Adam<float>>(NetworkFile.OptimizerOf(plan.Optimizer!, plan.Model.Parameters, "file"));
        var loss = Tensor([], 1);
        plan.Model.Parameters["linear1.weight"].Set([1, 1, 1, 1, 1, 1]);
        Assert.Equal(1 + 0.5f / 2 * (6 + 1 + 4 + 9), plan.Penalized(loss).Value, 1e-6f);
        Assert.Same(loss, Read(Text(Layers)).Penalized(loss));
    }

    [Fact]
    public void A_recurrent_layer_runs_its_sequence_in_one_step_unless_the_file_says_otherwise()
    {
        int Steps(string more)
        {
            var plan = Read(Text($$"""{ "type": "gru", "units": 2{{more}} }""", input: "[5, 1]"));
            var x = Zeros([1, 5, 1]);
            using var tape = Record(plan.Model.Parameters, x);
            plan.Model.Forward(x);
            return tape.Steps.Count;
        }

        Assert.True(Steps("") < 5);
        Assert.True(Steps(""", "unrolled": true""") > 5);
    }

    [Theory]
    [InlineData("\"seed\": -1", "file: $.seed is -1, a whole number from 0 on is needed")]
    [InlineData("\"epochs\": 3", "file: $.epochs is unknown; there can be batch, data, format, input, layers, loss, name, optimizer, penalty, precision, random, seed, shuffle, source")]
    [InlineData("\"penalty\": { \"l2\": -1 }", "file: $.penalty.l2 is -1, 0 or a finite number above it is needed")]
    [InlineData("\"precision\": \"float16\"", "file: $.precision is \"float16\", float64 or float32 is needed")]
    public void What_does_not_fit_is_refused_with_its_place(string more, string said) => Assert.Equal(said, Refusal(Text(Layers, ", " + more)));

    [Fact]
    public void Another_format_is_refused() =>
        Assert.Equal(
            "file: $.format is \"backprop-network/2\", \"backprop-network/1\" is needed", Refusal(Text(Layers).Replace("network/1", "network/2", StringComparison.Ordinal)));

    [Fact]
    public void An_optimizer_that_does_not_fit_is_refused_with_its_place() =>
        Assert.Equal(
            "file: $.optimizer.type is \"sdg\", sgd, adam, adamw, adagrad, rmsprop or adadelta is needed",
            Assert.Throws<DataException>(() => NetworkFile.OptimizerOf("""{ "type": "sdg" }""", Read(Text(Layers)).Model.Parameters, "file")).Message);

    [Theory]
    [InlineData("loss")]
    [InlineData("optimizer")]
    [InlineData("data")]
    public void A_network_file_that_takes_steps_of_its_own_needs_more(string missing)
    {
        string all = """, "loss": "mean_squared_error", "optimizer": { "type": "sgd", "learningRate": 1 }, "data": { "inputs": [[1, 2]], "targets": [[1]] }""";
        Assert.Single(NetworkFile<float>.Parse(Text(Layers, all), "file").Batches().Take(1));
        Assert.StartsWith(
            $"file: $.{missing} is missing; a network that takes steps of its own needs loss, optimizer, data",
            Assert.Throws<DataException>(() => NetworkFile<float>.Parse(Text(Layers, all.Replace($"\"{missing}\"", "\"name\"", StringComparison.Ordinal)
                .Replace("\"name\": {", "\"penalty\": {", StringComparison.Ordinal)), "file")).Message, StringComparison.Ordinal);
    }
}
