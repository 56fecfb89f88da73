using Backprop.Data;
using Backprop.Tabular;

namespace Backprop.Cli.Train;

/// <summary>From a table to training data; every rule is said as it is applied.</summary>
internal static class TrainingTable
{
    public static TrainingData Read(TrainSettings settings, Random random, Terminal terminal)
    {
        var table = Table.Read(settings.Data, settings.Header);
        terminal.Note($"header: {(table.HasHeader ? "yes" : "no")}, because {table.Header.Reason}");
        if (settings.Target is null)
            throw new InputException($"{settings.Data}: --target is missing, the column to predict; there are {table.Listing()}");
        var target = Target.Of(table.Column(settings.Target), settings.Task);
        terminal.Note($"task: {Words.Of(target.Task)}, because {target.Reason}");
        if (target.Task == TaskKind.Classification) terminal.Note($"classes: {Wording.List(target.Classes)}");
        var schema = TableSchema.Of(target, [.. settings.Ignore.Select(name => Ignored(table, name, target))]);
        SayInputs(table, schema, target, terminal);
        return Prepare(settings, table, target, schema, random, terminal);
    }

    private static TableColumn Ignored(Table table, string name, Target target)
    {
        var column = table.Column(name);
        return column != target.Column ? column : throw new InputException($"--ignore {name}: the column is the --target; leave one of the two out");
    }

    private static void SayInputs(Table table, TableSchema schema, Target target, Terminal terminal)
    {
        foreach (var feature in schema.Features.Where(feature => feature.Values is not null))
            terminal.Note($"{table.Columns[feature.Index].Title}: text, one input for each of {Wording.List(feature.Values!)}");
        var used = schema.Features.Select(feature => feature.Index).Append(target.Column.Index).ToHashSet();
        string[] left = [.. table.Columns.Where(column => !used.Contains(column.Index)).Select(column => column.Name)];
        if (left.Length > 0) terminal.Note($"left out: {Wording.List(left)}");
        terminal.Note(
            $"inputs: {schema.Width}, from {Wording.Count(schema.Features.Count, "column")}; standardised by mean and deviation of the training part");
    }

    private static TrainingData Prepare(TrainSettings settings, Table table, Target target, TableSchema schema, Random random, Terminal terminal)
    {
        if (table.Rows < 2) throw new InputException($"{settings.Data}: 1 row of data came; at least 2 are needed, one to train and one to test");
        // In double up to the end: a column of large numbers that differ little would lose its differences in float.
        var inputs = Nn<double>.Tensor([table.Rows, schema.Width], schema.Inputs(table));
        var all = target.Task == TaskKind.Classification
            ? new DataSet<double>(inputs, schema.ClassTargets(target.Column), target.Classes)
            : new DataSet<double>(inputs, Nn<double>.Tensor([table.Rows, 1], [.. target.Column.Numbers]));
        var (train, test) = HoldOut.Of(all, settings, random);
        string how = target.Task == TaskKind.Classification ? ", each class by its share" : "";
        terminal.Note($"hold-out: {test.Count} of {all.Count} rows for the test, drawn by seed {settings.Seed}{how}");
        var inputScale = Standardizer.OfColumns(train.Inputs);
        var targetScale = train.Targets is Tensors.Tensor<double> numbers ? Standardizer.OfColumns(numbers) : null;
        return new TrainingData(
            Standardized.Of(train, inputScale, targetScale), Standardized.Of(test, inputScale, targetScale), target.Task, inputScale, targetScale, schema);
    }
}
