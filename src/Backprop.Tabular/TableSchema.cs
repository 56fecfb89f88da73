using System.Text.Json.Serialization;
using Backprop.Data;
using Backprop.Tensors;

namespace Backprop.Tabular;

/// <summary>How the columns of a table become a network's inputs and its target: fitted on the rows that train, applied to every other one.</summary>
/// <remarks>Columns are found by name where training had a header, and by position where it had none.</remarks>
/// <param name="Features">The columns that the network reads, in order.</param>
/// <param name="TargetName">The name of the predicted column; without a header its position.</param>
/// <param name="TargetIndex">The position of the predicted column, from 0.</param>
/// <param name="Task">Classification or regression.</param>
/// <param name="Classes">The names of the classes, sorted ordinally; none for regression.</param>
/// <param name="HasHeader">Whether the first row named the columns.</param>
/// <param name="ColumnCount">The number of columns in the table, the target and those left out counted.</param>
/// <param name="Missing">What happens to missing values.</param>
/// <param name="Unknown">What happens to texts that the training part did not hold.</param>
/// <param name="Version">The version of the description; 1 knew neither missing values nor embedded columns.</param>
public sealed partial record TableSchema(
    IReadOnlyList<Feature> Features, string TargetName, int TargetIndex, TaskKind Task, IReadOnlyList<string> Classes, bool HasHeader, int ColumnCount,
    MissingPolicy Missing = MissingPolicy.Refuse, UnknownPolicy Unknown = UnknownPolicy.Refuse, int Version = 1)
{
    /// <summary>The version that is written here; every lower one is read.</summary>
    internal const int NewestVersion = 2;

    /// <summary>The number of inputs of the network.</summary>
    [JsonIgnore]
    public int Width => Features.Sum(feature => feature.Width);

    /// <summary>The names of the inputs: of a column of numbers and of an embedded one its name, of other texts column=value for each value.</summary>
    [JsonIgnore]
    public IEnumerable<string> InputNames => Features.SelectMany(feature => feature.InputNames);

    /// <summary>The embedded columns, each with its place among the inputs.</summary>
    [JsonIgnore]
    public IEnumerable<(int Place, Feature Feature)> Embedded
    {
        get
        {
            int place = 0;
            foreach (var feature in Features)
            {
                if (feature.Embedding is not null) yield return (place, feature);
                place += feature.Width;
            }
        }
    }

    /// <summary>Reads off a table how its columns become inputs.</summary>
    /// <param name="target">The column to predict.</param>
    /// <param name="rules">What is wanted otherwise than usual.</param>
    /// <param name="train">The rows that train, of the target's table; medians and values are theirs alone. All rows if left out.</param>
    /// <remarks>A column without any value in these rows is left out as well. What kind a column is, numbers or text, is said by all rows.</remarks>
    /// <exception cref="DataException">A cell is no number where it has to be one, a column holds too many texts, or none is left.</exception>
    public static TableSchema Of(Target target, TableRules? rules = null, Table? train = null)
    {
        ArgumentNullException.ThrowIfNull(target);
        rules ??= new TableRules();
        train ??= target.Column.Table;
        var used = rules.Inputs(train.Columns[target.Column.Index]);
        if (used.Length == 0) throw new DataException(train.Source, "no column is left beside the target; at least one that the network can read is needed");
        return new TableSchema(
            [.. used.Select(column => Feature.Of(column, rules))], target.Column.Name, target.Column.Index, target.Task, target.Classes, train.HasHeader,
            train.Columns.Count, rules.Missing, rules.Unknown, NewestVersion);
    }

    /// <summary>The inputs of every row, [rows, <see cref="Width"/>], in double.</summary>
    /// <exception cref="DataException">A column is missing, or a cell is not what it was in training.</exception>
    public double[] Inputs(Table table) => Read(table).Values;

    /// <summary>The inputs of every row, [rows, <see cref="Width"/>], in double, and what had to be filled or ignored.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="unknown">What happens to texts that were not there in training; as training said it if left out.</param>
    /// <exception cref="DataException">A column is missing, or a cell is not what it was in training.</exception>
    public TableInputs Read(Table table, UnknownPolicy? unknown = null)
    {
        var columns = FindFeatures(table);
        var inputs = new double[checked(table.Rows * Width)];
        var strange = new HashSet<string>();
        int filled = 0;
        for (int row = 0, at = 0; row < table.Rows; row++)
            for (int i = 0; i < columns.Length; at += Features[i].Width, i++)
            {
                var feature = Features[i];
                if (feature.Fills(columns[i], row)) filled++;
                if (feature.Write(columns[i], row, inputs.AsSpan(at, feature.Width))) continue;
                if ((unknown ?? Unknown) == UnknownPolicy.Refuse)
                    throw columns[i].Refusal(
                        row, $"one of {Wording.List(feature.ValueNames)} is needed, as in training; --unknown ignore takes it for none of them");
                strange.Add($"{TableColumn.Shorten(columns[i].Cells[row])} in '{feature.Name}'");
            }
        return new TableInputs(inputs, filled, [.. strange]);
    }

    /// <summary>The rows of a later table that the network can read: under <see cref="MissingPolicy.Drop"/> those without a missing value, else all.</summary>
    /// <exception cref="DataException">A column is missing.</exception>
    public int[] CompleteRows(Table table)
    {
        var columns = FindFeatures(table);
        var rows = Enumerable.Range(0, table.Rows);
        return Missing != MissingPolicy.Drop ? [.. rows]
            : [.. rows.Where(row => !Features.Zip(columns).Any(pair => pair.First.Lacks(pair.Second, row)))];
    }

    /// <summary>The class of every row, as positions in <see cref="Classes"/>.</summary>
    /// <exception cref="DataException">A value is missing or names a class that was not there in training.</exception>
    public Indices ClassTargets(TableColumn target)
    {
        ArgumentNullException.ThrowIfNull(target);
        var places = Classes.Index().ToDictionary(entry => entry.Item, entry => entry.Index, StringComparer.Ordinal);
        var names = Target.Names(target);
        int[] classes = new int[names.Count];
        for (int row = 0; row < classes.Length; row++)
            classes[row] = places.TryGetValue(names[row], out int place) ? place
                : throw target.Refusal(row, $"one of the classes {Wording.List(Classes)} is needed, as in training");
        return new Indices([classes.Length], classes);
    }
}
