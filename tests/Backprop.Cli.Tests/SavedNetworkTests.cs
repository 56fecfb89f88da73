using System.Text.Json;
using Backprop.Saving;

namespace Backprop.Cli.Tests;

/// <summary>A saved model where a network file could stand.</summary>
public sealed class SavedNetworkTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static double[] Numbers(JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? [.. value.EnumerateArray().SelectMany(Numbers)] : [value.GetDouble()];

    private JsonElement Explained(string model, string data, params string[] options)
    {
        var run = Run.Of(["explain", folder[model], "--data", data, "--json", "--force", .. options]);
        Assert.Equal((0, ""), (run.Code, run.Code == 0 ? "" : run.Error));
        Assert.Empty(Schema.Of("explain").Errors(run.Output));
        return JsonDocument.Parse(run.Output).RootElement;
    }

    private static JsonElement Last(JsonElement document, string part) => document.GetProperty("steps")[0].GetProperty(part).EnumerateArray().Last();

    [Fact]
    public void A_model_of_a_table_is_explained_on_its_rows()
    {
        string data = Flowers.Write(folder);
        Assert.Equal(0, Run.Of("train", data, "--target", "kind", "--epochs", "20", "--save", folder["flowers"]).Code);
        var document = Explained("flowers", data, "--samples", "3");
        Assert.Equal("float32", document.GetProperty("precision").GetString());
        var forward = document.GetProperty("steps")[0].GetProperty("forward").EnumerateArray().ToList();
        double[] logits = Numbers(forward[^2].GetProperty("values"));
        Assert.Equal(9, logits.Length);
        // What the model says to the same rows, and the mean of −log of the right classes' probabilities.
        string[] predicted = Run.Of("predict", folder["flowers"], data).Output.Split('\n');
        double loss = 0;
        for (int row = 0; row < 3; row++)
        {
            double[] powers = [.. logits[(3 * row)..(3 * row + 3)].Select(Math.Exp)];
            double[] said = [.. predicted[1 + row].Split(',')[2..].Select(cell => double.Parse(cell, System.Globalization.CultureInfo.InvariantCulture))];
            for (int i = 0; i < 3; i++) Assert.Equal(said[i], powers[i] / powers.Sum(), 1e-6);
            loss -= Math.Log(said[row]) / 3;
        }
        Assert.Equal(loss, document.GetProperty("losses")[0].GetDouble(), 1e-6);
        Assert.InRange(document.GetProperty("finalLoss").GetDouble(), 0, loss);
    }

    [Fact]
    public void A_model_of_numbers_compares_them_as_it_was_trained()
    {
        string data = Flowers.Line(folder);
        Assert.Equal(0, Run.Of("train", data, "--target", "y", "--epochs", "20", "--save", folder["line"]).Code);
        var document = Explained("line", data);
        double said = Numbers(document.GetProperty("steps")[0].GetProperty("forward").EnumerateArray().Last(read => read.GetProperty("shape").GetArrayLength() == 2)
            .GetProperty("values"))[0];
        // The first row's target through the model's own transform.
        var saved = SavedModel<double>.Load(folder["line"]);
        double right = saved.TargetTransforms.Aggregate(Nn<double>.Tensor([1, 1], 100), (values, transform) => transform.Apply(values)).Value;
        Assert.Equal((said - right) * (said - right), document.GetProperty("losses")[0].GetDouble(), 1e-6);
    }

    [Fact]
    public void A_recurrent_model_is_read_time_step_by_time_step()
    {
        Pictures.Write(folder, "train", 8);
        Assert.Equal(0, Run.Of("train", folder.Path, "--model", "rnn", "--hidden", "3", "--epochs", "1", "--save", folder["rows"]).Code);
        var names = Explained("rows", folder.Path).GetProperty("steps")[0].GetProperty("forward").EnumerateArray().Select(read => read.GetProperty("symbol").GetString()).ToList();
        for (int t = 1; t <= 12; t++) Assert.Contains($"h_{t}", names);
        Assert.Equal(0, Run.Of("train", folder.Path, "--model", "lenet", "--epochs", "1", "--save", folder["lenet"]).Code);
        Assert.Equal("loss", Last(Explained("lenet", folder.Path, "--samples", "2"), "forward").GetProperty("name").GetString());
    }

    [Fact]
    public void A_probability_of_the_second_class_meets_a_number()
    {
        string data = Flowers.Write(folder, "two.csv", "a,kind\n0,no\n1,yes\n2,no\n3,yes\n");
        Assert.Equal(0, Run.Of("train", data, "--target", "kind", "--epochs", "1", "--hidden", "2", "--save", folder["two"]).Code);
        var trained = SavedModel<double>.Load(folder["two"]);
        var model = Nn<double>.Sequential(Nn<double>.Linear(1, 1, new Random(1)), Nn<double>.Sigmoid());
        new SavedModel<double>(model, [1])
        {
            Loss = "binary_cross_entropy",
            ClassNames = trained.ClassNames,
            InputTransforms = trained.InputTransforms,
            Notes = trained.Notes,
        }.Save(folder["one"]);
        var document = Explained("one", data, "--samples", "2");
        Assert.Equal("float64", document.GetProperty("precision").GetString());
        double[] said = Numbers(document.GetProperty("steps")[0].GetProperty("forward").EnumerateArray().Single(read => read.GetProperty("name").GetString() == "sigmoid1").GetProperty("values"));
        Assert.Equal(-(Math.Log(1 - said[0]) + Math.Log(said[1])) / 2, document.GetProperty("losses")[0].GetDouble(), 1e-12);
    }

    [Fact]
    public void What_is_missing_is_said_in_one_line()
    {
        string data = Flowers.Write(folder), model = folder["flowers"];
        Assert.Equal(0, Run.Of("train", data, "--target", "kind", "--epochs", "1", "--save", model).Code);
        Assert.Equal(
            $"backprop: {model}: a saved model has no data of its own; --data FILE gives it some, a table with the columns that trained it, the target too",
            Run.Of("explain", model).Refusal);
        string without = Flowers.Write(folder, "new.csv", "colour,width,length\nrot,2,0\n");
        Assert.Equal(
            $"backprop: {without}: what is right for its samples is missing, so there is no loss and no gradient; a table with the columns that trained it, the target too is needed",
            Run.Of("explain", model, "--data", without).Refusal);
        Assert.Equal($"backprop: --samples: '61' came; {data} has 60", Run.Of("explain", model, "--data", data, "--samples", "61").Refusal);
        Assert.Equal("backprop: --data belongs to a saved model; mazur is a network file, which has its data; leave the option out", Run.Of("explain", "mazur", "--data", data).Refusal);
        Assert.Equal("backprop: --samples belongs to a saved model; ann is a network file, which has its data; leave the option out", Run.Of("explain", "ann", "--samples", "2").Refusal);
        string cut = folder.Write("cut.safetensors", File.ReadAllBytes(model)[..1000]), empty = folder.Write("empty.safetensors", []);
        foreach (string command in new[] { "explain", "check" })
        {
            Assert.StartsWith($"backprop: {cut}: it is cut off within its header: 1000 bytes came, ", Run.Of(command, cut, "--data", data).Refusal, StringComparison.Ordinal);
            Assert.Equal($"backprop: {empty}: it has 0 bytes, too few for a safetensors file", Run.Of(command, empty, "--data", data).Refusal);
        }
        new SavedModel<float>(Nn<float>.Linear(2, 1, new Random(1)), [2]).Save(folder["bare"]);
        Assert.Equal(
            $"backprop: {folder["bare"]}: it does not say how a table becomes its inputs; NumPy's arrays (.npy, .npz) with [2] for each sample are needed, or a model that backprop train saved",
            Run.Of("explain", folder["bare"], "--data", data).Refusal);
    }
}
