using System.Globalization;
using System.Numerics;
using System.Text;
using Backprop.Layers;
using Backprop.Saving;
using Backprop.Tensors;

namespace Backprop.Cli.Explain;

/// <summary>A picture of a network in text: from above to below what each layer gives, with what connects it to the next beside it.</summary>
internal static class NetworkPicture
{
    private const int MostUnits = 10;
    private const int MostRows = 6;
    private const string Unit = "○", Pixel = "□", More = "…";

    public static string Of<T>(NetworkFile<T> network) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape one = [1, .. network.Input.AsSpan()];
        var shapes = Shapes(network.Model, one);
        var blocks = new List<(string Name, string[] Drawing, string Below)>();
        for (int i = -1; i < network.Model.Layers.Count; i++)
        {
            var shape = i < 0 ? network.Input : shapes[i];
            string name = i < 0 ? "x" : network.Model.LayerNames[i];
            string type = i < 0 ? "input" : network.Model.Layers[i].Type;
            string title = name.StartsWith(type, StringComparison.Ordinal) ? $"{name} {shape}" : $"{name} ({type}) {shape}";
            bool tokens = i < 0 && network.Model.Layers[0] is Embedding<T>;
            blocks.Add((title, Drawing(shape, tokens), i + 1 < shapes.Count ? Between(network.Model.Layers[i + 1], shape, shapes[i + 1]) : ""));
        }
        int width = blocks.Max(block => block.Name.Length) + 3;
        var text = new StringBuilder();
        foreach (var (name, drawing, below) in blocks)
        {
            for (int line = 0; line < drawing.Length; line++)
                text.Append((" " + (line == 0 ? name : "").PadRight(width) + drawing[line]).TrimEnd()).Append('\n');
            if (below.Length > 0) text.Append(CultureInfo.InvariantCulture, $" {new string(' ', width)}↓  {below}\n");
        }
        text.Append(CultureInfo.InvariantCulture, $" {new string(' ', width)}↓\n {"L".PadRight(width)}{network.Loss} ← y\n");
        return text.ToString();
    }

    /// <summary>What each layer gives for one sample; the table of the model computes shapes only.</summary>
    private static List<Shape> Shapes<T>(Sequential<T> model, Shape one) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var shapes = new List<Shape>();
        foreach (var layer in model.Layers) shapes.Add((one = layer.Describe(one).Rows[^1].Output).Without(0));
        return shapes;
    }

    /// <summary>Units in a row, a sequence as a row for each time step, the first channel of a picture as a square.</summary>
    private static string[] Drawing(Shape shape, bool tokens) => shape.Rank switch
    {
        1 => [Row(shape[0], tokens ? Pixel : Unit)],
        2 => [.. Lines(shape[0], t => $"{Row(shape[1], Unit)}   t = {(t + 1).ToString(CultureInfo.InvariantCulture)}")],
        3 => [.. Lines(shape[1], row => Row(shape[2], Pixel) + (row == 0 && shape[0] > 1 ? $"   × {shape[0]}" : ""))],
        _ => [shape.ToString()],
    };

    private static IEnumerable<string> Lines(int count, Func<int, string> line)
    {
        for (int i = 0; i < Math.Min(count, MostRows); i++) yield return line(i);
        if (count > MostRows) yield return More;
    }

    private static string Row(int count, string sign) =>
        string.Join(' ', Enumerable.Repeat(sign, Math.Min(count, MostUnits))) + (count > MostUnits ? $" {More} {count}" : "");

    /// <summary>What connects a layer to what comes in.</summary>
    private static string Between<T>(Layer<T> layer, Shape from, Shape to) where T : unmanaged, IFloatingPointIeee754<T> => layer switch
    {
        Linear<T> linear => $"every input to every unit: {Weights(linear.Weight, linear.Bias)}",
        Conv2d<T> conv => $"a {conv.Weight.Shape[2]}×{conv.Weight.Shape[3]} kernel at {to[1] * to[2]} places, the same at each: {Weights(conv.Weight, conv.Bias)}",
        Conv1d<T> conv => $"a kernel of {conv.Weight.Shape[2]} at {to[1]} places, the same at each: {Weights(conv.Weight, conv.Bias)}",
        RecurrentLayer<T> recurrent =>
            FormattableString.Invariant(
                $"h_t reads x_t and h_(t−1), with the same weights at each of {from[0]} time steps: {OptimizerText.Counts(recurrent.Parameters)}"),
        Flatten<T> => "the same numbers in a row",
        Embedding<T> embedding => $"each token takes its row of {embedding.Weight.Shape}",
        EmbeddedColumns<T> embedded =>
            $"{string.Join(", ", embedded.Embeddings.Zip(embedded.LayerNames, (table, name) => $"{name} takes its row of {table.Weight.Shape}"))}",
        _ when layer.Parameters.Elements > 0 => FormattableString.Invariant($"{layer.Type}: {OptimizerText.Counts(layer.Parameters)}"),
        _ => $"{layer.Type}, no weights",
    };

    private static string Weights<T>(Tensor<T> weight, Tensor<T>? bias) where T : unmanaged, IFloatingPointIeee754<T> =>
        FormattableString.Invariant($"{weight.Length:N0} {(weight.Length == 1 ? "weight" : "weights")}") +
        (bias is null ? "" : FormattableString.Invariant($", {bias.Length:N0} {(bias.Length == 1 ? "bias" : "biases")}"));
}
