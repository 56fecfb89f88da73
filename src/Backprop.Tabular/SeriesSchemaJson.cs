using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Backprop.Data;

namespace Backprop.Tabular;

/// <summary>A <see cref="SeriesSchema"/> as text, so that it can go with the model that was trained on the series.</summary>
public static partial class SeriesSchemaJson
{
    /// <summary>With every letter written as itself: the text goes into no web page.</summary>
    private static readonly SeriesContext Readable =
        new(new JsonSerializerOptions(SeriesContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The schema as one JSON object.</summary>
    public static string Write(SeriesSchema schema) => JsonSerializer.Serialize(schema, Readable.SeriesSchema);

    /// <summary>Reads a schema back.</summary>
    /// <param name="text">What <see cref="Write"/> gave.</param>
    /// <param name="file">The file that the text comes from, for the message.</param>
    /// <exception cref="DataException">The text is no schema.</exception>
    public static SeriesSchema Read(string text, string file)
    {
        try
        {
            if (JsonSerializer.Deserialize(text, Readable.SeriesSchema) is { } schema && IsWhole(schema)) return schema;
        }
        catch (JsonException error)
        {
            throw new DataException(file, $"its description of the time series is damaged; {error.Message}", cause: error);
        }
        throw new DataException(file, "its description of the time series says too little: columns, target, window and horizon are needed");
    }

    private static bool IsWhole(SeriesSchema schema) =>
        schema is { Columns.Count: > 0, Target: >= 0, Window: > 0, Horizon: > 0 } && schema.Target < schema.Columns.Count
        && schema.Columns.All(column => column is { Name: not null, Index: >= 0 } && column.Index < schema.ColumnCount);

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
    [JsonSerializable(typeof(SeriesSchema))]
    private sealed partial class SeriesContext : JsonSerializerContext;
}
