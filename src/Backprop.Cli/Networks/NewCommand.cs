using System.CommandLine;
using Backprop.Lessons.Networks;

namespace Backprop.Cli.Networks;

/// <summary><c>backprop new NAME</c>: writes a small network file to begin with.</summary>
internal static class NewCommand
{
    public static Command Create(Terminal terminal)
    {
        var name = new Argument<string>("NAME") { Description = $"One of {string.Join(", ", NetworkLessons.Names)}, which take steps of their own; or {string.Join(", ", NetworkLessons.Templates)}, which train on your data." };
        var output = new Option<string?>("--output") { HelpName = "FILE", Description = "Where to write it; - for the output. [default: NAME.json]" };
        var force = new Option<bool>("--force") { Description = "Replace an existing FILE." };
        UsageErrors.RefuseOptions(name);
        var command = new Command("new", "Write a small network file to begin with.") { name, output, force };
        command.SetAction((parsed, _) => CommandLine.Guard(
            terminal, () => Execute(parsed.GetRequiredValue(name), parsed.GetValue(output), parsed.GetValue(force), terminal)));
        return command;
    }

    private static int Execute(string name, string? output, bool force, Terminal terminal)
    {
        string[] names = [.. NetworkLessons.Names, .. NetworkLessons.Templates];
        if (!names.Contains(name))
            throw new InputException($"there is no network '{name}'; {Suggestion.Or(name, names, $"there are {string.Join(", ", names)}")}");
        string text = NetworkLessons.Text(name), path = output ?? $"{name}.json";
        if (path == "-")
        {
            terminal.Output.Write(text);
            return ExitCode.Done;
        }
        OutputFile.Check(path, force, "--output");
        OutputFile.Write(path, text);
        terminal.Note(NetworkLessons.Templates.Contains(name) ? $"written: {path}; backprop train DATA --model {path} trains it, once its sizes suit the data"
            : $"written: {path}; backprop explain {path} reads its first step aloud");
        return ExitCode.Done;
    }
}
