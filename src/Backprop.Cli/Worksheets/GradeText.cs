using System.Globalization;
using System.Text;
using Backprop.Lessons.Worksheets;

namespace Backprop.Cli.Worksheets;

/// <summary>The marks of a class for the terminal: a table for each learner, then what is commonest.</summary>
internal static class GradeText
{
    public static string Of(GradeBook book)
    {
        var text = new StringBuilder();
        foreach (var sheet in book.Sheets)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Learner(sheet)}   {sheet.Marks} of {sheet.Answers.Count} marks\n");
            WriteTable(text, sheet);
            if (sheet.FirstMistake is { } first)
                text.Append(CultureInfo.InvariantCulture, $"  first mistake: {first.Blank.Number}, {first.Blank.Entry.Name}: {Remark(first)}\n");
            text.Append('\n');
        }
        if (book.Sheets.Count > 1)
            text.Append(CultureInfo.InvariantCulture, $"{book.Sheets.Count} learners, {book.Sheets.Average(sheet => sheet.Marks):0.0}")
                .Append(CultureInfo.InvariantCulture, $" of {book.Worksheet.Blanks.Count} marks on average\n")
                .Append(book.CommonestMistake is { } mistake ? Commonest(mistake) : "");
        return text.Append("✓ right   ✓f right by follow-through   ✗ wrong   – not answered\n").ToString();
    }

    /// <summary>A mark as a sign.</summary>
    public static string Sign(Mark mark) => mark switch { Mark.Right => "✓", Mark.FollowThrough => "✓f", Mark.Wrong => "✗", _ => "–" };

    /// <summary>Whose answers they are: the name, or the file where none was given.</summary>
    public static string Learner(GradedSheet sheet) => sheet.Learner.Length > 0 ? sheet.Learner : Path.GetFileNameWithoutExtension(sheet.File);

    /// <summary>The likely cause of a wrong answer.</summary>
    public static string Remark(MarkedAnswer answer) => answer.Remark ?? "wrong, cause unknown";

    /// <summary>A mistake that is no commoner than another is said to be one of them.</summary>
    private static string Commonest(CommonMistake mistake) => mistake.AsCommon == 1
        ? $"the commonest first mistake, {Times(mistake.Count)}: {mistake.Mistake}\n"
        : string.Create(CultureInfo.InvariantCulture, $"one of the {mistake.AsCommon} commonest first mistakes, each {Times(mistake.Count)}: {mistake.Mistake}\n");

    private static string Times(int count) => count switch { 1 => "once", 2 => "twice", _ => string.Create(CultureInfo.InvariantCulture, $"{count} times") };

    private static void WriteTable(StringBuilder text, GradedSheet sheet)
    {
        int name = sheet.Answers.Max(answer => answer.Blank.Entry.Name.Length);
        int typed = Math.Max(6, sheet.Answers.Max(answer => Shown(answer).Length));
        int width = sheet.Answers.Max(answer => Minus(answer.Blank.Answer).Length);
        text.Append(CultureInfo.InvariantCulture, $"      {"".PadRight(name)}   {"answer".PadRight(typed - 1)}   right\n");
        foreach (var answer in sheet.Answers)
        {
            string right = Aligned(Minus(answer.Blank.Answer));
            string line = $"  {answer.Blank.Number,2}  {answer.Blank.Entry.Name.PadRight(name)}  {Shown(answer).PadRight(typed)}  {right.PadRight(width)}  {Sign(answer.Mark),-2}";
            text.Append($"{line}  {(answer.Mark == Mark.Wrong ? answer.Remark : "")}".TrimEnd()).Append('\n');
        }
    }

    private static string Shown(MarkedAnswer answer) => answer.Typed.Length > 24 ? $" {answer.Typed[..23]}…" : Aligned(Minus(answer.Typed));

    private static string Minus(string number) => number.Replace('-', '−');

    /// <summary>A number without a minus leaves its place free.</summary>
    private static string Aligned(string number) => number is [' ' or '−', ..] ? number : $" {number}";
}
