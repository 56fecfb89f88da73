using System.Globalization;
using System.Text;
using Backprop.Checking;
using Backprop.Tabular;

namespace Backprop.Cli.Check;

/// <summary>A diagnosis for the terminal: a row per parameter, then what follows from it.</summary>
internal static class CheckText
{
    public static string Of(Diagnosis diagnosis)
    {
        var report = diagnosis.Report;
        var text = new StringBuilder();
        string[][] rows =
        [
            ["parameter", "shape", "checked", "relative error", "verdict"],
            .. report.Parameters.Select(parameter => new[]
            {
                parameter.Name, parameter.Shape.ToString(), Checked(parameter),
                double.IsFinite(parameter.Worst.Error) ? parameter.Worst.Error.ToString("0.0e+0", CultureInfo.InvariantCulture) : "–", Word(parameter.Verdict),
            }),
        ];
        int[] widths = [.. Enumerable.Range(0, 5).Select(column => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
            text.Append($"{row[0].PadRight(widths[0])}  {row[1].PadRight(widths[1])}  {row[2].PadLeft(widths[2])}  {row[3].PadLeft(widths[3])}  {row[4]}\n");
        foreach (var parameter in report.Parameters.Where(parameter => parameter.Verdict != Verdict.Right))
            text.Append('\n').Append(Entry(parameter)).Append('\n');
        text.Append('\n').Append(Conclusion(report)).Append('\n');
        foreach (var finding in diagnosis.Findings) Append(text, finding);
        foreach (string remark in diagnosis.Remarks) text.Append(remark).Append('\n');
        return text.ToString();
    }

    private static void Append(StringBuilder text, Finding finding)
    {
        text.Append(finding.Symptom).Append('\n');
        if (finding.Causes.Count == 0) text.Append("  cause unknown\n");
        foreach (var cause in finding.Causes)
        {
            text.Append($"  {(finding.Causes.Count > 1 ? "perhaps" : "cause")}: {cause.Sentence}\n  right: {cause.Remedy}\n");
            if (cause.TellApart.Length > 0) text.Append($"  to tell: {cause.TellApart}\n");
        }
    }

    /// <summary>A verdict as people say it.</summary>
    public static string Word(Verdict verdict) => verdict switch { Verdict.Right => "right", Verdict.Wrong => "wrong", _ => "cannot tell" };

    private static string Checked(ParameterCheck parameter) =>
        parameter.Checked == parameter.Shape.Elements ? $"all {parameter.Checked}" : string.Create(CultureInfo.InvariantCulture, $"{parameter.Checked} of {parameter.Shape.Elements:N0}");

    private static string Entry(ParameterCheck parameter)
    {
        var worst = parameter.Worst;
        string numbers = string.Create(CultureInfo.InvariantCulture, $"{parameter.WorstEntry}: gradient {worst.Analytic:G6}, differences {worst.Numeric:G6}");
        return worst.Reason.Length > 0 ? $"{numbers}; {worst.Reason}" : numbers;
    }

    private static string Conclusion(GradientReport report) => report switch
    {
        { Verdict: Verdict.Right } => $"Every gradient is right: {Wording.Count(report.Checked, "entry", "entries")} compared with finite differences, worst relative error " +
            $"{report.Worst!.Worst.Error.ToString("0.0e+0", CultureInfo.InvariantCulture)}.",
        { Verdict: Verdict.Wrong } => "A gradient is wrong.",
        _ => "No gradient is wrong; of some the differences cannot tell.",
    };
}
