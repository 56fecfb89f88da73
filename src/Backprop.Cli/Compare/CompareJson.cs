using System.Text.Json;
using Backprop.Lessons.Comparison;

namespace Backprop.Cli.Compare;

/// <summary>A comparison as one JSON document, <c>backprop-compare/1</c>: every number in the shortest form that reads back to the same
/// bits.</summary>
internal static class CompareJson
{
    public static string Of(ComparisonResult result) => JsonText.Of(json => Write(json, result));

    private static void Write(Utf8JsonWriter json, ComparisonResult result)
    {
        json.WriteString("format", "backprop-compare/1");
        Write(json, result.Data);
        json.WriteNumber("epochs", result.Epochs);
        json.WriteNumber("batch", result.Options.BatchSize);
        json.WriteNumber("seed", result.Options.Seed);
        json.WriteNumber("seeds", result.Options.Seeds);
        json.WriteString("score", result.Data.IsClassification ? "accuracy" : "rmse");
        json.WriteNumber("baseline", result.Data.Baseline());
        json.WriteStartArray("networks");
        foreach (var family in result.Families) Write(json, family);
        json.WriteEndArray();
        json.WriteStartArray("pairs");
        foreach (var pair in result.Pairs)
        {
            json.WriteStartObject();
            json.WriteString("better", pair.Better.Family.Name);
            json.WriteString("other", pair.Other.Family.Name);
            json.WriteNumber("difference", Math.Abs(pair.Better.Mean - pair.Other.Mean));
            json.WriteNumber("standardError", pair.StandardError);
            json.WriteBoolean("toldApart", pair.AreToldApart);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("conclusions");
        foreach (string line in ComparisonTable.Conclusions(result)) json.WriteStringValue(line);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, ComparisonData data)
    {
        json.WriteStartObject("data");
        json.WriteString("name", data.Name);
        json.WriteStartArray("shape");
        foreach (int size in data.Train.SampleShape) json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteString("task", data.IsClassification ? "classification" : "regression");
        json.WriteStartArray("classes");
        foreach (string name in data.Train.ClassNames) json.WriteStringValue(name);
        json.WriteEndArray();
        json.WriteNumber("trainSamples", data.Train.Count);
        json.WriteNumber("validationSamples", data.Validation.Count);
        json.WriteNumber("testSamples", data.Test.Count);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, FamilyResult family)
    {
        json.WriteStartObject();
        json.WriteString("name", family.Family.Name);
        json.WriteString("title", family.Family.Title);
        json.WriteString("madeFor", family.Family.MadeFor);
        json.WriteString("reads", family.Family.Reads);
        json.WriteString("structure", family.Family.Structure(family.Width));
        json.WriteNumber("width", family.Width);
        json.WriteNumber("stateNumbers", family.Family.StateNumbers(family.Width));
        json.WriteString("sharing", family.Family.Sharing);
        json.WriteNumber("usesPerWeight", family.UsesPerWeight);
        json.WriteNumber("parameters", family.Parameters);
        json.WriteNumber("weights", family.Weights);
        json.WriteNumber("multiplyAdds", family.MultiplyAdds);
        json.WriteNumber("learningRate", family.LearningRate);
        json.WriteStartArray("learningRates");
        foreach (var rate in family.Rates)
        {
            json.WriteStartObject();
            json.WriteNumber("learningRate", rate.LearningRate);
            WriteFigure(json, "validation", rate.Validation);
            WriteFigure(json, "validationLoss", rate.ValidationLoss);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("scores");
        foreach (double score in family.Scores) json.WriteNumberValue(score);
        json.WriteEndArray();
        json.WriteNumber("mean", family.Mean);
        json.WriteNumber("spread", family.Spread);
        json.WriteNumber("seconds", family.Seconds);
        json.WriteEndObject();
    }

    /// <summary>null stands for a training that diverged.</summary>
    private static void WriteFigure(Utf8JsonWriter json, string name, double? figure)
    {
        if (figure is { } number) json.WriteNumber(name, number);
        else json.WriteNull(name);
    }
}
