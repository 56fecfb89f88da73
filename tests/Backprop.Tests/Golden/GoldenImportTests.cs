using System.Numerics;
using System.Text.Json;
using Backprop.Data;
using Backprop.Importing;
using Backprop.Saving;
using Backprop.Tensors;

namespace Backprop.Tests.Golden;

public sealed class GoldenImportTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Cases => GoldenFile.Names("imports");

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_network_with_their_weights_gives_what_theirs_gives(string name)
    {
        Compare<double>(name, 1e-12);
        Compare<float>(name, 1e-5);
    }

    private void Compare<T>(string name, double tolerance) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var golden = GoldenFile.Case("imports", name);
        var layout = Enum.Parse<WeightLayout>(golden.Text("layout"));
        var (model, input, _) = NetworkDescription.Read<T>(golden.Settings.GetProperty("network").GetRawText(), "the network");
        foreach (string path in model.Parameters.Names) model.Parameters[path].LendValues(new T[model.Parameters[path].Length], 0);
        // What the names do not say is said, as a person would.
        bool said = name.Contains("get_weights", StringComparison.Ordinal) || name.Contains("eleven", StringComparison.Ordinal);
        var plan = new WeightImport<T>(WeightFile<T>.Load(Written(golden, layout)), model, input, said ? layout : null, Map(golden));
        Assert.Equal(layout, plan.Layout);
        plan.Apply();
        var x = Nn<T>.Tensor(golden.Inputs["x"].Shape, [.. golden.Inputs["x"].Values.Select(T.CreateChecked)]);
        var y = model.Predictor().Predict(x);
        Assert.Equal(golden.Outputs["y"].Shape, y.Shape);
        GoldenAssert.Near(golden.Outputs["y"].Values, [.. y.Values.ToArray().Select(value => double.CreateChecked(value))], $"{name} in {typeof(T).Name}", tolerance);
    }

    /// <summary>The file of a case: sorted as safetensors are, or in an order of its own as archives are.</summary>
    private string Written(GoldenCase golden, WeightLayout layout)
    {
        var arrays = golden.Settings.GetProperty("arrays").EnumerateArray().Select((array, k) => Filled(
            k, array.GetProperty("name").GetString()!, array.GetProperty("above").GetInt32(), [.. array.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())])).ToArray();
        if (layout == WeightLayout.Keras)
        {
            using var stream = File.Create(folder["weights.npz"]);
            Npz.Write(stream, arrays);
            return folder["weights.npz"];
        }
        var content = new Safetensors();
        foreach (var (name, array) in arrays)
            if (name.EndsWith("tracked", StringComparison.Ordinal)) content.Add(name, new SavedTensor("I64", [], BitConverter.GetBytes(7L)));
            else content.Add(name, array);
        content.Save(folder["weights.safetensors"], overwrite: true);
        return folder["weights.safetensors"];
    }

    private static (string, Tensor<double>) Filled(int k, string name, int above, Shape shape) =>
        (name, Nn<double>.Tensor(shape, [.. Enumerable.Range(0, shape.Elements).Select(i => 0.6 * Math.Sin(1.7 * i + k) + above)]));

    private static Dictionary<string, string?>? Map(GoldenCase golden) => golden.Settings.GetProperty("map") is { ValueKind: JsonValueKind.Object } map
        ? map.EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetString()) : null;
}
