using System.Globalization;
using System.Text;
using Backprop.Cli.Explain;
using Backprop.Lessons.Worksheets;

namespace Backprop.Cli.Worksheets;

/// <summary>The marks of a class with a row per learner and a column per blank; the last row has the commonest mistakes.</summary>
internal static class GradeCsv
{
    public static string Of(GradeBook book)
    {
        var text = new StringBuilder();
        var blanks = book.Worksheet.Blanks;
        Row(text, ["learner", "file", .. blanks.Select(Name), "marks", "of", "first mistake", "likely cause"]);
        foreach (var sheet in book.Sheets)
            Row(text,
            [
                sheet.Learner, sheet.File, .. sheet.Answers.Select(answer => GradeText.Sign(answer.Mark)),
                Whole(sheet.Marks), Whole(sheet.Answers.Count),
                sheet.FirstMistake is { } first ? Name(first.Blank) : "", sheet.FirstMistake is { } mistake ? GradeText.Remark(mistake) : "",
            ]);
        foreach (var (file, reason) in book.Refused) Row(text, ["", file, .. blanks.Select(_ => ""), "", "", "refused", reason]);
        var commonest = blanks.Select(blank => Commonest(book.CommonestAt(blank.Number)));
        Row(text, ["commonest mistake", "", .. commonest, "", "", "", Commonest(book.CommonestMistake)]);
        return text.ToString();
    }

    private static void Row(StringBuilder text, IEnumerable<string> cells) => text.AppendJoin(',', cells.Select(ExplainCsv.Field)).Append('\n');

    private static string Commonest(CommonMistake? mistake) => mistake switch
    {
        null => "",
        { AsCommon: 1 } => mistake.Mistake,
        _ => string.Create(CultureInfo.InvariantCulture, $"one of {mistake.AsCommon}: {mistake.Mistake}"),
    };

    private static string Name(Blank blank) => string.Create(CultureInfo.InvariantCulture, $"{blank.Number} {blank.Entry.Name}");

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);
}
