using System.CommandLine;
using Backprop.Cli.Networks;

namespace Backprop.Cli.Check;

/// <summary>The form of what check says, or writes to be filled in.</summary>
internal enum CheckFormat
{
    Text,
    Json,
    Csv,
}

/// <summary><c>backprop check NETWORK</c>: its words and options.</summary>
internal static class CheckCommand
{
    public static Command Create(Terminal terminal)
    {
        var template = new Option<bool>("--template")
        {
            Description = "Write the form of the first step, all its numbers in the order of calculation without a value, to be filled in.",
        };
        var against = new Option<string?>("--against")
        {
            HelpName = "FILE",
            Description = "Hold your own numbers, in the form that --template writes, all or some, against ours: the first wrong one is named.",
        };
        var format = Value.Choice<CheckFormat>(
            "--format",
            "The form of the result: text, or one JSON document; of a template JSON or CSV. [default: text; of a template the ending of --output, or json]");
        var json = new Option<bool>("--json") { Description = "The same as --format json." };
        var output = new Option<string?>("--output") { HelpName = "FILE", Description = "Where to write the template. [default: the output]" };
        var force = new Option<bool>("--force") { Description = "Replace an existing FILE." };
        var command = new Command("check", "Check a network's gradients, or your own numbers of a step.")
        {
            template, against, format, json, output, force,
        };
        var network = new NetworkOptions(command);
        command.SetAction((parsed, _) => CommandLine.Guard(terminal, () =>
        {
            var words = network.Read(parsed);
            var form = Format(parsed.GetValue(format), parsed.GetValue(json));
            bool writes = parsed.GetValue(template);
            string? path = parsed.GetValue(output), mine = parsed.GetValue(against);
            if (writes && mine is not null) throw new InputException("--template writes a form and --against reads one; leave one out");
            if (!writes && path is not null) throw new InputException("--output is for --template; leave it out, or send the output to a file");
            if (writes) return CheckTemplate.Execute(words, form, path, parsed.GetValue(force), terminal);
            if (form == CheckFormat.Csv) throw new InputException("--format csv is for --template; text or json is needed");
            bool asJson = form == CheckFormat.Json;
            return mine is not null ? CheckAgainst.Execute(words, mine, asJson, terminal) : CheckRun.Execute(words, asJson, terminal);
        }));
        return command;
    }

    private static CheckFormat? Format(CheckFormat? format, bool json)
    {
        if (json && format is not (null or CheckFormat.Json))
            throw new InputException($"--json and --format {Words.Of(format.Value)} contradict each other; leave one out");
        return json ? CheckFormat.Json : format;
    }
}
