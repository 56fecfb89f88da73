using System.CommandLine;
using Backprop.Lessons.Replays;

namespace Backprop.Cli.Replays;

/// <summary><c>backprop replay [NAME]</c>: its words and options.</summary>
internal static class ReplayCommand
{
    public static Command Create(Terminal terminal)
    {
        var name = new Argument<string?>("NAME") { Description = "The lesson to run; without it the lessons are listed.", Arity = ArgumentArity.ZeroOrOne };
        var all = new Option<bool>("--all") { Description = "Run all lessons." };
        UsageErrors.RefuseOptions(name);
        var command = new Command("replay", "Run published lessons again: published figures, ours, the difference.") { name, all };
        var output = new OutputOptions(command, "tables");
        command.SetAction((parsed, cancellation) => CommandLine.Guard(terminal, () =>
        {
            bool json = output.WantsJson(parsed);
            if (Lessons(parsed.GetValue(name), parsed.GetValue(all)) is { } lessons) return ReplayRun.Execute(lessons, json, terminal, cancellation);
            if (json) throw new InputException("--json writes what a run came to; give a NAME or --all");
            terminal.Output.Write(ReplayText.List());
            return ExitCode.Done;
        }));
        return command;
    }

    /// <summary>What is to be run; null where nothing was named.</summary>
    private static IReadOnlyList<ReplayLesson>? Lessons(string? name, bool all)
    {
        if (name is null) return all ? ReplayLessons.All : null;
        if (all) throw new InputException($"'{name}' and --all contradict each other; leave one out");
        if (ReplayLessons.Names.Contains(name)) return [ReplayLessons.Find(name)];
        string otherwise = $"there are {string.Join(", ", ReplayLessons.Names)}";
        throw new InputException($"there is no lesson '{name}'; {Suggestion.Or(name, ReplayLessons.Names, otherwise)}");
    }
}
