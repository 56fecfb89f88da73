using Spectre.Console;

namespace Backprop.Cli.Tests;

/// <summary>A run of the command line within this process.</summary>
/// <param name="Code">The exit code.</param>
/// <param name="Output">What came on the stream for the result.</param>
/// <param name="Error">What came on the other.</param>
internal sealed record Run(int Code, string Output, string Error)
{
    public static Run Of(params string[] args) => Of(CancellationToken.None, args);

    public static Run Of(CancellationToken cancellation, params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        int code = CommandLine.RunAsync(args, new Terminal(output, error), cancellation).GetAwaiter().GetResult();
        return new Run(code, output.ToString(), error.ToString());
    }

    /// <summary>The same with text that is piped in.</summary>
    public static Run Piped(string text, params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var input = new StringReader(text);
        int code = CommandLine.RunAsync(args, new Terminal(output, error, input: input)).GetAwaiter().GetResult();
        return new Run(code, output.ToString(), error.ToString());
    }

    /// <summary>The same on a terminal that can redraw a line.</summary>
    public static Run OnTerminal(int width, params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var live = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(error),
        });
        live.Profile.Width = width;
        int code = CommandLine.RunAsync(args, new Terminal(output, error, live)).GetAwaiter().GetResult();
        return new Run(code, output.ToString(), error.ToString());
    }

    /// <summary>The only line of a run that must have failed by bad input.</summary>
    public string Refusal
    {
        get
        {
            Assert.Equal(2, Code);
            Assert.Equal("", Output);
            Assert.EndsWith("\n", Error, StringComparison.Ordinal);
            return Error.TrimEnd('\n').Split('\n')[^1];
        }
    }
}
