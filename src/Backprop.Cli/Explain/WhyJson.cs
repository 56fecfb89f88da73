using System.Numerics;
using System.Text.Json;
using Backprop.Explaining;

namespace Backprop.Cli.Explain;

/// <summary>Gradients taken apart, as the part <c>why</c> of a step in <c>backprop-explain/1</c>: every term, however many.</summary>
internal static class WhyJson
{
    public static void Write<T>(Utf8JsonWriter json, IReadOnlyList<ExplainedWhy<T>> whys) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (whys.Count == 0) return;
        json.WriteStartArray("why");
        foreach (var why in whys) Write(json, why);
        json.WriteEndArray();
    }

    private static void Write<T>(Utf8JsonWriter json, ExplainedWhy<T> why) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var anatomy = why.Anatomy;
        json.WriteStartObject();
        json.WriteString("entry", anatomy.Path);
        json.WriteString("symbol", anatomy.Symbol);
        if (anatomy.Label.Length > 0) json.WriteString("label", anatomy.Label);
        json.WriteStartArray("terms");
        foreach (var term in anatomy.Terms) Write(json, term, anatomy.ShareOf(term.Value));
        json.WriteEndArray();
        JsonText.Write(json, "sum", anatomy.Sum);
        JsonText.Write(json, "gradient", anatomy.Gradient);
        JsonText.Write(json, "difference", anatomy.Difference);
        if (why.Update is { } update)
        {
            json.WriteStartObject("update");
            JsonText.Write(json, "before", update.Before);
            JsonText.Write(json, "after", update.After);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void Write<T>(Utf8JsonWriter json, AnatomyTerm<T> term, T share) where T : unmanaged, IFloatingPointIeee754<T>
    {
        json.WriteStartObject();
        json.WriteString("from", term.From);
        if (term.Consumer is { } consumer) json.WriteString("operation", consumer.Name);
        if (term.Sample is { } sample) json.WriteNumber("sample", sample);
        if (term.Time is { } time) json.WriteNumber("time", time);
        json.WriteStartArray("factors");
        foreach (var factor in term.Factors)
        {
            json.WriteStartObject();
            json.WriteString("symbol", factor.Symbol);
            JsonText.Write(json, "value", factor.Value);
            if (factor.Path.Length > 0) json.WriteString(factor.IsGradient ? "why" : "entry", factor.Path);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        JsonText.Write(json, "value", term.Value);
        JsonText.Write(json, "share", share);
        if (term.Reason.Length > 0) json.WriteString("reason", term.Reason);
        json.WriteEndObject();
    }
}
