using Backprop.Data;

namespace Backprop.Saving;

/// <summary>A <see cref="Vocabulary"/> as text, so that it can go with the model that learnt it: <c>{"unit":"characters","tokens":["&lt;unknown&gt;","a"]}</c>.</summary>
public static class VocabularyJson
{
    /// <summary>The vocabulary as one JSON object.</summary>
    public static string Write(Vocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        return JsonTexts.Of(json =>
        {
            json.WriteStartObject();
            json.WriteString("unit", vocabulary.Unit == TextUnit.Characters ? "characters" : "words");
            json.WriteStartArray("tokens");
            foreach (string token in vocabulary.Tokens) json.WriteStringValue(token);
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    /// <summary>Reads a vocabulary back.</summary>
    /// <param name="text">What <see cref="Write"/> gave.</param>
    /// <param name="file">The file that the text comes from, for the message.</param>
    /// <exception cref="DataException">The text is no vocabulary.</exception>
    public static Vocabulary Read(string text, string file)
    {
        ArgumentNullException.ThrowIfNull(text);
        var fields = JsonFields.Parse(text, "vocabulary", file);
        try
        {
            var vocabulary = new Vocabulary(
                fields.Text("unit") switch
                {
                    "characters" => TextUnit.Characters,
                    "words" => TextUnit.Words,
                    var unit => throw fields.Error($"the unit '{unit}' is unknown here; characters or words are needed"),
                },
                fields.Texts("tokens"));
            fields.Finish();
            return vocabulary;
        }
        catch (ArgumentException error)
        {
            throw fields.Error(ArgumentText.Of(error), error);
        }
    }
}
