using System.Numerics;
using Backprop.Data;
using Backprop.Layers;
using Backprop.Lessons.Networks;
using Backprop.Saving;

namespace Backprop.Cli.Explain;

/// <summary>The part of an explanation that looks back through time.</summary>
internal static class ThroughTimeRun
{
    /// <summary>Up to how many products are summed without being asked: a second's work.</summary>
    private const long MostTerms = 5_000_000;

    /// <summary>Refuses <c>--truncate</c> where nothing can be cut.</summary>
    /// <exception cref="InputException">The network has no recurrent layer.</exception>
    public static void Check<T>(NetworkFile<T> network, ExplainSettings settings) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (settings.Truncate is not null && StepThroughTime.RecurrentOf(network.Model).Count == 0)
            throw new InputException("--truncate: the network has no recurrent layer, so nothing flows back through time");
    }

    /// <summary>Reads a step that is about to be recorded; null where nothing of what is shown is recurrent.</summary>
    public static ExplainedTime<T>? Of<T>(NetworkFile<T> network, Batch<T> batch, ExplainSettings settings, Terminal terminal)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Layer<T> shown = settings.Only is { } only ? network.Model.Layers[network.Model.LayerNames.ToList().IndexOf(only)] : network.Model;
        var recurrent = StepThroughTime.RecurrentOf(shown);
        if (recurrent.Count == 0) return null;
        long terms = (long)batch.Count * network.Input[0] * recurrent.Sum(layer => layer.Parameters.Elements);
        if (terms <= MostTerms || settings.Force)
        {
            var reading = StepThroughTime.Of(network, batch, settings.Truncate);
            int longest = reading.Networks.Max(part => part.TimeSteps);
            if (settings.Truncate >= longest)
                throw new InputException(longest == 1 ? "--truncate: with 1 time step nothing can be cut"
                    : FormattableString.Invariant(
                        $"--truncate: a cut after {settings.Truncate} cuts nothing of {longest} time steps; a whole number from 1 to {longest - 1} is needed"));
            int? inTraining = StepThroughTime.TruncationOf(network.Model) is { } cut && cut < longest ? cut : null;
            return new([.. reading.Networks.Where(part => settings.Shows(part.Layer))], reading.Truncate, inTraining);
        }
        terminal.Note(FormattableString.Invariant($"the way back through time is left out: it sums {terms:N0} products, more than {MostTerms:N0}; --force shows it"));
        return null;
    }
}
