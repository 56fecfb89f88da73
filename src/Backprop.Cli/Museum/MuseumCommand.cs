using System.CommandLine;

namespace Backprop.Cli.Museum;

/// <summary><c>backprop museum [NAME]</c>: its words and options.</summary>
internal static class MuseumCommand
{
    public static Command Create(Terminal terminal)
    {
        var name = new Argument<string?>("NAME") { Description = "The exhibit to look at; a list of all if left out.", Arity = ArgumentArity.ZeroOrOne };
        var answer = new Option<bool>("--answer") { Description = "Show what is wrong, the doctor's verdict and the right line." };
        UsageErrors.RefuseOptions(name);
        var command = new Command("museum", "Show faults that run, measure them, and ask for the line.") { name, answer };
        var output = new OutputOptions(command, "text");
        command.SetAction((parsed, _) => CommandLine.Guard(
            terminal, () => MuseumRun.Execute(parsed.GetValue(name), parsed.GetValue(answer), output.WantsJson(parsed), terminal)));
        return command;
    }
}
