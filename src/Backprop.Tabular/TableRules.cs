using Backprop.Data;

namespace Backprop.Tabular;

/// <summary>How the columns of a table are to become inputs, where the rules of <see cref="TableSchema"/> are not what is wanted.</summary>
public sealed record TableRules
{
    /// <summary>The names of columns to leave out.</summary>
    public IReadOnlyCollection<string> Ignored { get; init; } = [];

    /// <summary>Columns whose values become learnt vectors, with the length of the vectors; null for <see cref="Feature.UsualSize"/>.</summary>
    public IReadOnlyDictionary<string, int?> Embedded { get; init; } = new Dictionary<string, int?>();

    /// <summary>What happens to missing values.</summary>
    public MissingPolicy Missing { get; init; }

    /// <summary>What happens to texts that the training part did not hold.</summary>
    public UnknownPolicy Unknown { get; init; }

    /// <summary>The rows that can train or test: under <see cref="MissingPolicy.Drop"/> those without a missing value, under
    /// <see cref="MissingPolicy.Fill"/> those whose target is there, else all, of which none may have a missing value.</summary>
    /// <param name="target">The column to predict; the others of its table are looked at as well, unless they are left out.</param>
    /// <exception cref="DataException">No row is left, or a value is missing and none may be.</exception>
    public int[] CompleteRows(TableColumn target)
    {
        ArgumentNullException.ThrowIfNull(target);
        TableColumn[] needed = [target, .. Missing == MissingPolicy.Fill ? [] : Inputs(target)];
        var rows = new List<int>();
        for (int row = 0; row < target.Cells.Count; row++)
        {
            if (Array.Find(needed, column => IsMissing(column, row)) is not { } gap) rows.Add(row);
            else if (Missing == MissingPolicy.Refuse)
                throw gap == target ? gap.MissingTarget(row) : gap.MissingInput(row, gap.HoldsNumbers && !Embedded.ContainsKey(gap.Name));
        }
        return rows.Count > 0 ? [.. rows] : throw new DataException(
            target.Table.Source, Missing == MissingPolicy.Fill ? $"{target.Title} has no value in any row; a target in some rows is needed"
                : "every row has a missing value, so none is left; --missing fill keeps them, --ignore leaves a column out");
    }

    /// <summary>The columns beside the target that become inputs: those that are not left out and have a value.</summary>
    internal TableColumn[] Inputs(TableColumn target) =>
        [.. target.Table.Columns.Where(column => column.Index != target.Index && !Ignored.Contains(column.Name) && column.Filled > 0)];

    /// <summary>In a column that is embedded every word is a value.</summary>
    private bool IsMissing(TableColumn column, int row) => Embedded.ContainsKey(column.Name) ? column.Cells[row].Length == 0 : column.IsMissing(row);
}
