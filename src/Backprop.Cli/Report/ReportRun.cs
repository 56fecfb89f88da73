using Backprop.Cli.Data;
using Backprop.Cli.Evaluate;

namespace Backprop.Cli.Report;

/// <summary><c>backprop report</c> from the model to the page.</summary>
internal static class ReportRun
{
    public static int Execute(ReportSettings settings, Terminal terminal, CancellationToken cancellation)
    {
        var words = settings.Judged;
        string output = settings.Output ?? Path.ChangeExtension(words.Model, ".html");
        var (model, record) = EvaluateRun.Open(words.Model);
        OutputFile.Check(output, settings.Force, "--output");
        OutputFile.Spare(words.Model, output, "--output");
        if ((words.Data ?? record?.Data) is { } read) OutputFile.Spare(read, output, "--output");
        ReportedAnswers? answers = null;
        // What was asked for must be there; the data that trained need not.
        bool asked = words.Data is not null || words.Part is not null;
        if ((words.Data ?? record?.Data) is { } name && (asked || GeneratedKind.Of(name) is not null || File.Exists(name) || Directory.Exists(name)))
        {
            var data = JudgedData.Read(new SampleWords(words.Model, name, words.Header, words.Unknown), words.Part, model, record, terminal);
            var (judge, loss) = Judge.Of(model, data.Samples, words.Model, cancellation);
            answers = new ReportedAnswers(data, judge, EvaluateResult.Of(model, data, judge, loss, name));
        }
        else terminal.Note($"data: {(record is null ? $"{words.Model} does not say what trained it" : $"{record.Data} is not here")}; --data DATA judges the model by some");
        OutputFile.Write(output, ReportPage.Of(new Reported(words.Model, model, record, answers)));
        terminal.Note($"written: {output}");
        return ExitCode.Done;
    }
}
