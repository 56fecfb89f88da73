using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Backprop.Cli.DataSets;
using Backprop.Cli.Evaluate;
using Backprop.Cli.Export;
using Backprop.Cli.Import;
using Backprop.Cli.Predict;
using Backprop.Cli.Replays;
using Backprop.Cli.Train;
using Backprop.Cli.Writing;
using Backprop.Importing;
using Backprop.Tabular;

namespace Backprop.Cli;

/// <summary>How results become JSON: camelCase, words for kinds, nothing for what is missing; made at compile time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(Word<TaskKind>), typeof(Word<ModelKind>), typeof(Word<DataPart>), typeof(LowerWord<WeightLayout>), typeof(Word<Arrival>)])]
[JsonSerializable(typeof(TrainResult))]
[JsonSerializable(typeof(PredictResult))]
[JsonSerializable(typeof(WritingResult))]
[JsonSerializable(typeof(EvaluateResult))]
[JsonSerializable(typeof(ReplayResult))]
[JsonSerializable(typeof(ExportResult))]
[JsonSerializable(typeof(ImportResult))]
[JsonSerializable(typeof(GetResult))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(double))]
internal sealed partial class JsonTypes : JsonSerializerContext;

/// <summary>Writes results as JSON documents.</summary>
internal static class Json
{
    /// <summary>Figures are for people as well; predictions are many.</summary>
    private static readonly JsonTypes Indented = Types(indented: true), Dense = Types(indented: false);

    /// <summary>A result of <c>backprop train</c>.</summary>
    public static string Of(TrainResult result) => JsonSerializer.Serialize(result, Indented.TrainResult);

    /// <summary>A result of <c>backprop train</c> in one line.</summary>
    public static string Line(TrainResult result) => JsonSerializer.Serialize(result, Dense.TrainResult);

    /// <summary>A result of <c>backprop predict</c>.</summary>
    public static string Of(PredictResult result) => JsonSerializer.Serialize(result, Dense.PredictResult);

    /// <summary>A text that <c>backprop predict --prompt</c> wrote.</summary>
    public static string Of(WritingResult result) => JsonSerializer.Serialize(result, Indented.WritingResult);

    /// <summary>A result of <c>backprop evaluate</c>.</summary>
    public static string Of(EvaluateResult result) => JsonSerializer.Serialize(result, Indented.EvaluateResult);

    /// <summary>A result of <c>backprop replay</c>.</summary>
    public static string Of(ReplayResult result) => JsonSerializer.Serialize(result, Indented.ReplayResult);

    /// <summary>A result of <c>backprop export</c>.</summary>
    public static string Of(ExportResult result) => JsonSerializer.Serialize(result, Indented.ExportResult);

    /// <summary>A result of <c>backprop import</c>.</summary>
    public static string Of(ImportResult result) => JsonSerializer.Serialize(result, Indented.ImportResult);

    /// <summary>A result of <c>backprop data get</c>.</summary>
    public static string Of(GetResult result) => JsonSerializer.Serialize(result, Indented.GetResult);

    /// <summary>With every letter written as itself: output is UTF-8 and goes into no web page.</summary>
    private static JsonTypes Types(bool indented) => new(new JsonSerializerOptions(JsonTypes.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = indented,
        NewLine = "\n",
    });
}

/// <summary>Kinds as words.</summary>
internal sealed class Word<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase) where T : struct, Enum;

/// <summary>Kinds as words of small letters alone, as options say them.</summary>
internal sealed class LowerWord<T> : JsonConverter<T> where T : struct, Enum
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Words.Parse<T>(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Words.Of(value));
}
