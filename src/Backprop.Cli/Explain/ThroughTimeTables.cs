using System.Globalization;
using System.Numerics;
using Backprop.Explaining;
using Backprop.Tensors;

namespace Backprop.Cli.Explain;

/// <summary>A table with what it shows.</summary>
/// <param name="Title">A line above it.</param>
/// <param name="Rows">The cells, the head first.</param>
internal sealed record TitledTable(string Title, string[][] Rows);

/// <summary>What flows back through time as tables, for every form that is read by people.</summary>
internal static class ThroughTimeTables
{
    private const int MostEntries = 24;
    private const int WeightsBesideEachOther = 3;
    private const string Nothing = "–";

    /// <summary>The line above the tables of a network.</summary>
    public static string Title<T>(NetworkThroughTime<T> network) where T : unmanaged, IFloatingPointIeee754<T> =>
        $"{network.Layer}, {network.TimeSteps} {(network.TimeSteps == 1 ? "time step" : "time steps")}{(network.ReadsFromEnd ? ", from the end: t = 1 is the last" : "")}";

    /// <summary>What is said above all networks; nothing where there is nothing to say.</summary>
    public static string Note<T>(ExplainedTime<T> time) where T : unmanaged, IFloatingPointIeee754<T> => time.CutInTraining is not { } steps ? ""
        : $"Training cuts gradients after {(steps == 1 ? "1 time step" : $"{steps} time steps")}; the whole ones here are recorded without any cut. "
            + (time.Truncate == steps ? $"The update uses those under \"cut after {steps}\"." : "The update uses neither column: --truncate chose another cut.");

    /// <summary>What is said below the tables of a network: what becomes of its gradient, which where training cuts it is not the one that the update uses.</summary>
    public static string Conclusion<T>(ExplainedTime<T> time, NetworkThroughTime<T> network) where T : unmanaged, IFloatingPointIeee754<T>
    {
        string whole = network.Flow.Conclusion;
        return time.CutInTraining is null ? whole : $"Without the cut of training, {char.ToLowerInvariant(whole[0])}{whole[1..]}";
    }

    /// <summary>The tables of a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="truncate">After how many time steps the truncated gradient is cut.</param>
    /// <param name="labels">The textbook's names of entries, by the path of their parameter.</param>
    /// <param name="parameters">The parameters, which know where an entry stands.</param>
    /// <param name="digits">How many digits a number has.</param>
    public static IEnumerable<TitledTable> Of<T>(
        NetworkThroughTime<T> network, int? truncate, IReadOnlyDictionary<string, IReadOnlyList<string>> labels, ParameterList<T> parameters, int digits)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        yield return StatesOf(network.States, 'h', "what reads h_t at time t", digits);
        if (network.Cells.Count > 0) yield return StatesOf(network.Cells, 'c', "what comes through h_t", digits);
        if (network.Weights.Count == 0) yield break;
        foreach (var weights in network.Weights.Chunk(WeightsBesideEachOther)) yield return SharesOf(network.TimeSteps, weights, digits);
        foreach (var weight in network.Weights) yield return Compared(weight, truncate, labels.GetValueOrDefault(weight.Path), parameters[weight.Path].Place, digits);
    }

    private static TitledTable StatesOf<T>(IReadOnlyList<StateGradient<T>> states, char letter, string direct, int digits) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int entries = states.Sum(state => state.Total.Count);
        string more = entries > MostEntries ? FormattableString.Invariant($"; of {entries:N0} entries the norms alone, --format csv has all") : "";
        var rows = states.Reverse().SelectMany(state => (string[][])
        [
            .. entries > MostEntries ? [] : Enumerable.Range(0, state.Total.Count).Select(i => (string[])
            [
                state.Symbol + state.Shape.Position(i), NumberText.Of(state.Total[i], digits), NumberText.Of(state.Direct[i], digits), NumberText.Of(state.FromNext[i], digits),
            ]),
            [$"‖{state.Symbol}‖", NumberText.Of(state.TotalNorm, digits), NumberText.Of(state.DirectNorm, digits), NumberText.Of(state.FromNextNorm, digits)],
        ]);
        return new(
            $"∂L/∂{letter}_t = direct part ({direct}) + part from t + 1{more}",
            [["", $"∂L/∂{letter}_t", "direct", "from t + 1"], .. rows]);
    }

    private static TitledTable SharesOf<T>(int timeSteps, WeightThroughTime<T>[] weights, int digits) where T : unmanaged, IFloatingPointIeee754<T>
    {
        string[] head = ["t", .. weights.SelectMany(weight => (string[])[$"‖∂L/∂{weight.Symbol}‖", "share"])];
        var rows = Enumerable.Range(0, timeSteps).Select(i => Row($"{i + 1}", weight => weight.Shares[i]));
        string[][] outside = weights.Any(weight => weight.Outside is not null) ? [Row("elsewhere", weight => weight.Outside)] : [];
        string[] whole = ["all", .. weights.SelectMany(weight => (string[])[NumberText.Of(Norm(weight.Gradient), digits), Percent(weight.Shares.Sum(part => part.Share) + (weight.Outside?.Share ?? 0))])];
        return new("part g_t of each time step in the gradient g: ‖g_t‖, share g_t·g / g·g", [head, .. rows, .. outside, whole]);

        string[] Row(string t, Func<WeightThroughTime<T>, TimeShare<T>?> part) =>
            [t, .. weights.SelectMany(weight => part(weight) is { } share ? (string[])[NumberText.Of(share.Norm, digits), Percent(share.Share)] : [Nothing, Nothing])];

        static double Norm(IReadOnlyList<T> values) => ComparedGradient<T>.Of(values, values).Norm;
    }

    private static TitledTable Compared<T>(WeightThroughTime<T> weight, int? truncate, IReadOnlyList<string>? labels, Func<int, string> place, int digits)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var whole = ComparedGradient<T>.Of(weight.Gradient, weight.Gradient);
        ComparedGradient<T>[] columns = weight.Truncated is { } truncated ? [whole, truncated, weight.LastTimeStepOnly] : [whole, weight.LastTimeStepOnly];
        string last = $"t = {weight.Shares.Count} only";
        string[] names = weight.Truncated is null ? ["whole", last] : ["whole", $"cut after {truncate}", last];
        int shown = weight.Gradient.Count <= MostEntries ? weight.Gradient.Count : 0;
        string more = shown > 0 ? "" : FormattableString.Invariant($" ({weight.Gradient.Count:N0} entries; --format csv has them)");
        return new(
            $"∂L/∂{weight.Symbol} whole, and by shorter ways back{more}",
            [
                ["", .. names],
                .. Enumerable.Range(0, shown).Select(i => (string[])[labels?[i] ?? place(i), .. columns.Select(column => NumberText.Of(column.Values[i], digits))]),
                ["norm", .. columns.Select(column => NumberText.Of(column.Norm, digits))],
                ["cosine", .. columns.Select(column => double.IsNaN(column.Cosine) ? Nothing : NumberText.Of(column.Cosine, digits))],
                ["wrong signs", .. columns.Select(column => Whole(column.WrongSigns))],
                ["out of", .. columns.Select(column => Whole(column.Counted))],
            ]);
    }

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Percent(double share) =>
        double.IsNaN(share) ? Nothing : share.ToString("+0.0 %;−0.0 %;0.0 %", CultureInfo.InvariantCulture);
}
