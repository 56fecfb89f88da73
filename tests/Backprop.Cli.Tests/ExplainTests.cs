using System.Text.Json;
using Backprop.Lessons.Networks;
using Backprop.Saving;

namespace Backprop.Cli.Tests;

public class ExplainTests
{
    private static JsonElement Document(params string[] args)
    {
        var run = Run.Of(["explain", .. args, "--json"]);
        Assert.Equal(0, run.Code);
        Assert.Empty(Schema.Of("explain").Errors(run.Output));
        return JsonDocument.Parse(run.Output).RootElement;
    }

    private static JsonElement Entry(JsonElement step, string part, string key, string value) =>
        step.GetProperty(part).EnumerateArray().Single(entry => entry.GetProperty(key).GetString() == value);

    private static double[] Numbers(JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? [.. value.EnumerateArray().SelectMany(Numbers)] : [value.GetDouble()];

    private static void AssertRounded(double[] published, double[] ours, double tolerance)
    {
        Assert.Equal(published.Length, ours.Length);
        for (int i = 0; i < published.Length; i++) Assert.Equal(published[i], ours[i], tolerance);
    }

    [Fact]
    public void Mazur_s_step_is_explained_as_written_down() =>
        Assert.Equal(
            File.ReadAllText(Path.Combine(Repository.Root, "tests", "Backprop.Cli.Tests", "Explain", "mazur.txt")).ReplaceLineEndings("\n"),
            Run.Of("explain", "mazur").Output);

    [Fact]
    public void Mazur_s_numbers_are_the_published_ones()
    {
        var document = Document("mazur");
        var step = document.GetProperty("steps")[0];
        Assert.Equal(0.298371109, step.GetProperty("loss").GetDouble(), 5e-10);
        AssertRounded([0.593269992, 0.596884378], Numbers(Entry(step, "forward", "name", "sigmoid1").GetProperty("values")), 5e-10);
        AssertRounded([0.75136507, 0.772928465], Numbers(Entry(step, "forward", "name", "sigmoid2").GetProperty("values")), 5e-9);
        AssertRounded([0.138498562, -0.038098236], Numbers(Entry(step, "backward", "symbol", "δ2").GetProperty("gradient")), 1e-9);
        var hidden = Entry(step, "update", "parameter", "hidden.weight");
        AssertRounded([0.149780716, 0.24975114, 0.19956143, 0.29950229], Numbers(hidden.GetProperty("after")), 5e-9);
        AssertRounded([0.35891648, 0.511301270, 0.408666186, 0.561370121], Numbers(Entry(step, "update", "parameter", "output.weight").GetProperty("after")), 5e-9);
        Assert.Equal(0.29102777369359933, document.GetProperty("finalLoss").GetDouble(), 1e-15);
        Assert.Equal(2, step.GetProperty("update").GetArrayLength());
    }

    /// <summary>Aidan Gomez, "Backpropogating an LSTM: A Numerical Example" (2016), to half a unit of the last digit; columns i, f, g, o.</summary>
    [Fact]
    public void Gomez_s_numbers_are_the_published_ones()
    {
        var step = Document("lstm").GetProperty("steps")[0];
        AssertRounded([0.53631, 0.77198], Numbers(Entry(step, "forward", "name", "lstm1").GetProperty("values")), 5.1e-6);
        AssertRounded([1.51763], Numbers(Entry(step, "forward", "symbol", "c_2").GetProperty("values")), 5.1e-6);
        AssertRounded(
            [0.95022, 0.70032, 0.45267, 0.60259, 0.80066, 0.45189, 0.25922, 0.41626],
            Numbers(Entry(step, "update", "parameter", "lstm1.inputWeight").GetProperty("after")), 5.1e-6);
        AssertRounded([0.80006, 0.10034, 0.15104, 0.25297], Numbers(Entry(step, "update", "parameter", "lstm1.recurrentWeight").GetProperty("after")), 5.1e-6);
        AssertRounded([0.65028, 0.15063, 0.20364, 0.10536], Numbers(Entry(step, "update", "parameter", "lstm1.bias").GetProperty("after")), 5.1e-6);
    }

    [Theory]
    [InlineData("ann")]
    [InlineData("cnn")]
    [InlineData("rnn")]
    [InlineData("lstm")]
    [InlineData("mazur")]
    [InlineData("pooling")]
    public void Every_lesson_fits_the_schema_and_learns(string name)
    {
        Assert.Empty(Schema.Of("network").Errors(NetworkLessons.Text(name)));
        var document = Document(name, "--steps", "20");
        var losses = Numbers(document.GetProperty("losses"));
        Assert.Equal(20, losses.Length);
        Assert.True(document.GetProperty("finalLoss").GetDouble() < losses[0]);
        Assert.Equal(0, Run.Of("explain", name).Code);
    }

    [Fact]
    public void The_lessons_are_those_that_lie_in_the_tool() =>
        Assert.Equal(
            typeof(NetworkLessons).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(".json", StringComparison.Ordinal)).Order(),
            NetworkLessons.Names.Concat(NetworkLessons.Templates).Select(name => $"{name}.json").Order());

