using Backprop.Cli.Explain;
using Backprop.Cli.Networks;
using Backprop.Lessons.Worksheets;

namespace Backprop.Cli.Worksheets;

/// <summary><c>backprop worksheet</c> from the network to the sheet.</summary>
internal static class WorksheetRun
{
    /// <summary>Nobody works on a sheet of more.</summary>
    private const int MostNumbers = 2_000;

    public static int Execute(WorksheetWishes wishes, Terminal terminal)
    {
        if (wishes.Output is { } path) OutputFile.Check(path, wishes.Force, "--output");
        string network = wishes.Network.Network;
        using var step = Open(wishes.Network, terminal);
        if (step.Form.Entries.Count > MostNumbers)
            throw new InputException(
                FormattableString.Invariant($"{network}: a step of it has {step.Form.Entries.Count:N0} numbers, a worksheet up to {MostNumbers:N0}; ") +
                "take a smaller network, or fewer samples");
        var sheet = Make(step, wishes.Settings, network);
        string text = (wishes.Format, wishes.Key) switch
        {
            (WorksheetFormat.Html, _) => WorksheetHtml.Of(sheet, NetworkPicture.Of(step.Network), wishes.Key),
            (_, true) => AnswerSheet.KeyOf(sheet).ToJson(),
            _ => WorksheetJson.Of(sheet),
        };
        if (wishes.Output is { } written)
        {
            OutputFile.Write(written, text);
            terminal.Note($"written: {written}" + (wishes.Key ? ", with the answers" : $"; backprop grade {Words(wishes.Network)} ANSWERS marks what learners save"));
        }
        else terminal.Output.Write(text);
        return ExitCode.Done;
    }

    private static string Words(NetworkWords words) => words.Network + (words.Data is { } data ? $" --data {data}" : "")
        + (words.Samples is { } samples ? FormattableString.Invariant($" --samples {samples}") : "");

    /// <summary>The first step of a network.</summary>
    /// <exception cref="InputException">It has none that can be worked out.</exception>
    public static NetworkStep Open(NetworkWords words, Terminal terminal)
    {
        var network = NetworkSource.Open(words, terminal);
        try
        {
            return new NetworkStep(network.Build<double>());
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            throw new InputException($"{network.File}: {ArgumentText.Of(error)}");
        }
    }

    /// <summary>The worksheet of a step.</summary>
    /// <exception cref="InputException">It has fewer numbers that can be asked.</exception>
    public static Worksheet Make(NetworkStep step, WorksheetSettings settings, string network)
    {
        try
        {
            return Worksheet.Make(step, settings);
        }
        catch (ArgumentException error)
        {
            throw new InputException($"{network}: {ArgumentText.Of(error)}");
        }
    }
}
