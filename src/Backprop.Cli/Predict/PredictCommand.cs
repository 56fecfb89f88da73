using System.CommandLine;
using Backprop.Cli.Data;
using Backprop.Cli.Writing;

namespace Backprop.Cli.Predict;

/// <summary>What the user asked <c>backprop predict</c> for.</summary>
/// <param name="Words">The model and the samples.</param>
/// <param name="Keep">Columns of a table that are to stand in the result, too.</param>
/// <param name="Save">Where to write the result instead of the output stream.</param>
/// <param name="Force">Whether that file may be replaced.</param>
/// <param name="Json">Whether the result is JSON.</param>
internal sealed record PredictSettings(SampleWords Words, IReadOnlyList<string> Keep, string? Save, bool Force, bool Json);

/// <summary><c>backprop predict MODEL DATA</c>: its words and options.</summary>
internal static class PredictCommand
{
    public static Command Create(Terminal terminal)
    {
        var model = new Argument<string>("MODEL") { Description = "A model that backprop train saved." };
        var data = new Argument<string?>("DATA")
        {
            Description = "A CSV or TSV file with the columns that trained, or - for one that is piped in; or pictures: a PNG, JPEG or BMP file, a folder of them, or IDX files; NumPy's arrays (.npz, .npy). " +
                "A target that is there is compared.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var header = Value.Choice<YesNo>("--header", "Whether the first row names the columns. [default: as in training]");
        var unknown = SampleWords.UnknownOption();
        var keep = new Option<string[]>("--keep")
        {
            HelpName = "COLUMN",
            Description = "A column of the table to write beside each prediction, by name or position, as a number by which rows are known; may be given several times.",
            Arity = ArgumentArity.OneOrMore,
        };
        var save = new Option<string?>("--save") { HelpName = "FILE", Description = "Where to write the result. [default: the output]" };
        var force = new Option<bool>("--force") { Description = "Replace an existing FILE." };
        UsageErrors.RefuseOptions(model);
        UsageErrors.RefuseOptions(data);
        var command = new Command("predict", "Predict with a trained model, or let one that read texts write.") { model, data, header, unknown, keep, save, force };
        var writing = new WritingOptions(command);
        var output = new OutputOptions(command, "CSV with a row per sample, or what is written");
        command.SetAction((parsed, cancellation) => CommandLine.Guard(terminal, () =>
        {
            string file = parsed.GetRequiredValue(model);
            var words = writing.Of(parsed);
            bool? named = parsed.GetValue(header) is { } yes ? yes == YesNo.Yes : null;
            bool json = output.WantsJson(parsed), replaces = parsed.GetValue(force);
            switch (parsed.GetValue(data), words.Prompt)
            {
                case ({ } samples, null):
                    return PredictRun.Execute(
                        new PredictSettings(new SampleWords(file, samples, named, parsed.GetValue(unknown)), parsed.GetValue(keep) ?? [], parsed.GetValue(save), replaces, json), terminal, cancellation);
                case (null, { } prompt) when named is null && parsed.GetValue(unknown) is null && parsed.GetValue(keep) is null or []:
                    return WritingRun.Execute(file, words, prompt, parsed.GetValue(save), replaces, json, terminal, cancellation);
                case (null, { }):
                    throw new InputException($"{(named is not null ? "--header" : parsed.GetValue(unknown) is not null ? "--unknown" : "--keep")} belongs to a table; --prompt writes a text on; leave one out");
                case ({ } samples, { }):
                    throw new InputException($"{samples}: DATA and --prompt came; a text is written on, or samples are predicted: leave one out");
                default:
                    throw new InputException("DATA is missing, the samples to predict; or --prompt TEXT, which a model of texts writes on");
            }
        }));
        return command;
    }
}