    [Fact]
    public void A_network_file_that_does_not_fit_the_reader_does_not_fit_the_schema()
    {
        var schema = Schema.Of("network");
        string text = NetworkLessons.Text("mazur");
        foreach (var (from, to) in new[]
        {
            ("\"name\": \"mazur\"", "\"nome\": \"mazur\""), ("\"units\": 2", "\"units\": 2.5"), ("\"units\": 2", "\"unit\": 2"), ("\"type\": \"sigmoid\"", "\"type\": \"sigmoyd\""),
            ("half_squared_error", "half"), ("backprop-network/1", "backprop-network/2"), ("\"sgd\"", "\"sdg\""), ("\"input\": [2]", "\"input\": []"),
        })
        {
            string changed = text.Replace(from, to, StringComparison.Ordinal);
            Assert.NotEqual(text, changed);
            Assert.NotEmpty(schema.Errors(changed));
            Assert.Throws<Backprop.Data.DataException>(() => NetworkFile<double>.Parse(changed, "file"));
        }
    }

    [Fact]
    public void Json_reads_back_to_the_same_bits()
    {
        foreach (string precision in (string[])["float64", "float32"])
        {
            using var folder = new TemporaryFolder();
            string path = Path.Combine(folder.Path, "ann.json");
            File.WriteAllText(path, NetworkLessons.Text("ann").Replace("\"seed\"", $"\"precision\": \"{precision}\", \"seed\"", StringComparison.Ordinal));
            var document = Document(path, "--steps", "3");
            Assert.Equal(precision, document.GetProperty("precision").GetString());
            if (precision == "float32") AssertSameBits(NetworkFile<float>.Load(path), document, value => value.GetSingle());
            else AssertSameBits(NetworkFile<double>.Load(path), document, value => value.GetDouble());
        }

        static void AssertSameBits<T>(NetworkFile<T> network, JsonElement document, Func<JsonElement, T> read)
            where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
        {
            var losses = new List<T>();
            foreach (var batch in network.Batches().Take(3))
            {
                using var tape = Nn<T>.Record(network.Model.Parameters, batch.Inputs, batch.Targets);
                var loss = network.LossOf(network.Model.Forward(batch.Inputs), batch.Targets).Loss;
                tape.Backward(loss);
                network.Optimizer.Step();
                losses.Add(loss.Value);
            }
            Assert.Equal(losses, document.GetProperty("losses").EnumerateArray().Select(read));
            foreach (string path in network.Model.Parameters.Names)
                Assert.Equal(network.Model.Parameters[path].Values.ToArray(), Flat(document.GetProperty("parameters").GetProperty(path)).Select(read));
        }

        static IEnumerable<JsonElement> Flat(JsonElement value) =>
            value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().SelectMany(Flat) : [value];
    }

