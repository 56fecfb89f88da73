using System.CommandLine;

namespace Backprop.Cli;

/// <summary>How the result is written.</summary>
internal enum OutputFormat
{
    Text,
    Json,
}

/// <summary>The options that every command has.</summary>
internal sealed class OutputOptions
{
    public OutputOptions(Command command, string text)
    {
        Format = Value.Choice<OutputFormat>("--format", $"The form of the result: {text}, or one JSON document. [default: text]");
        command.Options.Add(Format);
        command.Options.Add(Json);
    }

    public Option<OutputFormat?> Format { get; }

    public Option<bool> Json { get; } = new("--json") { Description = "The same as --format json." };

    /// <exception cref="InputException">Both forms were asked for.</exception>
    public bool WantsJson(ParseResult parsed)
    {
        var format = parsed.GetValue(Format);
        if (parsed.GetValue(Json) && format == OutputFormat.Text)
            throw new InputException("--json and --format text contradict each other; leave one out");
        return parsed.GetValue(Json) || format == OutputFormat.Json;
    }
}
