using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Reflection;
using Backprop.Cli.Check;
using Backprop.Cli.Compare;
using Backprop.Cli.DataSets;
using Backprop.Cli.Evaluate;
using Backprop.Cli.Explain;
using Backprop.Cli.Export;
using Backprop.Cli.Import;
using Backprop.Cli.Museum;
using Backprop.Cli.Networks;
using Backprop.Cli.Predict;
using Backprop.Cli.Replays;
using Backprop.Cli.Report;
using Backprop.Cli.Train;
using Backprop.Cli.Worksheets;

namespace Backprop.Cli;

/// <summary>The command line as a whole: its commands, its help, and what an error comes to.</summary>
internal static class CommandLine
{
    /// <summary>The version of the program.</summary>
    public static string Version { get; } =
        typeof(CommandLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Runs a command and gives the exit code. It throws nothing: whatever goes wrong becomes one line on the error stream.</summary>
    public static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellation = default)
    {
        var root = Root(terminal);
        // A column may be called '@name': no word on the line stands for a file of further words.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction or null) return UsageErrors.Report(parsed, terminal);
        var configuration = new InvocationConfiguration
        {
            Output = terminal.Output,
            EnableDefaultExceptionHandler = false,
            // Training hears of Ctrl-C between two steps, finishes, and writes a checkpoint; a large network takes its time.
            ProcessTerminationTimeout = TimeSpan.FromSeconds(parsed.CommandResult.Command.Name == "train" ? 60 : 2),
        };
        return await parsed.InvokeAsync(configuration, cancellation);
    }

    /// <summary>Runs the body of a command off the calling thread, so that Ctrl-C reaches it, and turns what it throws into an exit code.</summary>
    public static Task<int> Guard(Terminal terminal, Func<int> body) => Task.Run(() =>
    {
        try
        {
            return body();
        }
        catch (Exception error)
        {
            return Failure.Report(error, terminal);
        }
    });

    /// <summary>A plain command, not a RootCommand: that one is called by the file that runs, which is the test or dotnet as often as the tool.</summary>
    private static Command Root(Terminal terminal)
    {
        var help = new HelpOption { Description = "Show this help." };
        var pages = (HelpAction)help.Action!;
        pages.MaxWidth = terminal.Width;
        help.Action = new HelpWithExitCodes(pages);
        return new Command("backprop", "Trains neural networks by backpropagation, predicts with them, and explains every number.")
        {
            GetCommand.Create(terminal),
            TrainCommand.Create(terminal),
            EvaluateCommand.Create(terminal),
            PredictCommand.Create(terminal),
            ReportCommand.Create(terminal),
            ExportCommand.Create(terminal),
            ImportCommand.Create(terminal),
            NewCommand.Create(terminal),
            ExplainCommand.Create(terminal),
            CheckCommand.Create(terminal),
            MuseumCommand.Create(terminal),
            ReplayCommand.Create(terminal),
            CompareCommand.Create(terminal),
            WorksheetCommand.Create(terminal),
            GradeCommand.Create(terminal),
            help,
            new VersionOption { Description = "Show the version.", Action = new ShowVersion() },
        };
    }

    private sealed class HelpWithExitCodes(HelpAction help) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            var configuration = parseResult.InvocationConfiguration;
            var output = configuration.Output;
            using var page = new StringWriter { NewLine = output.NewLine };
            configuration.Output = page;
            int code = help.Invoke(parseResult);
            configuration.Output = output;
            output.Write(OptionHeadings.Apply(page.ToString(), parseResult.CommandResult.Command.Name));
            output.WriteLine(ExitCode.Help);
            return code;
        }
    }

    private sealed class ShowVersion : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.WriteLine(Version);
            return ExitCode.Done;
        }
    }
}
