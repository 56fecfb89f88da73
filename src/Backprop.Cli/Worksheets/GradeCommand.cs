using System.CommandLine;
using Backprop.Cli.Networks;

namespace Backprop.Cli.Worksheets;

/// <summary>The form of a class's marks.</summary>
internal enum GradeFormat
{
    Text,
    Json,
    Csv,
}

/// <summary><c>backprop grade NETWORK ANSWERS…</c>: its words and options.</summary>
internal static class GradeCommand
{
    public static Command Create(Terminal terminal)
    {
        var format = Value.Choice<GradeFormat>(
            "--format", "The form of the result: text, one JSON document, or CSV with a row per learner and a column per blank. [default: text]");
        var json = new Option<bool>("--json") { Description = "The same as --format json." };
        var output = new Option<string?>("--output") { HelpName = "FILE", Description = "Where to write the result. [default: the output]" };
        var force = new Option<bool>("--force") { Description = "Replace an existing FILE." };
        var command = new Command("grade", "Mark the answers to a worksheet: first mistakes, likely causes.") { format, json, output, force };
        var network = new NetworkOptions(command);
        var answers = new Argument<string[]>("ANSWERS")
        {
            Description = "Files that learners have saved on the worksheet's page.",
            Arity = ArgumentArity.OneOrMore,
        };
        UsageErrors.RefuseOptions(answers);
        command.Arguments.Add(answers);
        command.SetAction((parsed, _) => CommandLine.Guard(terminal, () => GradeRun.Execute(
            network.Read(parsed), parsed.GetRequiredValue(answers), Format(parsed.GetValue(format), parsed.GetValue(json)),
            parsed.GetValue(output), parsed.GetValue(force), terminal)));
        return command;
    }

    private static GradeFormat Format(GradeFormat? format, bool json)
    {
        if (json && format is not (null or GradeFormat.Json))
            throw new InputException($"--json and --format {Words.Of(format.Value)} contradict each other; leave one out");
        return json ? GradeFormat.Json : format ?? GradeFormat.Text;
    }
}
