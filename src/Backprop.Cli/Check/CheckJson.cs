using System.Text.Json;
using Backprop.Checking;
using Backprop.Saving;

namespace Backprop.Cli.Check;

/// <summary>A diagnosis as one JSON document, <c>backprop-check/1</c>.</summary>
internal static class CheckJson
{
    public static string Of(NetworkFile<double> network, Diagnosis diagnosis) => JsonText.Of(json =>
    {
        json.WriteString("format", "backprop-check/1");
        json.WriteString("name", network.Name);
        Write(json, diagnosis);
    });

    /// <summary>The fields of a diagnosis, into an object that is open.</summary>
    public static void Write(Utf8JsonWriter json, Diagnosis diagnosis)
    {
        json.WriteString("verdict", CheckText.Word(diagnosis.Verdict));
        json.WriteStartArray("parameters");
        foreach (var parameter in diagnosis.Report.Parameters) Write(json, parameter);
        json.WriteEndArray();
        json.WriteStartArray("findings");
        foreach (var finding in diagnosis.Findings) Write(json, finding);
        json.WriteEndArray();
        json.WriteStartArray("remarks");
        foreach (string remark in diagnosis.Remarks) json.WriteStringValue(remark);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, ParameterCheck parameter)
    {
        json.WriteStartObject();
        json.WriteString("parameter", parameter.Name);
        json.WriteStartArray("shape");
        foreach (int size in parameter.Shape) json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteNumber("checked", parameter.Checked);
        json.WriteString("verdict", CheckText.Word(parameter.Verdict));
        if (parameter.Worst.Index >= 0) WriteWorst(json, parameter);
        json.WriteEndObject();
    }

    private static void WriteWorst(Utf8JsonWriter json, ParameterCheck parameter)
    {
        var worst = parameter.Worst;
        json.WriteStartObject("worst");
        json.WriteString("entry", parameter.WorstEntry);
        json.WriteNumber("index", worst.Index);
        JsonText.Write(json, "gradient", worst.Analytic);
        JsonText.Write(json, "differences", worst.Numeric);
        JsonText.Write(json, "relativeError", worst.Error);
        json.WriteString("reason", worst.Reason);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject();
        json.WriteString("where", finding.Where);
        json.WriteString("symptom", finding.Symptom);
        json.WriteStartArray("causes");
        foreach (var cause in finding.Causes)
        {
            json.WriteStartObject();
            json.WriteString("kind", JsonNamingPolicy.KebabCaseLower.ConvertName(cause.Kind.ToString()));
            json.WriteString("where", cause.Where);
            json.WriteString("sentence", cause.Sentence);
            json.WriteString("remedy", cause.Remedy);
            json.WriteString("tellApart", cause.TellApart);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
