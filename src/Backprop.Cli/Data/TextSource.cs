using System.Globalization;
using Backprop.Cli.Train;
using Backprop.Data;
using Backprop.Saving;
using Backprop.Tabular;
using Backprop.Tensors;

namespace Backprop.Cli.Data;

/// <summary>A text file, of which the network learns to say each next character or word.</summary>
internal sealed class TextSource : DataSource
{
    private const double UsualHoldout = 0.1;
    private const int UsualVocabulary = 5000;
    private static readonly string[] Extensions = [".txt", ".md"];

    public override string Called => "a text";

    public override IReadOnlyList<string> Options => [TextOptions.UnitName, TextOptions.LengthName, TextOptions.VocabularyName];

    /// <summary>A table may be called .txt, too: then it has a column to predict.</summary>
    public override bool Takes(TrainSettings settings) => File.Exists(settings.Data) && (settings.Unit is not null
        || (settings.Target is null && Extensions.Contains(Path.GetExtension(settings.Data), StringComparer.OrdinalIgnoreCase)));

    public override TrainingData Read(TrainSettings settings, Random random, Terminal terminal)
    {
        var unit = settings.Unit ?? TextUnit.Characters;
        if (unit == TextUnit.Characters && settings.Vocabulary is not null)
            throw new InputException("--vocabulary belongs to words: characters are all told apart; --unit words, or leave the option out");
        string text = TextFile.Read(settings.Data);
        double holdout = settings.Holdout ?? UsualHoldout;
        var (trainText, testText) = TextWindows.Split(text, holdout, unit);
        var vocabulary = unit == TextUnit.Characters ? Vocabulary.OfCharacters(trainText) : Vocabulary.OfWords(trainText, settings.Vocabulary ?? UsualVocabulary);
        int[] train = vocabulary.Encode(trainText), test = vocabulary.Encode(testText);
        var facts = new TextFacts(vocabulary, WindowLength(settings, unit, train.Length, test.Length));
        string known = unit == TextUnit.Characters ? "told apart, as many as the training part has" : "told apart, the most frequent of the training part";
        terminal.Note($"text: {facts.Count(train.Length + test.Length)}; {vocabulary.Count - 1} {known}, and {Vocabulary.Unknown} for any other{Unknown(train)}");
        terminal.Note(string.Create(CultureInfo.InvariantCulture, $"hold-out: the last {100 * holdout:G4}% of the text, {facts.Count(test.Length)}, for the test{Unknown(test)}"));
        var data = new TrainingData(
            TextWindows.Of<float>(train, facts.Length, vocabulary), TextWindows.Of<float>(test, facts.Length, vocabulary), TaskKind.Classification, DataForm.Text)
        {
            Text = facts,
            Notes = new Dictionary<string, string> { [TextFacts.Note] = VocabularyJson.Write(vocabulary) },
        };
        terminal.Note(string.Create(
            CultureInfo.InvariantCulture,
            $"windows: {facts.Count(facts.Length)} each, {data.Train.Count:N0} to train and {data.Test.Count:N0} to test; each is read without memory of the one before"));
        return data;
    }

    public override bool Trained(SavedModel<float> model) => model.Notes.ContainsKey(TextFacts.Note);

    /// <summary>Windows of the length that trained; a rest at the end that fills none is left out.</summary>
    public override Samples ReadSamples(SampleWords words, SavedModel<float> model, Terminal terminal)
    {
        if (words.Header is not null) throw new InputException($"--header belongs to a table; the model {words.Model} was trained on a text");
        if (Directory.Exists(words.Data)) throw new InputException($"{words.Data} is a folder; the model {words.Model} was trained on a text, so a text file is needed");
        var facts = TextFacts.Of(model, words.Model)!;
        int[] tokens = facts.Vocabulary.Encode(TextFile.Read(words.Data));
        if (tokens.Length <= facts.Length)
            throw new DataException(words.Data, $"it has {facts.Count(tokens.Length)}; a window has {facts.Length}, as in training, and with the one after it {facts.Length + 1} are needed");
        var data = TextWindows.Of<float>(tokens, facts.Length, facts.Vocabulary);
        terminal.Note($"data: {facts.Count(tokens.Length)}{Unknown(tokens)}, in {Wording.Count(data.Count, "window")} of {facts.Length}");
        return new Samples(data.Inputs, Classes: ((Indices)data.Targets).Values.ToArray()) { ByToken = true };
    }

    private static int WindowLength(TrainSettings settings, TextUnit unit, int train, int test)
    {
        int fits = Math.Min(train, test) - 1;
        string parts = $"its training part has {train} {Words.Of(unit)}, its test part {test}";
        if (fits < 1) throw new DataException(settings.Data, $"the text is too short: {parts}; each needs at least 2, and some thousand to learn anything");
        if (settings.Length > fits)
            throw new InputException($"--length {settings.Length}: {settings.Data} is too short for it, {parts}; at most {fits} fit");
        return settings.Length ?? Math.Min(fits, unit == TextUnit.Characters ? 64 : 32);
    }

    private static string Unknown(int[] tokens) =>
        tokens.Count(token => token == 0) is > 0 and var count ? string.Create(CultureInfo.InvariantCulture, $", {count:N0} of them {Vocabulary.Unknown}") : "";
}
