using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Backprop.Layers;
using Backprop.Saving;
using Backprop.Tensors;

namespace Backprop.Onnx.Translation;

/// <summary>A saved model as a graph: transforms of the inputs, layers, and the way back of the targets' transforms.</summary>
internal static class ModelTranslation
{
    private const string Input = "input";

    public static OnnxModel Of(SavedModel<float> saved)
    {
        var graph = new GraphBuilder();
        Shape one = [1, .. saved.Input.AsSpan()];
        // What does not fit is said by the layers, before anything is translated.
        saved.Model.Describe(one);
        var type = saved.InputTransforms.Count == 0 && ReadsTokens(saved.Model) ? OnnxType.Int64 : OnnxType.Float;
        string output = graph.Unused(TakesLogits(saved.Loss) ? "logits" : "output");
        var value = new Value(graph.Unused(Input), one, type);
        foreach (var (i, transform) in saved.InputTransforms.Index()) value = TransformNodes.Apply(graph, transform, $"input_transform{i + 1}", value);
        value = new LayerTranslation(graph).Translate(saved.Model, "", value);
        foreach (var (i, transform) in saved.TargetTransforms.Reverse().Index())
            value = TransformNodes.Invert(graph, transform, $"output_transform{i + 1}", value);
        // A graph's input cannot be its output under another name.
        if (value.Name == Input) value = value with { Name = graph.Add("Identity", "identity", [Input]) };
        graph.Rename(value.Name, output);
        return new OnnxModel
        {
            Name = saved.Model.Name.Length > 0 ? saved.Model.Name : "network",
            Nodes = graph.Nodes,
            Initializers = graph.Initializers,
            Inputs = [Described(Input, type, one)],
            Outputs = [Described(output, value.Type, value.Shape)],
            Metadata = Texts(saved),
        };
    }

    /// <summary>Whether a graph can read whole numbers: nothing but an embedding reads its input.</summary>
    private static bool ReadsTokens(Layer<float> model) => model is Embedding<float> || (model is Sequential<float> chain && ReadsTokens(chain.Layers[0]));

    private static bool TakesLogits(string loss) => loss is "softmax_cross_entropy" or "binary_cross_entropy_with_logits";

    private static OnnxValue Described(string name, OnnxType type, Shape shape) =>
        new(name, type, ["N", .. shape.Skip(1).Select(size => size.ToString(CultureInfo.InvariantCulture))]);

    private static Dictionary<string, string> Texts(SavedModel<float> saved)
    {
        var texts = saved.Notes.ToDictionary(StringComparer.Ordinal);
        if (saved.Task.Length > 0) texts["task"] = saved.Task;
        if (saved.Loss.Length > 0) texts["loss"] = saved.Loss;
        if (saved.ClassNames.Count > 0) texts["classes"] = List(saved.ClassNames);
        return texts;
    }

    private static string List(IEnumerable<string> names)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartArray();
            foreach (string name in names) json.WriteStringValue(name);
            json.WriteEndArray();
        }
        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
