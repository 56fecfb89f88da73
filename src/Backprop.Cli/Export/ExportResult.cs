using System.Globalization;
using System.Text.Json.Serialization;
using Backprop.Onnx;
using Backprop.Saving;
using Backprop.Tabular;
using Backprop.Tensors;

namespace Backprop.Cli.Export;

/// <summary>What was written, as <c>--json</c> prints it: <c>backprop-export/1</c>.</summary>
/// <param name="File">The file.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Kind">The format that was written, with its version.</param>
/// <param name="Numbers">How many weights and constants there are.</param>
/// <param name="LargestDifference">How far any number is from the model's, after what was written has been read back.</param>
/// <param name="Inputs">What the network reads there; null where the numbers alone were written, as the following ones.</param>
/// <param name="Outputs">What it gives.</param>
/// <param name="Classes">The names of the classes in the order of the outputs, where there are some.</param>
/// <param name="Operators">How often each operator is used, in the order of first use.</param>
/// <param name="Arrays">The parameters, where they alone were written.</param>
internal sealed record ExportResult(
    string File, long Bytes, string Kind, long Numbers, double LargestDifference, IReadOnlyList<ExportedValue>? Inputs = null, IReadOnlyList<ExportedValue>? Outputs = null,
    IReadOnlyList<string>? Classes = null, IReadOnlyDictionary<string, int>? Operators = null, IReadOnlyList<ExportedValue>? Arrays = null)
{
    [JsonPropertyOrder(-1)]
    public string Format { get; } = "backprop-export/1";

    /// <summary>A model that was written as ONNX.</summary>
    public static ExportResult Of(string path, OnnxModel model, IReadOnlyList<string> classes, double difference) => new(
        path, new FileInfo(path).Length, string.Create(CultureInfo.InvariantCulture, $"ONNX, operator set {OnnxModel.OperatorSet}"),
        model.Initializers.Sum(tensor => tensor.Count), difference, [.. model.Inputs.Select(ExportedValue.Of)], [.. model.Outputs.Select(ExportedValue.Of)],
        classes.Count > 0 ? classes : null, model.Nodes.CountBy(node => node.Operator).ToDictionary());

    /// <summary>A model whose parameters alone were written.</summary>
    public static ExportResult OfNumbers(string path, SavedModel<float> model, double difference) => OfArrays(path, "NumPy archive", ParametersOf(model), difference);

    /// <summary>A model whose parameters alone were written, by PyTorch's names.</summary>
    public static ExportResult OfWeights(string path, Safetensors weights, double difference) => OfArrays(
        path, "safetensors, a state dict of PyTorch", weights.Names.Select(name => (name, weights[name].Type == "F64" ? "double" : "float", weights[name].Shape)), difference);

    /// <summary>A model that was written as a program.</summary>
    public static ExportResult OfProgram(string path, string language, string archive, SavedModel<float> model, double difference) =>
        OfArrays(path, $"{language} program, its numbers in {archive}", ParametersOf(model), difference);

    private static IEnumerable<(string, string, Shape)> ParametersOf(SavedModel<float> model) =>
        model.Model.Parameters.Names.Select(name => (name, "float", model.Model.Parameters[name].Shape));

    private static ExportResult OfArrays(string path, string kind, IEnumerable<(string Name, string Type, Shape Shape)> arrays, double difference)
    {
        var written = arrays.ToArray();
        return new(
            path, new FileInfo(path).Length, kind, written.Sum(array => (long)array.Shape.Elements), difference,
            Arrays: [.. written.Select(array => new ExportedValue(array.Name, array.Type, [.. array.Shape.Select(size => size.ToString(CultureInfo.InvariantCulture))]))]);
    }

    /// <summary>The same for people.</summary>
    public string ToText()
    {
        var text = new StringWriter { NewLine = "\n" };
        text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{File}: {Kind}, {Bytes:N0} bytes"));
        foreach (var input in Inputs ?? []) text.WriteLine($"  reads    {input}");
        foreach (var output in Outputs ?? []) text.WriteLine($"  gives    {output}{(Classes is null ? "" : $": {Wording.List(Classes)}")}");
        if (Operators is not null) text.WriteLine($"  made of  {string.Join(", ", Operators.Select(pair => pair.Value == 1 ? pair.Key : $"{pair.Value} {pair.Key}"))}");
        int width = (Arrays ?? []).Max(array => (int?)array.Name.Length) ?? 0;
        foreach (var array in Arrays ?? []) text.WriteLine($"  array    {array.Name.PadRight(width)}  [{string.Join(", ", array.Axes)}]");
        text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  numbers  {Numbers:N0}; read back and compared, largest difference {LargestDifference:G3}"));
        return text.ToString();
    }
}

/// <summary>What goes into a written network or comes out of it, or an array of numbers.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="Type">The kind of its numbers.</param>
/// <param name="Axes">The size of each axis, or N for the number of samples.</param>
internal sealed record ExportedValue(string Name, string Type, IReadOnlyList<string> Axes)
{
    public static ExportedValue Of(OnnxValue value) => new(value.Name, Words.Of(value.Type), value.Axes);

    public override string ToString() => $"{Name} {Type} [{string.Join(", ", Axes)}]";
}
