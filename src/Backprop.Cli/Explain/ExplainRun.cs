using System.Numerics;
using Backprop.Cli.Explain.Drawing;
using Backprop.Cli.Explain.Page;
using Backprop.Cli.Networks;
using Backprop.Explaining;
using Backprop.Layers;
using Backprop.Saving;
using Backprop.Tensors;

namespace Backprop.Cli.Explain;

/// <summary><c>backprop explain</c> from the network to the result.</summary>
internal static class ExplainRun
{
    private const int MostNumbers = 10_000;
    private const int MostShown = 1_000;

    /// <summary>Up to how many entries all of them are worked out with their numbers.</summary>
    public const int WorkedEntries = 8;

    /// <summary>The same where one layer alone is shown.</summary>
    public const int WorkedEntriesOfOne = 100;

    public static int Execute(ExplainSettings settings, Terminal terminal, CancellationToken cancellation)
    {
        if (settings.Output is { } path) OutputFile.Check(path, settings.Force, "--output");
        if (settings.Shown.Count > MostShown && !settings.Force)
            throw new InputException(FormattableString.Invariant(
                $"{settings.Shown.Count:N0} steps would be shown, more than {MostShown:N0}; name some by --at, or --force shows all"));
        var network = NetworkSource.Open(settings.Network, terminal);
        string text = network.IsSinglePrecision
            ? Explain(network.Build<float>(), network.File, settings, terminal, cancellation)
            : Explain(network.Build<double>(), network.File, settings, terminal, cancellation);
        if (settings.Output is { } written)
        {
            // A table program takes a CSV file for UTF-8 by its byte order mark.
            OutputFile.Write(written, settings.Format == ExplainFormat.Csv ? $"\uFEFF{text}" : text);
            terminal.Note($"written: {written}");
        }
        else terminal.Output.Write(text);
        return ExitCode.Done;
    }

