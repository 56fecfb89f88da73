using System.Text;
using Backprop.Cli.Networks;
using Backprop.Data;
using Backprop.Lessons.Worksheets;

namespace Backprop.Cli.Worksheets;

/// <summary><c>backprop grade</c> from the files to the marks.</summary>
/// <remarks>All files of one run are answers to one worksheet, that of the first. What cannot be marked is refused by name, and the others are
/// marked.</remarks>
internal static class GradeRun
{
    public static int Execute(NetworkWords words, string[] files, GradeFormat format, string? output, bool force, Terminal terminal)
    {
        if (output is not null) OutputFile.Check(output, force, "--output");
        using var step = WorksheetRun.Open(words, terminal);
        var refused = new List<(string File, string Reason)>();
        var sheets = new List<GradedSheet>();
        (Worksheet Sheet, Grading Grading)? marking = null;
        foreach (string file in files)
            try
            {
                var answers = Read(file);
                if (marking is { } begun && begun.Sheet.Settings != answers.Settings)
                    throw new DataException(
                        file, $"these answers have {Of(answers.Settings)}, those before have {Of(begun.Sheet.Settings)}; mark each worksheet in a run of its own");
                if (marking is null && Made(step, answers, file) is { } made) marking = (made, new Grading(made));
                sheets.Add(marking!.Value.Grading.Mark(answers, file));
            }
            catch (Exception error) when (error is InputException or DataException or IOException or UnauthorizedAccessException)
            {
                terminal.Error(error.Message);
                refused.Add((file, error.Message));
            }
        if (marking is not { } done) return ExitCode.BadInput;
        var book = new GradeBook(done.Sheet, sheets, refused);
        string text = format switch
        {
            GradeFormat.Json => GradeJson.Of(book),
            GradeFormat.Csv => GradeCsv.Of(book),
            _ => GradeText.Of(book),
        };
        if (output is not null)
        {
            // A table program takes a CSV file for UTF-8 by its byte order mark.
            OutputFile.Write(output, format == GradeFormat.Csv ? $"\uFEFF{text}" : text);
            terminal.Note($"written: {output}");
        }
        else terminal.Output.Write(text);
        return refused.Count > 0 ? ExitCode.Negative : ExitCode.Done;
    }

    private static AnswerSheet Read(string file)
    {
        if (Directory.Exists(file)) throw new InputException($"{file}: this is a folder; a file of answers is needed");
        return File.Exists(file) ? AnswerSheet.Parse(File.ReadAllText(file, Encoding.UTF8), file)
            : throw new InputException($"{file}: there is no such file");
    }

    /// <summary>The worksheet that answers say they belong to, made again from the network.</summary>
    private static Worksheet Made(NetworkStep step, AnswerSheet answers, string file)
    {
        Worksheet made;
        try
        {
            made = Worksheet.Make(step, answers.Settings);
        }
        catch (ArgumentException)
        {
            throw Grading.Foreign(file);
        }
        return made.Id == answers.Worksheet ? made : throw Grading.Foreign(file);
    }

    private static string Of(WorksheetSettings settings) =>
        FormattableString.Invariant($"{settings.Blanks} blanks, seed {settings.Seed} and {settings.Digits} digits");
}
