using System.CommandLine;
using System.Globalization;

namespace Backprop.Cli.Networks;

/// <summary>Which network a command is to take.</summary>
/// <param name="Network">A network file, a saved model, the name of a network that lies in the tool, or -.</param>
/// <param name="Data">The samples for a saved model, which has none of its own.</param>
/// <param name="Samples">How many of them it takes, the first ones; null for one.</param>
internal sealed record NetworkWords(string Network, string? Data = null, int? Samples = null)
{
    /// <summary>What a user types to run a command on the same network.</summary>
    public string Command(string name) => $"backprop {name} {Quoted(Network)}" + (Data is null ? "" : $" --data {Quoted(Data)}")
        + (Samples is { } count ? string.Create(CultureInfo.InvariantCulture, $" --samples {count}") : "");

    private static string Quoted(string word) => word.Contains(' ', StringComparison.Ordinal) ? $"\"{word}\"" : word;
}

/// <summary>The words and options by which a command is told its network.</summary>
internal sealed class NetworkOptions
{
    private readonly Argument<string> network = new("NETWORK") { Description = NetworkSource.Description };

    private readonly Option<string?> data = new("--data")
    {
        HelpName = "FILE",
        Description = "For a saved model its samples with what is right for them: a table, or a folder of pictures.",
    };

    private readonly Option<int?> samples = Value.Whole("--samples", "N", "How many of these samples are taken, the first ones. [default: 1]", 1);

    /// <summary>Gives a command the argument and the options.</summary>
    public NetworkOptions(Command command)
    {
        UsageErrors.RefuseOptions(network);
        command.Arguments.Add(network);
        command.Options.Add(data);
        command.Options.Add(samples);
    }

    /// <summary>What the user said.</summary>
    public NetworkWords Read(ParseResult parsed) => new(parsed.GetRequiredValue(network), parsed.GetValue(data), parsed.GetValue(samples));
}