    private static string Explain<T>(NetworkFile<T> network, string file, ExplainSettings settings, Terminal terminal, CancellationToken cancellation)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (settings.Only is { } layer && !network.Model.LayerNames.Contains(layer))
            throw new InputException(
                $"--only: there is no layer '{layer}'; " +
                Suggestion.Or(layer, network.Model.LayerNames, $"there are {string.Join(", ", network.Model.LayerNames)}"));
        ThroughTimeRun.Check(network, settings);
        if (settings.Why.Count > 0 && (settings.Only is not null ? "--only" : settings.Truncate is not null ? "--truncate" : null) is { } option)
            throw new InputException($"{option} and --why contradict each other; leave one out");
        string picture = NetworkPicture.Of(network);
        Explanation<T> explanation;
        try
        {
            explanation = Run(network, settings, terminal, cancellation);
        }
        catch (ArgumentException error)
        {
            throw new InputException($"{file}: {ArgumentText.Of(error)}");
        }
        bool why = settings.Why.Count > 0;
        return settings.Format switch
        {
            ExplainFormat.Csv when why => WhyCsv.Of(explanation),
            ExplainFormat.Markdown when why => WhyMarkdown.Of(explanation, settings.Digits),
            ExplainFormat.Html when why => WhyHtml.Of(explanation, settings.Digits),
            ExplainFormat.Text when why => WhyText.Of(explanation, settings.Digits),
            ExplainFormat.Json => ExplainJson.Of(explanation),
            ExplainFormat.Csv => ExplainCsv.Of(explanation),
            ExplainFormat.Markdown => ExplainMarkdown.Of(explanation, picture, settings.Digits),
            ExplainFormat.Html => ExplainHtml.Of(explanation, picture, settings.Network.Command("explain"), settings.Digits),
            _ => ExplainText.Of(explanation, picture, settings.Digits),
        };
    }

    private static Explanation<T> Run<T>(NetworkFile<T> network, ExplainSettings settings, Terminal terminal, CancellationToken cancellation)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var shown = new List<ExplainedStep<T>>();
        var losses = new List<T>();
        NetworkSnapshot<T>? picture = null;
        foreach (var batch in network.Batches())
        {
            cancellation.ThrowIfCancellationRequested();
            bool isShown = settings.Shown.Contains(losses.Count + 1), whole = isShown && settings.Why.Count == 0, isPage = whole && settings.Format == ExplainFormat.Html;
            var throughTime = whole && losses.Count < settings.Steps ? ThroughTimeRun.Of(network, batch, settings, terminal) : null;
            // Tokens are not numbers that could be moved a little; and JSON and CSV list what a template of one's own numbers asks for.
            bool showsInput = network.Model.Layers[0] is not Embedding<T> && settings.Format is not (ExplainFormat.Json or ExplainFormat.Csv);
            var (tape, loss, ofData) = network.Record(batch, inputGradient: isShown && (showsInput || !whole));
            using var disposed = tape;
            if (losses.Count == settings.Steps) return new(network, shown, losses, loss.Value, picture);
            tape.Backward(loss);
            if (!T.IsFinite(loss.Value) && losses.TrueForAll(T.IsFinite) && tape.FindNonFinite() is { } first)
                terminal.Note($"step {losses.Count + 1}: {first.Name}{(first.Layer.Length > 0 ? $" of {first.Layer}" : "")} gave the first number that is not finite");
            losses.Add(loss.Value);
            if (!isShown) network.Optimizer.Step();
            else if (whole)
            {
                var reader = TapeReader<T>.Attach(tape, Reading(network, settings));
                if (isPage) picture ??= new NetworkSnapshot<T>(network, batch.Inputs, batch.Targets, reader.Steps, loss.Value);
                shown.Add(Read(losses.Count, network, tape, reader, loss, ofData, settings) with { ThroughTime = throughTime });
            }
            else shown.Add(new(losses.Count, loss.Value, ofData.Value, [], [], [], WhyRun.Read(network, tape, settings)));
        }
        throw new InvalidOperationException("The batches of a network file have no end.");
    }

    /// <summary>Without the entries that are the same number again: a slice, a sum of one.</summary>
    private static ReadStep<T> WithoutCopies<T>(ReadStep<T> read, int digits) where T : unmanaged, IFloatingPointIeee754<T> =>
        read with { Worked = [.. read.Worked.Where(entry => entry.Numbers != NumberText.Operand(entry.Result, digits))] };

    private static ReadingOptions<T> Reading<T>(NetworkFile<T> network, ExplainSettings settings) where T : unmanaged, IFloatingPointIeee754<T> => new()
    {
        Number = value => NumberText.Operand(value, settings.Digits),
        Entries = settings.Only is null ? WorkedEntries : WorkedEntriesOfOne,
        Labels = network.Labels,
    };

    private static ExplainedStep<T> Read<T>(
        int number, NetworkFile<T> network, Tape<T> tape, TapeReader<T> reader, Tensor<T> loss, Tensor<T> ofData, ExplainSettings settings)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var anatomies = settings.Format == ExplainFormat.Html ? new StepAnatomies<T>(tape, Reading(network, settings), settings.Shown.Count) : null;
        network.Optimizer.Step();
        var changes = network.Optimizer.Parameters.Any(parameter => parameter is { Trainable: true, HasGradient: true }) ? reader.Changes(network.Optimizer) : [];
        ReadStep<T>[] steps = [.. reader.Steps.Where(read => settings.Shows(read.Layer))];
        var computed = steps.Where(read => read.Phase != Phase.Backward).Select(read => (read.Symbol, read.Path, read.Shape));
        var step = new ExplainedStep<T>(
            number, loss.Value, ofData.Value, [.. steps.Select(read => WithoutCopies(read, settings.Digits))],
            [.. changes.Where(change => settings.Shows(change.Step.Layer))], [.. reader.Legend, .. computed], [])
        {
            Anatomies = anatomies,
        };
        if (step.Numbers > MostNumbers && !settings.Force)
            throw new InputException(
                FormattableString.Invariant($"{(settings.Only is { } only ? $"{only} of step" : "step")} {number} has {step.Numbers:N0} numbers, more than {MostNumbers:N0}; ") +
                (settings.Only is not null || network.Model.LayerNames.Count == 1 ? "--why ENTRY shows one gradient"
                    : $"--only LAYER shows one layer of {string.Join(", ", network.Model.LayerNames)}, --why ENTRY one gradient") +
                $"{(settings.Shown.Count > 1 ? ", --at K one step" : "")}, --force all");
        return step;
    }
}
