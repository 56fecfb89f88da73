using System.CommandLine;

namespace Backprop.Cli.Writing;

/// <summary>What the user asked to be written.</summary>
/// <param name="Prompt">What the text begins with; null where nothing is to be written.</param>
/// <param name="Length">How many characters or words; null for the usual number.</param>
/// <param name="Temperature">What logits are divided by before the draw.</param>
/// <param name="Seed">Draws.</param>
internal sealed record WritingWords(string? Prompt, int? Length, double Temperature, int Seed);

/// <summary>The options of writing a text on.</summary>
internal sealed class WritingOptions
{
    public WritingOptions(Command command)
    {
        foreach (var option in All) command.Options.Add(option);
    }

    public Option<string?> Prompt { get; } = new("--prompt")
    {
        HelpName = "TEXT",
        Description = "Instead of DATA, for a model of texts: what it is to write on.",
    };

    public Option<int?> Length { get; } = Value.Whole("--length", "N", "How many characters or words it writes. [default: 300; 60 words]", 1);

    public Option<double?> Temperature { get; } = Value.Number(
        "--temperature", "T", "How daring: 0 always writes the likeliest, 1 draws as the model expects. [default: 0.8]",
        number => double.IsFinite(number) && number >= 0, "a number from 0 on");

    public Option<int?> Seed { get; } = Value.Whole("--seed", "N", "Draws what is written; the same seed writes the same. [default: 1]", 0);

    private Option[] All => [Prompt, Length, Temperature, Seed];

    /// <exception cref="InputException">An option stands without the prompt that it belongs to.</exception>
    public WritingWords Of(ParseResult parsed)
    {
        if (parsed.GetValue(Prompt) is null && All.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } alone)
            throw new InputException($"{alone.Name} belongs to writing a text; --prompt TEXT is missing, what the text begins with");
        return new WritingWords(
            parsed.GetValue(Prompt), parsed.GetValue(Length), parsed.GetValue(Temperature) ?? Train.TextResult.SampleTemperature, parsed.GetValue(Seed) ?? 1);
    }
}
