using System.Text.Json;
using Backprop.Tensors;

namespace Backprop.Tests.Golden;

/// <summary>Numbers that PyTorch computed in double: Golden/NAME.json, written by tools/golden/NAME.py.</summary>
public static class GoldenFile
{
    /// <summary>The names of the cases of a file, for a theory.</summary>
    public static TheoryData<string> Names(string file) => [.. Read(file).Select(entry => entry.Name)];

    /// <summary>One case of a file.</summary>
    public static GoldenCase Case(string file, string name) => Read(file).Single(entry => entry.Name == name);

    /// <summary>All cases of a file.</summary>
    public static IReadOnlyList<GoldenCase> Read(string file)
    {
        using var stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Golden", file + ".json"));
        using var document = JsonDocument.Parse(stream);
        return [.. document.RootElement.GetProperty("cases").EnumerateArray().Select(entry => new GoldenCase(
            entry.GetProperty("name").GetString()!,
            Tensors(entry.GetProperty("inputs")),
            entry.GetProperty("settings").Clone(),
            Tensors(entry.GetProperty("outputs")),
            Tensors(entry.GetProperty("gradients"))))];
    }

    private static Dictionary<string, GoldenTensor> Tensors(JsonElement group) => group.EnumerateObject().ToDictionary(
        entry => entry.Name,
        entry => new GoldenTensor(
            new Shape([.. entry.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())]),
            [.. entry.Value.GetProperty("values").EnumerateArray().Select(value => value.GetDouble())]));
}

/// <summary>A tensor of a golden file.</summary>
public sealed record GoldenTensor(Shape Shape, double[] Values)
{
    /// <summary>A data input with these values.</summary>
    public Tensor<double> ToTensor() => Nn<double>.Tensor(Shape, Values);

    /// <summary>A parameter with these values.</summary>
    public Parameter<double> ToParameter(string name = "") => new(Shape, Values, name);

    /// <summary>Class numbers with these values.</summary>
    public Indices ToIndices() => new(Shape, [.. Values.Select(value => (int)value)]);
}

/// <summary>One case: what goes in, and what PyTorch made of it.</summary>
public sealed record GoldenCase(
    string Name,
    IReadOnlyDictionary<string, GoldenTensor> Inputs,
    JsonElement Settings,
    IReadOnlyDictionary<string, GoldenTensor> Outputs,
    IReadOnlyDictionary<string, GoldenTensor> Gradients)
{
    /// <summary>A setting that is a number.</summary>
    public double Number(string setting) => Settings.GetProperty(setting).GetDouble();

    /// <summary>A setting that is a whole number.</summary>
    public int Whole(string setting) => Settings.GetProperty(setting).GetInt32();

    /// <summary>A setting that is a list of whole numbers.</summary>
    public int[] Wholes(string setting) => [.. Settings.GetProperty(setting).EnumerateArray().Select(value => value.GetInt32())];

    /// <summary>A setting that is yes or no.</summary>
    public bool Flag(string setting) => Settings.GetProperty(setting).GetBoolean();

    /// <summary>A setting that is a text.</summary>
    public string Text(string setting) => Settings.GetProperty(setting).GetString()!;

    /// <summary>Holds an output to its golden values.</summary>
    public void Matches(string output, Tensor<double> actual, double tolerance = GoldenAssert.Tolerance)
    {
        Assert.Equal(Outputs[output].Shape, actual.Shape);
        GoldenAssert.Near(Outputs[output].Values, actual.Values, $"{Name}: {output}", tolerance);
    }

    /// <summary>Holds the gradient of an input to its golden values.</summary>
    public void MatchesGradient(string input, Tensor<double> actual, double tolerance = GoldenAssert.Tolerance)
    {
        Assert.Equal(Gradients[input].Shape, actual.Shape);
        GoldenAssert.Near(Gradients[input].Values, actual.Gradient, $"{Name}: d{input}", tolerance);
    }
}
