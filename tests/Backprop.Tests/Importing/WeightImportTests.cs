using Backprop.Data;
using Backprop.Exporting;
using Backprop.Importing;
using Backprop.Layers;
using Backprop.Saving;
using Backprop.Tensors;
using Backprop.Tests.Exporting;

namespace Backprop.Tests.Importing;

public sealed class WeightImportTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Models of every layer, and again of the same kind with zeros.</summary>
    private static IEnumerable<(SavedModel<float> Model, SavedModel<float> Empty)> Pairs(TemporaryFolder folder)
    {
        foreach (var (i, model) in ExportCases.All().Index())
        {
            model.Save(folder[$"model{i}.safetensors"]);
            var empty = SavedModel<float>.Load(folder[$"model{i}.safetensors"]);
            foreach (string name in empty.Model.Parameters.Names) empty.Model.Parameters[name].Set(new float[empty.Model.Parameters[name].Length]);
            yield return (model, empty);
        }
    }

    [Fact]
    public void What_was_exported_for_PyTorch_comes_back()
    {
        int taken = 0;
        foreach (var (model, empty) in Pairs(folder).Where(pair => pair.Model.Model.Parameters.Names.Any()))
        {
            PyTorchWeights.Of(model).Save(folder["weights.safetensors"], overwrite: true);
            new WeightImport<float>(WeightFile<float>.Load(folder["weights.safetensors"]), empty.Model, empty.Input, WeightLayout.PyTorch).Apply();
            AssertSame(model, empty);
            taken++;
        }
        Assert.InRange(taken, 40, 200);
    }

    [Fact]
    public void A_model_and_an_archive_of_ours_come_back()
    {
        foreach (var (i, (model, empty)) in Pairs(folder).Index())
        {
            if (!model.Model.Parameters.Names.Any()) continue;
            var plan = new WeightImport<float>(WeightFile<float>.Load(folder[$"model{i}.safetensors"]), empty.Model, empty.Input);
            Assert.Equal(WeightLayout.Backprop, plan.Layout);
            Assert.All(empty.Model.Parameters.Names, name => Assert.All(empty.Model.Parameters[name].Values.ToArray(), value => Assert.Equal(0, value)));
            plan.Apply();
            AssertSame(model, empty);
            model.SaveNpz(folder["archive.npz"], overwrite: true);
            new WeightImport<float>(WeightFile<float>.Load(folder["archive.npz"]), empty.Model, empty.Input, WeightLayout.Backprop).Apply();
            AssertSame(model, empty);
        }
    }

    private static void AssertSame(SavedModel<float> model, SavedModel<float> other) =>
        Assert.All(model.Model.Parameters.Names, name => Assert.Equal(model.Model.Parameters[name].Values.ToArray(), other.Model.Parameters[name].Values.ToArray()));

    private WeightFile<double> FileOf(params (string Name, Shape Shape)[] arrays) =>
        FileOf([.. arrays.Select((array, k) => (array.Name, Nn<double>.Tensor(array.Shape, [.. Enumerable.Range(0, array.Shape.Elements).Select(i => 10.0 * k + i)])))]);

    private WeightFile<double> FileOf(params (string Name, Tensor<double> Array)[] arrays)
    {
        using (var stream = File.Create(folder["foreign.npz"])) Npz.Write(stream, arrays);
        return WeightFile<double>.Load(folder["foreign.npz"]);
    }

    private static Sequential<double> TwoLayers() => new(new Linear<double>(2, 3, new Random(1)), new Relu<double>(), new Linear<double>(3, 1, new Random(2)));

    private string Refusal(Layer<double> model, Shape input, WeightLayout? layout, IReadOnlyDictionary<string, string?>? map, params (string, Shape)[] arrays) =>
        Assert.Throws<DataException>(() => new WeightImport<double>(FileOf(arrays), model, input, layout, map)).Message[(folder["foreign.npz"].Length + 2)..];

    [Fact]
    public void What_is_left_over_on_either_side_is_listed() => Assert.Equal(
        "without a place in the network: head.weight [5, 3], head.bias [5]; without an array in the file: linear2.weight [3, 1] from weight [1, 3] (turned), " +
        "linear2.bias [1] from bias [1] (as it is); head has weight [5, 3]; [1, 3] is needed, which becomes [3, 1] (turned), for linear2; " +
        "a mapping (--map) says which belongs to which, and null what is left out",
        Refusal(TwoLayers(), [2], WeightLayout.PyTorch, null, ("body.weight", [3, 2]), ("body.bias", [3]), ("head.weight", [5, 3]), ("head.bias", [5])));

    [Fact]
    public void A_layer_of_the_same_name_with_another_shape_is_said() => Assert.Equal(
        "linear2 has weight [3, 1]; [1, 3] is needed, which becomes [3, 1] (turned), for linear2",
        Refusal(
            TwoLayers(), [2], WeightLayout.PyTorch, null, ("linear1.weight", [3, 2]), ("linear1.bias", [3]), ("linear2.weight", [3, 1]), ("linear2.bias", [1])));

    [Fact]
    public void Arrays_that_could_be_anybodys_are_not_guessed() => Assert.Equal(
        "the names of its arrays do not say whether they are PyTorch's, Keras' or Backprop's, and they fit Backprop and PyTorch; say it (--from)",
        Refusal(new Linear<double>(2, 2, new Random(1)), [2], null, null, ("weight", [2, 2]), ("bias", [2])));

    [Fact]
    public void Arrays_of_no_layer_are_left_over() => Assert.StartsWith(
        "without a place in the network: extra [4]; a mapping",
        Refusal(TwoLayers(), [2], WeightLayout.PyTorch, null, ("a.weight", [3, 2]), ("a.bias", [3]), ("b.weight", [1, 3]), ("b.bias", [1]), ("extra", [4])), StringComparison.Ordinal);

    [Fact]
    public void A_mapping_may_name_layers_and_arrays_and_leave_out()
    {
        var model = TwoLayers();
        var map = new Dictionary<string, string?> { ["a"] = "linear2", ["b.weight"] = "linear1.weight", ["b.bias"] = "linear1.bias", ["extra"] = null };
        var plan = new WeightImport<double>(
            FileOf(("a.weight", [1, 3]), ("a.bias", [1]), ("b.weight", [3, 2]), ("b.bias", [3]), ("extra", [4])), model, [2], WeightLayout.PyTorch, map);
        plan.Apply();
        Assert.Equal([20, 22, 24, 21, 23, 25], model.Parameters["linear1.weight"].Values.ToArray());
        Assert.Equal([0, 1, 2], model.Parameters["linear2.weight"].Values.ToArray());
        Assert.Equal("left out by the mapping", Assert.Single(plan.Matches, match => match.Theirs == "extra").How);
    }

    [Fact]
    public void A_mapping_that_names_what_is_not_there_is_refused_with_the_nearest_name()
    {
        (string, Shape)[] arrays = [("a.weight", [3, 2]), ("a.bias", [3]), ("b.weight", [1, 3]), ("b.bias", [1])];
        Assert.Equal(
            "the mapping names 'linear11'; did you mean linear1? (the network has linear1, linear2)",
            Refusal(TwoLayers(), [2], WeightLayout.PyTorch, new Dictionary<string, string?> { ["a"] = "linear11" }, arrays));
        Assert.StartsWith(
            "the mapping names 'fc'; (the file holds a, b, a.weight", Refusal(TwoLayers(), [2], WeightLayout.PyTorch, new Dictionary<string, string?> { ["fc"] = "linear1" }, arrays),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "a.weight [3, 2] cannot become linear2.weight [3, 1]: [1, 3] of fractions is needed (turned)",
            Refusal(TwoLayers(), [2], WeightLayout.PyTorch, new Dictionary<string, string?> { ["a.weight"] = "linear2.weight" }, arrays), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mapping_is_an_object_of_texts()
    {
        File.WriteAllText(folder["map.json"], """{ "a": "b", "c": null }""");
        Assert.Equal([("a", "b"), ("c", null)], WeightMap.Load(folder["map.json"]).Select(pair => (pair.Key, pair.Value)));
        foreach (string text in new[] { "[1]", """{ "a": 1 }""", """{ "a": "b", "a": "c" }""", "{" })
        {
            File.WriteAllText(folder["map.json"], text);
            Assert.Throws<DataException>(() => WeightMap.Load(folder["map.json"]));
        }
    }

    [Fact]
    public void A_norm_that_learns_nothing_there_has_the_usual_numbers()
    {
        var norm = new BatchNorm1d<double>(2);
        norm.Scale.Set([7, 7]);
        norm.Shift.Set([7, 7]);
        var plan = new WeightImport<double>(FileOf(("running_mean", [2]), ("running_var", [2])), norm, [2]);
        plan.Apply();
        Assert.Equal(["1 everywhere", "0 everywhere"], plan.Matches.Where(match => match.Theirs.Length == 0).Select(match => match.How));
        Assert.Equal([1, 1, 0, 0, 0, 1, 10, 11], norm.Parameters.Names.SelectMany(name => norm.Parameters[name].Values.ToArray()));
    }

    [Fact]
    public void A_shared_parameter_takes_equal_arrays_only()
    {
        var weight = new Parameter<double>([1, 1], [3], "weight");
        var model = new Sequential<double>(new Linear<double>(weight), new Linear<double>(weight));
        new WeightImport<double>(FileOf(("a.weight", Nn<double>.Tensor([1, 1], 5.0)), ("b.weight", Nn<double>.Tensor([1, 1], 5.0))), model, [1], WeightLayout.PyTorch).Apply();
        Assert.Equal(5, weight.Value);
        var differing = new WeightImport<double>(FileOf(("a.weight", [1, 1]), ("b.weight", [1, 1])), model, [1], WeightLayout.PyTorch);
        Assert.Contains("linear1 and linear2 share a parameter", Assert.Throws<DataException>(differing.Apply).Message, StringComparison.Ordinal);
        Assert.Equal(5, weight.Value);
    }

    [Fact]
    public void What_a_person_had_better_look_at_is_noted()
    {
        var layers = new Sequential<double>(new Linear<double>(2, 2, new Random(1)), new Linear<double>(2, 2, new Random(1)));
        Assert.Contains("by the order of their names", Assert.Single(new WeightImport<double>(
            FileOf(("a.bias", [2]), ("a.weight", [2, 2]), ("b.bias", [2]), ("b.weight", [2, 2])), layers, [2], WeightLayout.PyTorch).Notes), StringComparison.Ordinal);
        Assert.Contains("epsilon 1E-05; Keras' own is 0.001", Assert.Single(new WeightImport<double>(
            FileOf(("n/gamma", [2]), ("n/beta", [2]), ("n/moving_mean", [2]), ("n/moving_variance", [2])), new BatchNorm1d<double>(2), [2]).Notes), StringComparison.Ordinal);
        Assert.Contains(
            "reset_after=False", Refusal(new Gru<double>(1, 2, new Random(1)), [3, 1], null, null, ("gru/kernel", [1, 6]), ("gru/recurrent_kernel", [2, 6]), ("gru/bias", [6])),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Arrays_without_names_are_taken_in_order()
    {
        Assert.Equal(
            "arr_2 is [3, 2]; linear2 needs kernel [3, 1] there, which becomes linear2.weight [3, 1] (as it is)",
            Refusal(TwoLayers(), [2], WeightLayout.Keras, null, ("arr_0", [2, 3]), ("arr_1", [3]), ("arr_2", [3, 2]), ("arr_3", [1])));
        Assert.StartsWith(
            "without an array in the file: linear2.bias [1] from bias [1]",
            Refusal(TwoLayers(), [2], WeightLayout.Keras, null, ("arr_0", [2, 3]), ("arr_1", [3]), ("arr_2", [3, 1])), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("in PyTorch write", "80027D71")]
    [InlineData("in Keras write", "89484446")]
    [InlineData("no .npz archive", "504B0304")]
    [InlineData("neither a safetensors file nor", "612C620A")]
    public void Files_that_are_not_read_say_what_to_do(string said, string start)
    {
        File.WriteAllBytes(folder["weights.pt"], [.. Convert.FromHexString(start), .. new byte[40]]);
        Assert.Contains(said, Assert.Throws<DataException>(() => WeightFile<float>.Load(folder["weights.pt"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Axes_rows_and_blocks_change_places()
    {
        // [2, 3] of 0 … 5 turned, and [1, 2, 3] with its axes from behind.
        Assert.Equal([0, 3, 1, 4, 2, 5], Turning.Axes([0, 1, 2, 3, 4, 5], [2, 3], [1, 0]));
        Assert.Equal([0, 3, 1, 4, 2, 5], Turning.Axes([0, 1, 2, 3, 4, 5], [1, 2, 3], [2, 1, 0]));
        Assert.Equal([4, 5, 0, 1, 2, 3], Turning.Rows([0, 1, 2, 3, 4, 5], [2, 0, 1]));
        Assert.Equal([1, 0, 2, 4, 3, 5], Turning.Blocks([0, 1, 2, 3, 4, 5], 1, 1, 0, 2));
    }
}
