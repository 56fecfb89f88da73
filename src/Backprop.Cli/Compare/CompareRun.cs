using Backprop.Cli.Data;
using Backprop.Lessons.Comparison;
using Backprop.Randomness;
using Backprop.Tabular;

namespace Backprop.Cli.Compare;

/// <summary><c>backprop compare</c> from the data to the result.</summary>
internal static class CompareRun
{
    public static int Execute(CompareSettings settings, Terminal terminal, CancellationToken cancellation)
    {
        var data = Read(settings, terminal);
        var options = settings.Options;
        terminal.Note(
            $"training: 3 networks × {options.LearningRates.Count} learning rates × {options.Seeds} seeds, " +
            $"{Wording.Count(options.EpochsFor(data.Train.Count), "epoch")} each; the validation part chooses the learning rate");
        ComparisonResult result;
        try
        {
            result = CompareView.Show(terminal, data, view => FamilyComparison.Run(data, options, view, cancellation));
        }
        catch (ArgumentException error)
        {
            throw new InputException($"{settings.Reading?.Data ?? data.Name}: {ArgumentText.Of(error)}");
        }
        terminal.Output.Write(settings.Format switch
        {
            CompareFormat.Json => CompareJson.Of(result),
            CompareFormat.Markdown => CompareText.Markdown(result),
            _ => CompareText.Of(result),
        });
        return ExitCode.Done;
    }

    private static ComparisonData Read(CompareSettings settings, Terminal terminal)
    {
        if (settings.Reading is not { } reading)
        {
            var digits = ComparisonData.Digits(settings.Options.Seed);
            terminal.Note($"digits: drawn by seed {settings.Options.Seed}, each with its own shift, turn, slant and noise");
            return digits;
        }
        // One source of chance in a fixed order: the test part first, then the validation part.
        var random = new SeededRandom(reading.Seed);
        var read = DataSources.Read(reading, random, terminal);
        if (read.Form == DataForm.Table)
            terminal.Note("columns: the CNN slides along them and the RNN reads them one by one, in the order of the table, which may mean nothing");
        if (read.Form == DataForm.Text) throw new InputException($"{reading.Data}: three networks are compared on a table or on pictures; this is a text");
        ComparisonData parted;
        try
        {
            parted = ComparisonData.Of(reading.Data, read.Train, read.Test, random, read.TargetScale);
        }
        catch (InvalidOperationException error)
        {
            throw new InputException($"{reading.Data}: no validation part can be taken from what trains; {ArgumentText.Of(error)}");
        }
        terminal.Note($"validation: {parted.Validation.Count} of the {read.Train.Count} samples that would train");
        return parted;
    }
}
