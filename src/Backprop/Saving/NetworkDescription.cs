using System.Numerics;
using System.Text.Json;
using Backprop.Data;
using Backprop.Layers;
using Backprop.Tensors;

namespace Backprop.Saving;

/// <summary>A network as JSON, with the field names of network files: the shape of one sample, and the layers by type and settings.
/// Sizes that follow from the input are not said.</summary>
internal static class NetworkDescription
{
    private const string Sequential = "sequential", Bidirectional = "bidirectional", FromStart = "forward", FromEnd = "backward", Embedded = "embedded_columns";

    /// <summary>Describes a network.</summary>
    /// <param name="model">A chain of layers, or a single layer.</param>
    /// <param name="input">The shape of one sample.</param>
    public static string Write<T>(Layer<T> model, Shape input) where T : unmanaged, IFloatingPointIeee754<T> => JsonTexts.Of(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("input");
        foreach (int size in input) json.WriteNumberValue(size);
        json.WriteEndArray();
        if (model is Sequential<T> chain)
        {
            if (chain.Name.Length > 0) json.WriteString("name", chain.Name);
            WriteLayers(json, chain.Layers);
        }
        else
        {
            json.WritePropertyName("layer");
            WriteLayer(json, model);
        }
        json.WriteEndObject();
    });

    /// <summary>Builds a network, its parameters not yet filled; gives the shapes of one sample and of the output for a batch of one.</summary>
    /// <param name="text">The description.</param>
    /// <param name="file">For messages.</param>
    /// <param name="unrolled">Whether recurrent layers are unrolled, as in network files.</param>
    /// <exception cref="DataException">The text describes no network of layers that are known here.</exception>
    public static (Layer<T> Model, Shape Input, Shape Output) Read<T>(string text, string file, bool unrolled = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var fields = JsonFields.Parse(text, "network", file, toRead: unrolled);
        try
        {
            Shape input = [.. fields.Wholes("input")];
            var (tape, batch) = Tape<T>.Trace([1, .. input.AsSpan()]);
            using (tape)
            {
                var first = batch;
                var model = fields.Has("layer") ? ReadLayer(fields.Object("layer"), batch)
                    : new Sequential<T>(fields.Text("name", ""), ReadLayers(fields, ref first));
                fields.Finish();
                return (model, input, model.Forward(batch).Shape);
            }
        }
        catch (ArgumentException error)
        {
            // A layer's own refusal: a size below 1, a shape that does not fit, two layers of one name.
            throw new DataException(file, $"its network cannot be built; {ArgumentText.Of(error)}", cause: error);
        }
    }

    private static void WriteLayers<T>(Utf8JsonWriter json, IReadOnlyList<Layer<T>> layers) where T : unmanaged, IFloatingPointIeee754<T>
    {
        json.WriteStartArray("layers");
        foreach (var layer in layers) WriteLayer(json, layer);
        json.WriteEndArray();
    }

    private static void WriteLayer<T>(Utf8JsonWriter json, Layer<T> layer) where T : unmanaged, IFloatingPointIeee754<T>
    {
        json.WriteStartObject();
        json.WriteString("type", layer.Type);
        if (layer.Name.Length > 0) json.WriteString("name", layer.Name);
        foreach (var (key, value) in layer.Settings) WriteSetting(json, layer.Type, key, value);
        if (layer is Sequential<T> chain) WriteLayers(json, chain.Layers);
        else if (layer is Branches<T> branches) WriteLayers(json, branches.Layers);
        else if (layer is EmbeddedColumns<T> embedded) WriteLayers(json, embedded.Embeddings);
        else if (layer is Residual<T> residual) WriteResidual(json, residual);
        else if (layer is Bidirectional<T> both)
        {
            json.WritePropertyName(FromStart);
            WriteLayer(json, both.FromStart);
            json.WritePropertyName(FromEnd);
            WriteLayer(json, both.FromEnd);
        }
        json.WriteEndObject();
    }

    private static void WriteResidual<T>(Utf8JsonWriter json, Residual<T> residual) where T : unmanaged, IFloatingPointIeee754<T>
    {
        json.WritePropertyName("body");
        WriteLayer(json, residual.Body);
        if (residual.Shortcut is null) return;
        json.WritePropertyName("shortcut");
        WriteLayer(json, residual.Shortcut);
    }

    private static void WriteSetting(Utf8JsonWriter json, string type, string key, object value)
    {
        json.WritePropertyName(key);
        switch (value)
        {
            case int whole: json.WriteNumberValue(whole); break;
            case double number: json.WriteNumberValue(number); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case string text: json.WriteStringValue(text); break;
            case int[] wholes:
                json.WriteStartArray();
                foreach (int whole in wholes) json.WriteNumberValue(whole);
                json.WriteEndArray();
                break;
            default:
                throw new NotSupportedException($"The setting '{key}' of a layer '{type}' is a {value.GetType().Name}; settings are int, double, bool, string or int[].");
        }
    }

    /// <summary>Reads the layers of a container. Each is run dry, so that the next one knows what comes to it.</summary>
    /// <param name="fields">The container.</param>
    /// <param name="batch">What comes to the first layer, on a dry tape.</param>
    /// <param name="built">Told of every layer that is no container, before its fields are held to be known.</param>
    public static Layer<T>[] ReadLayers<T>(JsonFields fields, ref Tensor<T> batch, Action<JsonFields, Layer<T>>? built = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var described = fields.Objects("layers");
        var layers = new Layer<T>[described.Count];
        for (int i = 0; i < layers.Length; i++)
        {
            try
            {
                layers[i] = ReadLayer(described[i], batch, built);
                batch = layers[i].Forward(batch);
            }
            catch (ArgumentException error) when (fields.IsNetworkFile)
            {
                throw described[i].Error(ArgumentText.Of(error), error);
            }
        }
        return layers;
    }

    /// <summary>Each branch meets what comes to all of them.</summary>
    private static Branches<T> ReadBranches<T>(JsonFields fields, string name, Tensor<T> batch, Action<JsonFields, Layer<T>>? built)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new(name, fields.Whole("axis"), [.. fields.Objects("layers").Select(described => ReadLayer(described, batch, built))]);

    private static EmbeddedColumns<T> ReadEmbedded<T>(JsonFields fields, string name, Tensor<T> batch, Action<JsonFields, Layer<T>>? built)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new(name, fields.Wholes("columns"), [.. fields.Objects("layers").Select(described => ReadLayer(described, batch, built) as Embedding<T>
            ?? throw described.Error($"a layer of {Embedded} is no embedding; each column needs one"))]);

    private static Residual<T> ReadResidual<T>(JsonFields fields, string name, Tensor<T> batch, Action<JsonFields, Layer<T>>? built)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new(ReadLayer(fields.Object("body"), batch, built), fields.Has("shortcut") ? ReadLayer(fields.Object("shortcut"), batch, built) : null, name);

    private static Layer<T> ReadLayer<T>(JsonFields fields, Tensor<T> batch, Action<JsonFields, Layer<T>>? built = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        string type = fields.Text("type"), name = fields.Text("name", "");
        if (built is not null) CheckName(fields, name);
        var layer = type switch
        {
            Sequential => new Sequential<T>(name, ReadLayers(fields, ref batch, built)),
            "branches" => ReadBranches(fields, name, batch, built),
            Embedded => ReadEmbedded(fields, name, batch, built),
            "residual" => ReadResidual(fields, name, batch, built),
            Bidirectional => ReadBidirectional(fields, name, batch, built),
            _ => LayerTypes.Build<T>(type, fields, name, batch.Shape)
                ?? throw Unknown(fields, type),
        };
        if (layer is not (Sequential<T> or Branches<T> or EmbeddedColumns<T> or Residual<T> or Bidirectional<T>)) built?.Invoke(fields, layer);
        fields.Finish();
        return layer;
    }

    /// <summary>The path of a value begins with the name of its layer: a name may not be read as more of a path, nor as another value.</summary>
    private static void CheckName(JsonFields fields, string name)
    {
        if (name is "x" or "y" or "loss") throw fields.Wrong("name", $"another name, for {name} is the network's {(name == "x" ? "input" : name == "y" ? "target" : "loss")},");
        if (name.Any(letter => letter is '.' or '[' or ']' or ',' || char.IsWhiteSpace(letter) || char.IsControl(letter)))
            throw fields.Wrong("name", "a name without spaces, points, commas and brackets");
    }

    private static DataException Unknown(JsonFields fields, string type)
    {
        string[] known = [.. LayerTypes.Names, Sequential, "branches", Embedded, "residual", Bidirectional];
        string there = $"there are {string.Join(", ", known)}";
        return fields.ErrorAt("type", Nearest.To(type, known) is { } near ? $"is \"{type}\"; did you mean {near}? ({there})"
            : $"is \"{type}\", which is unknown here; was the file written by a newer version or with a layer of its own? ({there})");
    }

    private static Bidirectional<T> ReadBidirectional<T>(JsonFields fields, string name, Tensor<T> batch, Action<JsonFields, Layer<T>>? built)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        return new(Direction(FromStart), Direction(FromEnd), name);

        RecurrentLayer<T> Direction(string field) => ReadLayer(fields.Object(field), batch, built) as RecurrentLayer<T>
            ?? throw fields.Error($"'{field}' of a {Bidirectional} layer is no recurrent layer; rnn, lstm and gru are");
    }
}
