using System.Text;

namespace Backprop.Checking;

/// <summary>A mistake that explains every number of a wrong gradient.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Where">The operation or tensor where it is made; where several places give the same numbers for every input, all of them.</param>
/// <param name="Sentence">What was done.</param>
/// <param name="Remedy">What belongs there instead.</param>
/// <param name="TellApart">Where other causes explain the numbers as well: an input for which they would differ. Else empty.</param>
public sealed record Cause(MistakeKind Kind, string Where, string Sentence, string Remedy, string TellApart = "");

/// <summary>One thing that is wrong, and what explains it.</summary>
/// <param name="Where">The operation that is wrong, or the gradients that were given.</param>
/// <param name="Symptom">What was measured there, in one sentence.</param>
/// <param name="Causes">All that explain every number; none where the cause is unknown.</param>
public sealed record Finding(string Where, string Symptom, IReadOnlyList<Cause> Causes);

/// <summary>What the doctor says about gradients.</summary>
public sealed class Diagnosis
{
    internal Diagnosis(GradientReport report, IReadOnlyList<Finding> findings, IReadOnlyList<string> remarks) =>
        (Report, Findings, Remarks) = (report, findings, remarks);

    /// <summary>The verdict on each parameter.</summary>
    public GradientReport Report { get; }

    /// <summary>Right, wrong or cannot tell: the worst verdict on a parameter.</summary>
    public Verdict Verdict => Report.Verdict;

    /// <summary>What is wrong, in the order of the backward pass; empty where nothing is.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>What explains it, of all findings.</summary>
    public IReadOnlyList<Cause> Causes => [.. Findings.SelectMany(finding => finding.Causes)];

    /// <summary>What can be said beside the verdict, a sentence each: a gradient that is stopped on purpose, a unit that is dead.</summary>
    public IReadOnlyList<string> Remarks { get; }

    /// <summary>The verdicts, what is wrong, and why.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Report.ToString());
        foreach (var finding in Findings)
        {
            text.Append('\n').Append(finding.Symptom);
            if (finding.Causes.Count == 0) text.Append("\n  wrong, cause unknown");
            foreach (var cause in finding.Causes)
            {
                text.Append("\n  ").Append(finding.Causes.Count > 1 ? "perhaps: " : "cause: ").Append(cause.Sentence);
                text.Append("\n  right: ").Append(cause.Remedy);
                if (cause.TellApart.Length > 0) text.Append("\n  to tell: ").Append(cause.TellApart);
            }
        }
        foreach (string remark in Remarks) text.Append('\n').Append(remark);
        return text.ToString();
    }
}