    [Fact]
    public void What_is_no_number_is_a_text_in_json()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "far.json");
        File.WriteAllText(path, NetworkLessons.Text("mazur").Replace("[[0.01, 0.99]]", "[[1e200, 0.99]]", StringComparison.Ordinal));
        var run = Run.Of("explain", path, "--json");
        Assert.Equal(0, run.Code);
        Assert.Empty(Schema.Of("explain").Errors(run.Output));
        Assert.Equal("Infinity", JsonDocument.Parse(run.Output).RootElement.GetProperty("losses")[0].GetString());
        Assert.Equal("step 1: HalfSquaredError gave the first number that is not finite\n", run.Error);
    }

    [Fact]
    public void Steps_that_are_asked_for_are_shown_and_all_are_run()
    {
        var document = Document("ann", "--steps", "4", "--at", "2", "--at", "4");
        Assert.Equal([2, 4], document.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("step").GetInt32()));
        Assert.Equal(4, document.GetProperty("losses").GetArrayLength());
        Assert.Equal(3, Document("ann", "--steps", "3", "--at", "all").GetProperty("steps").GetArrayLength());
        double[] losses = Numbers(document.GetProperty("losses"));
        Assert.Equal(losses[1], document.GetProperty("steps")[0].GetProperty("loss").GetDouble());
    }

    [Fact]
    public void One_layer_alone_can_be_shown()
    {
        var step = Document("cnn", "--only", "conv1").GetProperty("steps")[0];
        Assert.Equal(["conv1"], step.GetProperty("forward").EnumerateArray().Select(entry => entry.GetProperty("name").GetString()));
        Assert.Equal(["conv1.weight", "conv1.bias"], step.GetProperty("update").EnumerateArray().Select(entry => entry.GetProperty("parameter").GetString()));
        Assert.All(step.GetProperty("backward").EnumerateArray(), entry => Assert.StartsWith("conv1", entry.GetProperty("name").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Adam_s_own_quantities_are_shown()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "adam.json");
        File.WriteAllText(path, NetworkLessons.Text("mazur").Replace("\"sgd\"", "\"adam\"", StringComparison.Ordinal));
        var update = Document(path).GetProperty("steps")[0].GetProperty("update")[0];
        double gradient = Numbers(update.GetProperty("gradient"))[0];
        var quantities = update.GetProperty("quantities");
        Assert.Equal(0.1 * gradient, Numbers(quantities.GetProperty("mean"))[0], 1e-15);
        Assert.Equal(gradient, Numbers(quantities.GetProperty("correctedMean"))[0], 1e-15);
        Assert.Equal(gradient * gradient, Numbers(quantities.GetProperty("correctedSquaredMean"))[0], 1e-15);
        Assert.Matches(@"entry +old +gradient +m +v +m̂ +v̂ +η·m̂/\(√v̂ \+ ε\) +new\n +w1 ", Run.Of("explain", path).Output);
    }

    [Theory]
    [InlineData("\"adam\"", "adam, η 0.5, β₁ 0.9, β₂ 0.999, ε 1e-8   ")]
    [InlineData("\"adamw\"", "adamw, η 0.5, β₁ 0.9, β₂ 0.999, ε 1e-8, λ 0.01   ")]
    [InlineData("\"sgd\", \"momentum\": 0.9", "sgd, η 0.5, μ 0.9   ")]
    [InlineData("\"sgd\", \"momentum\": 0.9, \"nesterov\": true", "sgd, η 0.5, μ 0.9, nesterov   ")]
    [InlineData("\"rmsprop\"", "rmsprop, η 0.5, α 0.99, ε 1e-8   ")]
    public void The_heading_says_all_settings_of_the_optimizer(string optimizer, string heading)
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "optimizer.json");
        File.WriteAllText(path, NetworkLessons.Text("mazur").Replace("\"sgd\"", optimizer, StringComparison.Ordinal));
        string text = Run.Of("explain", path).Output;
        Assert.Contains(heading, text, StringComparison.Ordinal);
        Assert.Equal(optimizer.Contains("adam", StringComparison.Ordinal), text.Contains("m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ)", StringComparison.Ordinal));
    }

    [Fact]
    public void Running_statistics_are_not_counted_among_what_is_trained()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "norm.json");
        File.WriteAllText(path, """
            { "format": "backprop-network/1", "input": [2], "layers": [{ "type": "linear", "units": 3 }, { "type": "batch_norm1d" }, { "type": "linear", "units": 1 }],
              "loss": "mean_squared_error", "optimizer": { "type": "sgd", "learningRate": 0.1 },
              "data": { "inputs": [[1, 2], [0, 1], [3, 1]], "targets": [[1], [0], [1]] } }
            """);
        string text = Run.Of("explain", path).Output;
        Assert.Contains("19 parameters, 6 running statistics, float64", text, StringComparison.Ordinal);
        Assert.Contains("batch_norm1d: 6 parameters, 6 running statistics", text, StringComparison.Ordinal);
        Assert.DoesNotContain("E−", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gradient_says_what_it_flows_back_through_and_a_token_has_none()
    {
        var backward = Document("mazur").GetProperty("steps")[0];
        foreach (string format in new[] { "text", "markdown" })
            Assert.Contains("∂L/∂x = δ1·W1ᵀ", Run.Of("explain", "mazur", "--format", format).Output, StringComparison.Ordinal);
        Assert.Equal("Linear", Entry(backward, "backward", "symbol", "∂L/∂W2").GetProperty("operation").GetString());
        Assert.Equal("Sigmoid", Entry(backward, "backward", "symbol", "δ2").GetProperty("operation").GetString());
        Assert.Equal("HalfSquaredError", Entry(backward, "backward", "symbol", "∂L/∂ŷ").GetProperty("operation").GetString());
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "tokens.json");
        File.WriteAllText(path, """
            { "format": "backprop-network/1", "input": [2], "layers": [{ "type": "embedding", "vocabulary": 3, "units": 2 }, { "type": "flatten" }, { "type": "linear", "units": 1 }],
              "loss": "mean_squared_error", "optimizer": { "type": "sgd", "learningRate": 0.1 }, "data": { "inputs": [[1, 2]], "targets": [[1]] } }
            """);
        foreach (string format in new[] { "text", "html" })
        {
            var run = Run.Of("explain", path, "--format", format);
            Assert.Equal(0, run.Code);
            Assert.DoesNotContain("∂L/∂x", run.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_legend_says_path_and_shape_of_what_is_computed() =>
        Assert.Matches(@"
z1 +hidden +\[1, 2\]
(.*
)*ŷ +\S+ +\[1, 2\]
", Run.Of("explain", "mazur").Output);

    [Fact]
    public void A_penalty_is_a_line_of_its_own_and_no_part_of_the_loss_of_the_data()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "penalty.json");
        File.WriteAllText(path, NetworkLessons.Text("mazur").Replace("\"loss\"", "\"penalty\": { \"l2\": 0.1 }, \"loss\"", StringComparison.Ordinal));
        var step = Document(path).GetProperty("steps")[0];
        double penalty = Numbers(Entry(step, "forward", "symbol", "R").GetProperty("values"))[0];
        Assert.Equal(0.298371109, step.GetProperty("dataLoss").GetDouble(), 5e-10);
        Assert.Equal(step.GetProperty("loss").GetDouble(), step.GetProperty("dataLoss").GetDouble() + penalty, 1e-15);
        Assert.Equal("½·0.1·(Σ W1² + Σ W2²)", Entry(step, "forward", "symbol", "R").GetProperty("formula").GetString());
        Assert.Equal("σ(z2)", Entry(step, "forward", "symbol", "ŷ").GetProperty("formula").GetString());
    }

    [Fact]
    public void Csv_has_a_row_for_every_number_and_a_mark_for_table_programs()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "step.csv");
        var run = Run.Of("explain", "mazur", "--format", "csv", "--output", path);
        Assert.Equal((0, "", $"written: {path}\n"), (run.Code, run.Output, run.Error));
        byte[] bytes = File.ReadAllBytes(path);
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        string[] lines = File.ReadAllLines(path);
        Assert.Equal("step,phase,symbol,path,index,value", lines[0]);
        Assert.Contains("1,backward,∂L/∂W2,output.weight,\"[0,0]\",0.08216704056423078", lines);
        Assert.Contains("1,update,W1 before,hidden.weight,\"[0,0]\",0.15", lines);
        Assert.Contains("1,update,W1,hidden.weight,\"[0,0]\",0.1497807161327628", lines);
        Assert.Equal(lines[1..], Run.Of("explain", "mazur", "--format", "csv").Output.TrimEnd('\n').Split('\n')[1..]);
        Assert.Equal($"{path}: the file is there already; --force replaces it", Run.Of("explain", "mazur", "--output", path).Refusal["backprop: ".Length..]);
    }

    [Fact]
    public void Markdown_has_headings_and_tables()
    {
        string text = Run.Of("explain", "mazur", "--format", "markdown").Output;
        Assert.StartsWith("# mazur\n", text, StringComparison.Ordinal);
        Assert.Contains("| W1 | hidden.weight | \\[2, 2\\] |\n", text, StringComparison.Ordinal);
        Assert.Contains("## Step 1\n", text, StringComparison.Ordinal);
        Assert.Contains("### Backward\n\n```\n", text, StringComparison.Ordinal);
        Assert.Contains("| w1 | 0.15 | 0.000438568 | 0.149781 |\n", text, StringComparison.Ordinal);
        Assert.Equal(0, text.Split("```").Length % 2 - 1);
    }

    [Fact]
    public void Mean_variance_and_mask_are_shown_as_the_numbers_that_the_formulas_name()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "network.json");
        File.WriteAllText(path, """
            { "format": "backprop-network/1", "name": "b", "input": [2],
              "layers": [{ "type": "batch_norm1d" }, { "type": "dropout", "rate": 0.5, "seed": 3 }, { "type": "linear", "units": 1 }],
              "loss": "mean_squared_error", "optimizer": { "type": "sgd", "learningRate": 0.1 },
              "data": { "inputs": [[0, 1], [1, 4], [1, 1], [0, 4]], "targets": [[1], [1], [0], [0]] } }
            """);
        string text = Run.Of("explain", path).Output;
        Assert.Contains("\n             mean = [0.5  2.5]\n             variance = [0.25  2.25]\n", text, StringComparison.Ordinal);
        Assert.Matches(@"\n             mask = \[[02]  [02]\]\n                    \[[02]  [02]\]\n", text);
        string json = Run.Of("explain", path, "--json").Output;
        Assert.Empty(Schema.Of("explain").Errors(json));
        var forward = JsonDocument.Parse(json).RootElement.GetProperty("steps")[0].GetProperty("forward").EnumerateArray().ToList();
        Assert.Equal("[0.25,2.25]", forward[0].GetProperty("remembered").GetProperty("variance").GetRawText());
        Assert.False(forward[^1].TryGetProperty("remembered", out _));
        Assert.Matches(@"\n1,forward,mean of \S+,batch_norm1d1,\[1\],2.5\n", Run.Of("explain", path, "--format", "csv").Output);
        Assert.Contains("<p class=\"remembered\">variance =</p>", Run.Of("explain", path, "--format", "html").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Tokens_and_classes_are_shown_and_which_row_of_the_table_each_token_took()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "network.json");
        File.WriteAllText(path, """
            { "format": "backprop-network/1", "name": "e", "input": [3], "layers": [{ "type": "embedding", "vocabulary": 4, "units": 1 }, { "type": "flatten" }, { "type": "linear", "units": 3 }],
              "loss": "softmax_cross_entropy", "optimizer": { "type": "sgd", "learningRate": 0.1 }, "data": { "inputs": [[1, 2, 1], [0, 3, 2]], "targets": [2, 0] } }
            """);
        string text = Run.Of("explain", path).Output;
        Assert.Matches(@"\nx +input, tokens 1 2 1, 0 3 2 +\[2, 3\]\n", text);
        Assert.Matches(@"\ny +classes 2 0 +\[2\]\n", text);
        Assert.Contains("z1[1,1,0] = W1[3,0] = ", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x·W1 + b1", "<mi>x</mi><mo>·</mo><msub><mi>W</mi><mn>1</mn></msub><mo>+</mo><msub><mi>b</mi><mn>1</mn></msub>")]
    [InlineData("∂L/∂W2 = a1ᵀ·δ2", "<mfrac><mrow><mo>∂</mo><mi>L</mi></mrow><mrow><mo>∂</mo><msub><mi>W</mi><mn>2</mn></msub></mrow></mfrac><mo>=</mo><msup><msub><mi>a</mi><mn>1</mn></msub><mo>T</mo></msup><mo>·</mo><msub><mi>δ</mi><mn>2</mn></msub>")]
    [InlineData("tanh(z_2)²", "<mi>tanh</mi><msup><mrow><mo>(</mo><msub><mi>z</mi><mrow><mi>t</mi><mo>=</mo><mn>2</mn></mrow></msub><mo>)</mo></mrow><mn>2</mn></msup>")]
    [InlineData("h_t", "<msub><mi>h</mi><mi>t</mi></msub>")]
    [InlineData("Wx < 1.5e-7", "<msub><mi>W</mi><mi>x</mi></msub><mo>&lt;</mo><mn>1.5e-7</mn>")]
    [InlineData("½·ŷ", "<mo>½</mo><mo>·</mo><mi>ŷ</mi>")]
    public void Formulas_become_mathml(string formula, string mathMl) => Assert.Equal($"<math>{mathMl}</math>", Explain.Page.MathMl.Of(formula));

    [Fact]
    public void Digits_are_those_that_are_asked_for_and_trailing_zeros_stay()
    {
        Assert.Matches(@"w8 +0\.55 +−0\.0227 +0\.561\n", Run.Of("explain", "mazur", "--digits", "3").Output);
        Assert.Contains("0.561370", Run.Of("explain", "mazur").Output, StringComparison.Ordinal);
        Assert.Contains("0.5613701211", Run.Of("explain", "mazur", "--digits", "10").Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_network_can_be_piped_in()
    {
        using var output = new StringWriter();
        using var input = new StringReader(NetworkLessons.Text("mazur"));
        int code = await CommandLine.RunAsync(["explain", "-"], new Terminal(output, TextWriter.Null, input: input), TestContext.Current.CancellationToken);
        Assert.Equal(0, code);
        Assert.Equal(Run.Of("explain", "mazur").Output, output.ToString());
    }

    [Fact]
    public void New_writes_a_file_that_explain_takes()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "mine.json");
        var run = Run.Of("new", "cnn", "--output", path);
        Assert.Equal((0, ""), (run.Code, run.Output));
        Assert.Equal(Run.Of("explain", "cnn").Output, Run.Of("explain", path).Output);
        Assert.EndsWith("the file is there already; --force replaces it", Run.Of("new", "cnn", "--output", path).Refusal, StringComparison.Ordinal);
        Assert.Equal(0, Run.Of("new", "rnn", "--output", path, "--force").Code);
        Assert.Equal(NetworkLessons.Text("rnn"), File.ReadAllText(path));
        Assert.Equal(NetworkLessons.Text("lstm"), Run.Of("new", "lstm", "--output", "-").Output);
    }

    [Fact]
    public void Of_a_larger_tensor_one_entry_is_worked_out_and_of_one_layer_alone_up_to_a_hundred()
    {
        string whole = Run.Of("explain", "pooling").Output, layer = Run.Of("explain", "pooling", "--only", "conv1").Output;
        Assert.Contains("1 of 9 entries worked out\n", whole, StringComparison.Ordinal);
        Assert.EndsWith("with --only LAYER up to 100; --why ENTRY takes any gradient apart.\n", whole, StringComparison.Ordinal);
        Assert.DoesNotContain("entries worked out", layer, StringComparison.Ordinal);
        Assert.DoesNotContain("--why", layer, StringComparison.Ordinal);
        Assert.Contains("z1[0,0,2,2] = ", layer, StringComparison.Ordinal);
    }

    [Fact]
    public void Terms_that_do_not_add_up_as_shown_say_so_at_their_place()
    {
        string[] lines = Run.Of("explain", "mazur").Output.Split('\n');
        int at = Array.FindIndex(lines, line => line.EndsWith("= 0.0363503", StringComparison.Ordinal));
        Assert.Equal("               rounded for display only: the terms as shown add up to 0.0363505", lines[at + 1]);
        Assert.Equal(4, lines.Count(line => line.Contains("display only: ", StringComparison.Ordinal)));
    }

    [Fact]
    public void More_numbers_than_anyone_reads_are_shown_only_when_asked_for()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "wide.json");
        File.WriteAllText(path, NetworkLessons.Text("ann").Replace("\"units\": 4", "\"units\": 2000", StringComparison.Ordinal));
        Assert.Equal(
            "backprop: step 1 has 32,010 numbers, more than 10,000; --only LAYER shows one layer of hidden, tanh1, output, sigmoid1, --why ENTRY one gradient, --force all",
            Run.Of("explain", path).Refusal);
        Assert.Equal(0, Run.Of("explain", path, "--only", "sigmoid1").Code);
        Assert.Equal(0, Run.Of("explain", path, "--force").Code);
        // Whoever has taken one layer is not told to.
        File.WriteAllText(path, NetworkLessons.Text("ann").Replace("\"units\": 4", "\"units\": 9000", StringComparison.Ordinal));
        string refusal = Run.Of("explain", path, "--only", "hidden").Refusal;
        Assert.StartsWith("backprop: hidden of step 1 has ", refusal, StringComparison.Ordinal);
        Assert.EndsWith(" numbers, more than 10,000; --why ENTRY shows one gradient, --force all", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("there is no network 'mazr'; did you mean mazur?", "new", "mazr")]
    [InlineData("nothing.json: there is no such file; the networks that lie in the tool are ann, cnn, rnn, lstm, mazur, pooling", "explain", "nothing.json")]
    [InlineData("mazr: there is no such file; did you mean mazur?", "explain", "mazr")]
    [InlineData("--at: '3' came; a step from 1 to 2 or all is needed", "explain", "ann", "--steps", "2", "--at", "3")]
    [InlineData("--at: '0' came; a step from 1 to 1 or all is needed, and --steps N runs more", "explain", "ann", "--at", "0")]
    [InlineData("2,000 steps would be shown, more than 1,000; name some by --at, or --force shows all", "explain", "ann", "--steps", "2000", "--at", "all")]
    [InlineData("--only: there is no layer 'hiden'; did you mean hidden?", "explain", "ann", "--only", "hiden")]
    [InlineData("--digits: '18' came; 1 to 17 are written", "explain", "ann", "--digits", "18")]
    [InlineData("--steps: '0' came; a whole number from 1 on is needed", "explain", "ann", "--steps", "0")]
    [InlineData("--format: 'pdf' came; text, json, csv, markdown or html is needed", "explain", "ann", "--format", "pdf")]
    [InlineData("--json and --format csv contradict each other; leave one out", "explain", "ann", "--format", "csv", "--json")]
    [InlineData("NETWORK is missing; backprop explain --help lists what there is", "explain")]
    public void Wrong_words_are_answered_in_one_line(string said, params string[] args) => Assert.Equal($"backprop: {said}", Run.Of(args).Refusal);
}
