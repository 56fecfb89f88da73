using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Backprop.Checking;
using Backprop.Explaining;
using Backprop.Lessons.Museum;

namespace Backprop.Cli.Museum;

/// <summary>The museum as plain text, no line longer than 80 letters.</summary>
internal static partial class MuseumText
{
    private const int Width = 80;

    /// <summary>Digits of what is measured: it is looked at, not calculated with.</summary>
    private const int Digits = 3;

    /// <summary>All exhibits, a line each, room by room.</summary>
    public static string List()
    {
        var text = new StringBuilder();
        int names = Catalogue.Exhibits.Max(exhibit => exhibit.Name.Length);
        text.Append(CultureInfo.InvariantCulture, $"The museum of wrong gradients: {Catalogue.Exhibits.Count} programs that run, each with one fault.\n");
        foreach (var room in Catalogue.Exhibits.GroupBy(exhibit => exhibit.Room))
        {
            text.Append('\n').Append(Word(room.Key)).Append('\n');
            foreach (var exhibit in room) text.Append($"  {exhibit.Name.PadRight(names)}  {exhibit.Title}\n");
        }
        return text.Append("\nbackprop museum NAME shows the code, what is measured on it, and a question;\n--answer shows what is wrong.\n").ToString();
    }

    /// <summary>One exhibit: the code, what is measured, the question, and the answer if it is wanted.</summary>
    public static string Of(Exhibit exhibit, bool withAnswer)
    {
        string room = Word(exhibit.Room);
        var lines = new List<string> { $"{exhibit.Name}   {exhibit.Title}".PadRight(Width - room.Length) + room, "" };
        lines.AddRange(exhibit.Code.Select((line, i) => $"{i + 1,4}  {line}".TrimEnd()));
        lines.Add("");
        lines.AddRange(AlignedTable.Lines([["measured", "this code", "mended"], .. Symptoms.Of(exhibit).Select(Row)]));
        lines.AddRange(["", .. Wrapped($"? {exhibit.Question}", indent: 2)]);
        lines.AddRange(withAnswer ? ["", .. Answer(exhibit)] : ["", $"  backprop museum {exhibit.Name} --answer"]);
        return string.Join('\n', lines) + '\n';
    }

    /// <summary>A room as its sign says.</summary>
    public static string Word(Room room) => room == Room.Training ? "TRAINING" : room.ToString().ToUpperInvariant();

    private static string[] Row(Symptom symptom) => [symptom.IsShare ? $"{symptom.What}, %" : symptom.What, Number(symptom.WithFault, symptom), Number(symptom.Mended, symptom)];

    private static string Number(double number, Symptom symptom) => NumberText.Of(symptom.IsShare ? 100 * number : number, Digits);

    private static IEnumerable<string> Answer(Exhibit exhibit)
    {
        foreach (string line in Doctor(exhibit)) yield return line;
        yield return "";
        int indent = exhibit.Mending.Min(line => line.Text.Length - line.Text.TrimStart().Length);
        foreach (var line in exhibit.Mending) yield return $"  {(line.IsRight ? '+' : '−')}{line.Number,4}  {line.Text[indent..]}";
        yield return "";
        foreach (string line in Wrapped(exhibit.Why)) yield return line;
        yield return "";
        foreach (string line in Wrapped($"Seen: {exhibit.Seen}", indent: 6)) yield return line;
    }

    private static IEnumerable<string> Doctor(Exhibit exhibit)
    {
        var diagnosis = exhibit.Claim().Examine();
        string step = exhibit.ExaminedStep == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" at step {exhibit.ExaminedStep}");
        if (diagnosis.Verdict == Verdict.Right) yield return $"The doctor{step}: every gradient is right.";
        foreach (var finding in diagnosis.Findings)
        {
            foreach (string line in Wrapped($"The doctor{step}: {finding.Symptom}")) yield return line;
            if (finding.Causes.Count == 0) yield return "  The cause is unknown.";
            foreach (var cause in finding.Causes)
            {
                string word = finding.Causes.Count > 1 ? "perhaps" : "cause";
                foreach (string line in Wrapped($"  {word}: {cause.Sentence}", indent: 4)) yield return line;
                foreach (string line in Wrapped($"  right: {cause.Remedy}", indent: 4)) yield return line;
            }
            foreach (string telling in finding.Causes.Select(cause => cause.TellApart).Where(telling => telling.Length > 0).Distinct())
                foreach (string line in Wrapped($"  to tell them apart: {telling}", indent: 4)) yield return line;
        }
    }

    /// <summary>Breaks a text at its spaces, but not beside an operator; the lines after the first are indented.</summary>
    private static IEnumerable<string> Wrapped(string text, int indent = 0)
    {
        var line = new StringBuilder(new string(' ', text.Length - text.TrimStart().Length));
        bool begun = false;
        foreach (string word in Operator().Replace(text, "\u00A0$1\u00A0").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Replace('\u00A0', ' ')))
        {
            if (begun && line.Length + 1 + word.Length > Width)
            {
                yield return line.ToString();
                line.Clear().Append(' ', indent);
                begun = false;
            }
            line.Append(begun ? " " : "").Append(word);
            begun = true;
        }
        yield return line.ToString();
    }

    [GeneratedRegex(" ([−+=·/<>→]) ")]
    private static partial Regex Operator();
}
