using System.CommandLine;

namespace Backprop.Cli.Networks;

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
