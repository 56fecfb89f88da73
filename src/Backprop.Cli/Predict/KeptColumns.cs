using Backprop.Cli.Data;
using Backprop.Tabular;

namespace Backprop.Cli.Predict;

/// <summary>The columns that <c>--keep</c> names.</summary>
internal static class KeptColumns
{
    /// <summary>Finds them, each once.</summary>
    /// <exception cref="InputException">The samples are no rows of a table.</exception>
    /// <exception cref="Backprop.Data.DataException">There is no such column.</exception>
    public static IReadOnlyList<TableColumn> Of(Samples samples, PredictSettings settings)
    {
        if (settings.Keep.Count == 0) return [];
        var table = samples.Table ?? throw new InputException($"--keep belongs to a table; the samples in {settings.Words.Data} are no rows of one");
        return [.. settings.Keep.Select(table.Column).Distinct()];
    }
}
