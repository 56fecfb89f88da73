using Backprop.Data;
using Backprop.Saving;

namespace Backprop.Cli.Data;

/// <summary>What is known of a text that was read, or of the text that trained a model.</summary>
/// <param name="Vocabulary">Its tokens.</param>
/// <param name="Length">How many of them a window has.</param>
internal sealed record TextFacts(Vocabulary Vocabulary, int Length)
{
    /// <summary>The note in a model.</summary>
    public const string Note = "vocabulary";

    /// <summary>characters or words.</summary>
    public string Unit => Words.Of(Vocabulary.Unit);

    /// <summary>What a model was trained on; null where that was no text.</summary>
    /// <exception cref="DataException">The model's note is damaged, or its network is no network for texts.</exception>
    public static TextFacts? Of(SavedModel<float> model, string file)
    {
        if (!model.Notes.TryGetValue(Note, out string? note)) return null;
        var vocabulary = VocabularyJson.Read(note, file);
        return model.Input.Rank == 1 && model.ClassNames.Count == vocabulary.Count ? new TextFacts(vocabulary, model.Input[0]) : throw new DataException(
            file, $"its network reads {model.Input} and tells {model.ClassNames.Count} classes apart; its vocabulary has {vocabulary.Count} tokens");
    }

    /// <summary>A number of tokens: <c>300 characters</c>.</summary>
    public string Count(int tokens) => FormattableString.Invariant($"{tokens:N0} {(tokens == 1 ? Unit[..^1] : Unit)}");
}
