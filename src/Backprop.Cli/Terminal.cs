using System.Text;
using Spectre.Console;

namespace Backprop.Cli;

/// <summary>Where a command writes: the result to one stream, everything else to the other.</summary>
/// <param name="output">The result alone.</param>
/// <param name="error">Notes, progress, errors.</param>
/// <param name="live">The error stream as a terminal that can redraw a line; null where it is a file or a pipe.</param>
/// <param name="width">The columns of the stream for the result.</param>
/// <param name="input">What - stands for; empty if left out.</param>
internal sealed class Terminal(
    TextWriter output, TextWriter error, IAnsiConsole? live = null, int width = Terminal.PipeWidth, TextReader? input = null)
{
    /// <summary>Where there is no terminal, text is broken at a width that most people can read.</summary>
    private const int PipeWidth = 100;

    /// <summary>Takes the result alone.</summary>
    public TextWriter Output { get; } = output;

    /// <summary>What - stands for.</summary>
    public TextReader Input { get; } = input ?? TextReader.Null;

    /// <summary>The columns of the stream for the result.</summary>
    public int Width { get; } = width;

    /// <summary>The terminal behind the error stream, if it is one.</summary>
    public IAnsiConsole? Live { get; } = live;

    /// <summary>The streams of this process. Colours and width follow the terminal and NO_COLOR.</summary>
    public static Terminal OfProcess()
    {
        var settings = new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) };
        return new Terminal(Console.Out, Console.Error, Console.IsErrorRedirected ? null : AnsiConsole.Create(settings), WidthOfProcess(), new StreamReader(Console.OpenStandardInput(), Encoding.UTF8));
    }

    /// <summary>Says in a line what the command does.</summary>
    public void Note(string line)
    {
        if (Live is null) error.WriteLine(line);
        else Live.Write(new OnCleanLines($"{line}\n", new Style(decoration: Decoration.Dim)));
    }

    /// <summary>Says in a line what goes wrong, while the command goes on.</summary>
    public void Warn(string line)
    {
        string whole = $"warning: {OneLine(line)}";
        if (Live is null) error.WriteLine(whole);
        else Live.Write(new OnCleanLines($"{whole}\n", new Style(Color.Yellow)));
    }

    /// <summary>Says in a line why the command cannot go on.</summary>
    public void Error(string line)
    {
        string whole = $"backprop: {OneLine(line)}";
        if (Live is null) error.WriteLine(whole);
        else Live.Write(new Text($"{whole}\n", new Style(Color.Red)));
    }

    private static int WidthOfProcess() => Console.IsOutputRedirected || Console.WindowWidth < 40 ? PipeWidth : Console.WindowWidth;

    private static string OneLine(string message) => string.Join(' ', message.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.TrimEntries));
}
