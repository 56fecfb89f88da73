using System.CommandLine;
using Backprop.Cli.Networks;
using Backprop.Lessons.Worksheets;

namespace Backprop.Cli.Worksheets;

/// <summary>The form of a worksheet.</summary>
internal enum WorksheetFormat
{
    Html,
    Json,
}

/// <summary>What the user asked <c>backprop worksheet</c> for.</summary>
internal sealed record WorksheetWishes
{
    public required NetworkWords Network { get; init; }

    public required WorksheetSettings Settings { get; init; }

    /// <summary>Whether the answers are wanted.</summary>
    public bool Key { get; init; }

    public WorksheetFormat Format { get; init; }

    /// <summary>Where to write the result instead of the output stream.</summary>
    public string? Output { get; init; }

    /// <summary>Whether an existing file may be replaced.</summary>
    public bool Force { get; init; }
}

/// <summary><c>backprop worksheet NETWORK</c>: its words and options.</summary>
internal static class WorksheetCommand
{
    public static Command Create(Terminal terminal)
    {
        var blanks = Value.Whole("--blanks", "N", "How many numbers are asked, over all parts of the step. [default: 12]", 1);
        var seed = Value.Whole("--seed", "N", "Which numbers are asked: each seed draws others. [default: 1]", 0);
        var digits = Value.Whole(
            "--digits", "N", $"To how many decimals the answers are asked, up to {WorksheetSettings.MostDigits}; very small numbers to more. [default: 4]", 1);
        var key = new Option<bool>("--key")
        {
            Description = "The answers: as a page the sheet with all blanks filled in, as JSON an answers file that is all right.",
        };
        var format = Value.Choice<WorksheetFormat>(
            "--format", "The form of the result: a page to fill in, in the browser or printed, or one JSON document. [default: html]");
        var json = new Option<bool>("--json") { Description = "The same as --format json." };
        var output = new Option<string?>("--output") { HelpName = "FILE", Description = "Where to write the result. [default: the output]" };
        var force = new Option<bool>("--force") { Description = "Replace an existing FILE." };
        var command = new Command("worksheet", "Make a worksheet of a training step, a page with blanks.")
        {
            blanks, seed, digits, key, format, json, output, force,
        };
        var network = new NetworkOptions(command);
        command.SetAction((parsed, _) => CommandLine.Guard(terminal, () => WorksheetRun.Execute(
            new WorksheetWishes
            {
                Network = network.Read(parsed),
                Settings = new WorksheetSettings(parsed.GetValue(blanks) ?? 12, parsed.GetValue(seed) ?? 1, Digits(parsed.GetValue(digits) ?? 4)),
                Key = parsed.GetValue(key),
                Format = Format(parsed.GetValue(format), parsed.GetValue(json)),
                Output = parsed.GetValue(output),
                Force = parsed.GetValue(force),
            },
            terminal)));
        return command;
    }

    private static WorksheetFormat Format(WorksheetFormat? format, bool json) =>
        json && format == WorksheetFormat.Html ? throw new InputException("--json and --format html contradict each other; leave one out")
            : json ? WorksheetFormat.Json : format ?? WorksheetFormat.Html;

    private static int Digits(int digits) => digits <= WorksheetSettings.MostDigits ? digits
        : throw new InputException($"--digits: '{digits}' came; 1 to {WorksheetSettings.MostDigits} are asked");
}
