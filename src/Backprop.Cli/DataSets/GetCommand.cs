using System.CommandLine;

namespace Backprop.Cli.DataSets;

/// <summary>What the user asked <c>backprop data get</c> for.</summary>
/// <param name="Name">Which data.</param>
/// <param name="To">The folder; null for one of the data's name.</param>
/// <param name="From">Where the files lie instead of the official places.</param>
/// <param name="Patience">How long to wait for an answer and for the next bytes.</param>
/// <param name="Force">Whether other files of these names may be replaced.</param>
/// <param name="Json">Whether the result is JSON.</param>
internal sealed record GetSettings(string Name, string? To, string? From, TimeSpan Patience, bool Force, bool Json);

/// <summary><c>backprop data get NAME</c>: its words and options.</summary>
internal static class GetCommand
{
    private const double UsualPatience = 30;

    public static Command Create(Terminal terminal)
    {
        var name = new Argument<string>("NAME") { HelpName = "NAME", Description = $"Which data: {string.Join(" or ", KnownDataSet.All.Select(data => data.Name))}." };
        name.CompletionSources.Add([.. KnownDataSet.All.Select(data => data.Name)]);
        var to = new Option<string?>("--to") { HelpName = "FOLDER", Description = "Where to put the files; made if it is not there. [default: NAME]" };
        var from = new Option<string?>("--from") { HelpName = "URL", Description = "A folder in the network that has the same files, instead of the official places." };
        var patience = Value.Number(
            "--timeout", "SECONDS", $"How long to wait for an answer and for the next bytes; three times. [default: {UsualPatience}]",
            number => number is > 0 and <= 3600, "a number above 0, at most 3600,");
        var force = new Option<bool>("--force") { Description = "Replace other files of these names." };
        UsageErrors.RefuseOptions(name);
        var get = new Command(
            "get",
            "Download a well-known collection of data, checked by its SHA-256. What came stays when the line breaks: the same command goes on.")
        {
            name, to, from, patience, force,
        };
        var output = new OutputOptions(get, "a list of files");
        get.SetAction((parsed, cancellation) => CommandLine.Guard(terminal, () => GetRun.Execute(
            new GetSettings(
                parsed.GetRequiredValue(name), parsed.GetValue(to), parsed.GetValue(from), TimeSpan.FromSeconds(parsed.GetValue(patience) ?? UsualPatience),
                parsed.GetValue(force), output.WantsJson(parsed)),
            terminal, cancellation)));
        return new Command("data", "Get data to train on.") { get };
    }
}
