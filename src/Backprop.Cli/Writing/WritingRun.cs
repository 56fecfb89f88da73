using System.Text;
using System.Text.Json.Serialization;
using Backprop.Cli.Data;
using Backprop.Randomness;
using Backprop.Saving;
using Backprop.Tensors;
using Backprop.Training;

namespace Backprop.Cli.Writing;

/// <summary>A text that a model wrote, as <c>--json</c> prints it: <c>backprop-writing/1</c>.</summary>
/// <param name="Unit">characters or words.</param>
/// <param name="Length">How many of them were written.</param>
/// <param name="Temperature">What the logits were divided by.</param>
/// <param name="Seed">What drew.</param>
/// <param name="Prompt">What was given.</param>
/// <param name="Written">What follows it.</param>
internal sealed record WritingResult(string Unit, int Length, double Temperature, int Seed, string Prompt, string Written)
{
    [JsonPropertyOrder(-1)]
    public string Format { get; } = "backprop-writing/1";
}

/// <summary><c>backprop predict MODEL --prompt TEXT</c> from the model to the text.</summary>
internal static class WritingRun
{
    /// <summary>Writes: piece by piece where it is text on the output, so that it can be read as it comes.</summary>
    /// <param name="file">The model.</param>
    /// <param name="words">What to write.</param>
    /// <param name="prompt">What it begins with.</param>
    /// <param name="save">Where to, instead of the output.</param>
    /// <param name="force">Whether that file may be replaced.</param>
    /// <param name="json">Whether the result is JSON.</param>
    /// <param name="terminal">Where to.</param>
    /// <param name="cancellation">Stops between two pieces.</param>
    public static int Execute(
        string file, WritingWords words, string prompt, string? save, bool force, bool json, Terminal terminal, CancellationToken cancellation)
    {
        if (save is not null) OutputFile.Check(save, force);
        if (!File.Exists(file)) throw new InputException($"{file}: there is no such file");
        var model = SavedModel<float>.Load(file);
        var facts = TextFacts.Of(model, file) ?? throw new InputException($"--prompt belongs to a model of texts; {file} was trained on other data");
        int[] tokens;
        try
        {
            tokens = facts.Vocabulary.Encode(prompt);
        }
        catch (ArgumentException error)
        {
            throw new InputException($"--prompt: {ArgumentText.Of(error)}");
        }
        if (tokens.Length == 0)
            throw new InputException($"--prompt: '{prompt}' came; the beginning of a text is needed, one of the {facts.Unit} or more");
        if (tokens.Count(token => token == 0) is > 0 and var unknown) terminal.Note($"prompt: {unknown} of its {facts.Count(tokens.Length)} did not occur in training");
        int length = words.Length ?? Writer.UsualLength(facts.Vocabulary.Unit);
        var writer = new Continuation<float>(model.Model, facts.Vocabulary, facts.Length) { Temperature = words.Temperature };
        var written = new StringBuilder();
        bool streams = save is null && !json;
        if (streams) terminal.Output.Write(prompt);
        try
        {
            foreach (string piece in writer.Write(prompt, length, new SeededRandom(words.Seed)))
            {
                cancellation.ThrowIfCancellationRequested();
                written.Append(piece);
                if (streams) terminal.Output.Write(piece);
            }
        }
        catch (Exception error) when (error is ShapeException or ArgumentException or NotFiniteNumberException)
        {
            throw new InputException($"{file}: {ArgumentText.Of(error)}");
        }
        if (streams)
        {
            terminal.Output.Write('\n');
            return ExitCode.Done;
        }
        string text = json ? $"{Json.Of(new WritingResult(facts.Unit, length, words.Temperature, words.Seed, prompt, $"{written}"))}\n" : $"{prompt}{written}\n";
        if (save is null) terminal.Output.Write(text);
        else
        {
            OutputFile.Write(save, text);
            terminal.Note($"written: {save}");
        }
        return ExitCode.Done;
    }
}
