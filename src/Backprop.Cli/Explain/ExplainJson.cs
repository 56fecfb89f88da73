using System.Numerics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Backprop.Explaining;
using Backprop.Tensors;

namespace Backprop.Cli.Explain;

/// <summary>An explanation as one JSON document, <c>backprop-explain/1</c>: every number in the shortest form that reads back to the same bits.</summary>
internal static class ExplainJson
{
    public static string Of<T>(Explanation<T> explanation) where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var stream = new MemoryStream();
        // Output is UTF-8 and goes into no web page: every letter is written as itself.
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })) Write(json, explanation);
        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void Write<T>(Utf8JsonWriter json, Explanation<T> explanation) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var network = explanation.Network;
        json.WriteStartObject();
        json.WriteString("format", "backprop-explain/1");
        json.WriteString("name", network.Name);
        json.WriteString("precision", typeof(T) == typeof(float) ? "float32" : "float64");
        json.WriteStartArray("steps");
        foreach (var step in explanation.Shown) Write(json, step);
        json.WriteEndArray();
        json.WriteStartArray("losses");
        foreach (T loss in explanation.Losses) JsonText.Write(json, loss);
        json.WriteEndArray();
        json.WritePropertyName("finalLoss");
        JsonText.Write(json, explanation.FinalLoss);
        json.WriteStartObject("parameters");
        var parameters = network.Model.Parameters;
        foreach (string path in parameters.Names)
        {
            json.WritePropertyName(path);
            Write(json, parameters[path].Shape, parameters[path].Values.ToArray());
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write<T>(Utf8JsonWriter json, ExplainedStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        json.WriteStartObject();
        json.WriteNumber("step", step.Number);
        json.WritePropertyName("loss");
        JsonText.Write(json, step.Loss);
        json.WritePropertyName("dataLoss");
        JsonText.Write(json, step.DataLoss);
        WriteReads(json, "forward", step.Steps.Where(read => read.Phase != Phase.Backward), "values");
        WriteReads(json, "backward", step.Steps.Where(read => read.Phase == Phase.Backward), "gradient");
        json.WriteStartArray("update");
        foreach (var change in step.Changes) Write(json, change);
        json.WriteEndArray();
        if (step.ThroughTime is { } time) ThroughTimeJson.Write(json, time);
        WhyJson.Write(json, step.Whys);
        json.WriteEndObject();
    }

    private static void WriteReads<T>(Utf8JsonWriter json, string name, IEnumerable<ReadStep<T>> reads, string numbers)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        json.WriteStartArray(name);
        foreach (var read in reads)
        {
            json.WriteStartObject();
            json.WriteString("name", read.Path);
            json.WriteString("symbol", read.Symbol);
            json.WriteString("operation", read.Operation);
            json.WriteString("formula", read.Formula);
            WriteShape(json, read.Shape);
            json.WritePropertyName(numbers);
            Write(json, read.Shape, read.Values);
            if (read.Remembered.Count > 0)
            {
                json.WriteStartObject("remembered");
                foreach (var remembered in read.Remembered)
                {
                    json.WritePropertyName(remembered.Name);
                    Write(json, remembered.Shape, remembered.Values);
                }
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Write<T>(Utf8JsonWriter json, ReadChange<T> change) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var read = change.Step;
        json.WriteStartObject();
        json.WriteString("parameter", read.Path);
        json.WriteString("symbol", read.Symbol);
        json.WriteString("formula", read.Formula);
        WriteShape(json, read.Shape);
        json.WritePropertyName("before");
        Write(json, read.Shape, change.Before);
        json.WritePropertyName("gradient");
        Write(json, read.Shape, change.Gradient);
        json.WriteStartObject("quantities");
        foreach (var quantity in change.Quantities)
        {
            json.WritePropertyName(quantity.Name);
            Write(json, read.Shape, quantity.Values);
        }
        json.WriteEndObject();
        json.WritePropertyName("after");
        Write(json, read.Shape, read.Values);
        json.WriteEndObject();
    }

    /// <summary>The field <c>shape</c>.</summary>
    internal static void WriteShape(Utf8JsonWriter json, Shape shape)
    {
        json.WriteStartArray("shape");
        foreach (int size in shape) json.WriteNumberValue(size);
        json.WriteEndArray();
    }

    /// <summary>Numbers in lists within lists, one for each axis.</summary>
    internal static void Write<T>(Utf8JsonWriter json, Shape shape, IReadOnlyList<T> values) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int next = 0;
        Axis(0);

        void Axis(int axis)
        {
            if (axis == shape.Rank)
            {
                JsonText.Write(json, values[next++]);
                return;
            }
            json.WriteStartArray();
            for (int i = 0; i < shape[axis]; i++) Axis(axis + 1);
            json.WriteEndArray();
        }
    }
}
