using System.CommandLine;
using Backprop.Cli.Networks;

namespace Backprop.Cli.Check;

/// <summary><c>backprop check NETWORK</c>: its words and options.</summary>
internal static class CheckCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("check", "Check the gradients of a network by finite differences.");
        var network = new NetworkOptions(command);
        var output = new OutputOptions(command, "a table with a row per parameter");
        command.SetAction((parsed, _) => CommandLine.Guard(terminal, () => CheckRun.Execute(network.Read(parsed), output.WantsJson(parsed), terminal)));
        return command;
    }
}
