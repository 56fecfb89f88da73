using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Backprop.Data;

namespace Backprop.Tabular;

/// <summary>A <see cref="TableSchema"/> as text, so that it can go with the model that was trained on the table.</summary>
public static partial class TableSchemaJson
{
    /// <summary>With every letter written as itself: the text goes into no web page.</summary>
    private static readonly Context Readable =
        new(new JsonSerializerOptions(Context.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The schema as one JSON object.</summary>
    public static string Write(TableSchema schema) => JsonSerializer.Serialize(schema, Readable.TableSchema);

    /// <summary>Reads a schema back.</summary>
    /// <param name="text">What <see cref="Write"/> gave.</param>
    /// <param name="file">The file that the text comes from, for the message.</param>
    /// <exception cref="DataException">The text is no schema.</exception>
    public static TableSchema Read(string text, string file)
    {
        try
        {
            if (JsonSerializer.Deserialize(text, Readable.TableSchema) is { } schema)
            {
                if (schema.Version > TableSchema.NewestVersion)
                    throw new DataException(
                        file, $"its description of the table has version {schema.Version}, versions up to {TableSchema.NewestVersion} are read here; take a newer backprop");
                if (IsWhole(schema)) return schema;
            }
        }
        catch (JsonException error)
        {
            throw new DataException(file, $"its description of the table is damaged; {error.Message}", cause: error);
        }
        throw new DataException(file, "its description of the table says too little: features, target, task and classes are needed");
    }

    private static bool IsWhole(TableSchema schema) =>
        schema is { Features.Count: > 0, TargetName: not null, Classes: not null } && schema.Features.All(feature => feature is { Name: not null, Embedding: null or > 0 } and not { Embedding: not null, Values: null });

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true, Converters = [typeof(TaskWord), typeof(MissingWord), typeof(UnknownWord)])]
    [JsonSerializable(typeof(TableSchema))]
    private sealed partial class Context : JsonSerializerContext;

    private sealed class TaskWord() : JsonStringEnumConverter<TaskKind>(JsonNamingPolicy.CamelCase);

    private sealed class MissingWord() : JsonStringEnumConverter<MissingPolicy>(JsonNamingPolicy.CamelCase);

    private sealed class UnknownWord() : JsonStringEnumConverter<UnknownPolicy>(JsonNamingPolicy.CamelCase);
}
