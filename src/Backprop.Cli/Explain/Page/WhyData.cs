using System.Numerics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Backprop.Explaining;

namespace Backprop.Cli.Explain.Page;

/// <summary>The anatomies of a page as compact JSON, as page.js reads them.</summary>
/// <remarks>
/// {"command", "steps": {number: {path: anatomy}}}. An anatomy is a list: symbol, label, value, value after the update or null, gradient, terms,
/// what stands for the terms that are not shown or null, the sum beside the tape's number, what is said of rounding or null. A term is a list:
/// from, factors as symbol and number, the gradient that comes in as symbol, number and path or null, value, share, reason.
/// </remarks>
internal static class WhyData
{
    public static string Of<T>(Explanation<T> explanation, string command, int digits) where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var stream = new MemoryStream();
        // The encoder leaves no letter that could end a script element.
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) }))
        {
            json.WriteStartObject();
            json.WriteString("command", command);
            json.WriteStartObject("steps");
            foreach (var step in explanation.Shown)
            {
                json.WriteStartObject(FormattableString.Invariant($"{step.Number}"));
                foreach (var (path, number) in step.Anatomies!.Numbers)
                {
                    json.WritePropertyName(path);
                    Write(json, number, After(step, number), digits);
                }
                json.WriteEndObject();
            }
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static T? After<T>(ExplainedStep<T> step, DissectedNumber<T> number) where T : unmanaged, IFloatingPointIeee754<T> =>
        step.Changes.FirstOrDefault(change => number.Anatomy.Path.StartsWith($"{change.Step.Path}[", StringComparison.Ordinal)) is { } change
            ? change.Step.Values[number.Anatomy.Entry.Index] : null;

    private static void Write<T>(Utf8JsonWriter json, DissectedNumber<T> number, T? after, int digits)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var anatomy = number.Anatomy;
        json.WriteStartArray();
        json.WriteStringValue(anatomy.Symbol);
        json.WriteStringValue(anatomy.Label);
        json.WriteStringValue(NumberText.Of(number.Value, digits));
        json.WriteStringValue(after is { } changed ? NumberText.Of(changed, digits) : null);
        json.WriteStringValue(NumberText.Of(anatomy.Gradient, digits));
        json.WriteStartArray();
        foreach (var term in anatomy.Shown) Write(json, anatomy, term, digits);
        json.WriteEndArray();
        json.WriteStringValue(AnatomyText.Rest(anatomy, digits));
        json.WriteStringValue(AnatomyText.Total(anatomy, digits));
        json.WriteStringValue(AnatomyText.Rounding(anatomy, digits));
        json.WriteEndArray();
    }

    private static void Write<T>(Utf8JsonWriter json, GradientAnatomy<T> anatomy, AnatomyTerm<T> term, int digits)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        json.WriteStartArray();
        json.WriteStringValue(AnatomyText.Origin(anatomy, term).Trim());
        json.WriteStartArray();
        foreach (var factor in term.Factors.Where(factor => factor != term.Incoming)) Write(json, factor, digits);
        json.WriteEndArray();
        if (term.Incoming is { } incoming) Write(json, incoming, digits);
        else json.WriteNullValue();
        json.WriteStringValue(NumberText.Of(term.Value, digits));
        json.WriteStringValue(AnatomyText.Share(anatomy.ShareOf(term.Value)));
        json.WriteStringValue(term.Reason);
        json.WriteEndArray();
    }

    private static void Write<T>(Utf8JsonWriter json, AnatomyFactor<T> factor, int digits) where T : unmanaged, IFloatingPointIeee754<T>
    {
        json.WriteStartArray();
        json.WriteStringValue(factor.Symbol);
        json.WriteStringValue(NumberText.Of(factor.Value, digits));
        json.WriteStringValue(factor.Path);
        json.WriteEndArray();
    }
}
