using Backprop.Cli.Train;
using Backprop.Data;
using Backprop.Saving;
using Backprop.Tabular;

namespace Backprop.Cli.Data;

/// <summary>A CSV or TSV file, of which one column is to be predicted.</summary>
internal sealed class TableSource : DataSource
{
    private const string Note = "table";

    public override string Called => "a table";

    public override IReadOnlyList<string> Options => ["--target", "--task", "--header", "--ignore", "--scale"];

    public override bool Takes(TrainSettings settings) => (settings.Window ?? settings.Horizon) is null && File.Exists(settings.Data);

    public override TrainingData Read(TrainSettings settings, Random random, Terminal terminal)
    {
        var table = Table.Read(settings.Data, settings.Header);
        terminal.Note($"header: {(table.HasHeader ? "yes" : "no")}, because {table.Header.Reason}");
        if (settings.Target is null)
            throw new InputException($"{settings.Data}: --target is missing, the column to predict; there are {table.Listing()}");
        var target = Target.Of(table.Column(settings.Target), settings.Task);
        terminal.Note($"task: {Words.Of(target.Task)}, because {target.Reason}");
        if (target.Task == TaskKind.Classification) terminal.Note($"classes: {Wording.List(target.Classes)}");
        var schema = TableSchema.Of(target, [.. settings.Ignore.Select(name => Ignored(table, name, target))]);
        SayInputs(table, schema, target, settings.Scale, terminal);
        return Prepare(settings, table, target, schema, random, terminal);
    }

    public override bool Trained(SavedModel<float> model) => model.Notes.ContainsKey(Note);

    public override Samples ReadSamples(SampleWords words, SavedModel<float> model, Terminal terminal)
    {
        if (Directory.Exists(words.Data))
            throw new InputException($"{words.Data} is a folder; the model {words.Model} was trained on a table, so a CSV or TSV file is needed");
        var schema = TableSchemaJson.Read(model.Notes[Note], words.Model);
        // Names are there if they were there in training; without them the same rule as then looks for a header.
        var table = Table.Read(words.Data, words.Header ?? (schema.HasHeader ? true : null));
        if (model.Input.Elements != schema.Width)
            throw new DataException(words.Model, $"its network reads {model.Input.Elements} inputs, its description of the table gives {schema.Width}");
        var inputs = Samples.Transformed(model, Nn<double>.Tensor([table.Rows, schema.Width], schema.Inputs(table)));
        var target = schema.FindTarget(table);
        string right = schema.Task == TaskKind.Classification ? "class" : "number";
        terminal.Note($"data: {Wording.Count(table.Rows, "row")}, {(target is null ? "without" : "with")} the right {right} of each in '{schema.TargetName}'");
        return target is null ? new Samples(inputs)
            : schema.Task == TaskKind.Classification ? new Samples(inputs, Classes: schema.ClassTargets(target).Values.ToArray())
            : new Samples(inputs, Numbers: target.Numbers);
    }

    /// <summary>What a model says of the table that trained it.</summary>
    public static IReadOnlyDictionary<string, string> NotesOf(TableSchema schema) => new Dictionary<string, string> { [Note] = TableSchemaJson.Write(schema) };

    private static TableColumn Ignored(Table table, string name, Target target)
    {
        var column = table.Column(name);
        return column != target.Column ? column : throw new InputException($"--ignore {name}: the column is the --target; leave one of the two out");
    }

    private static void SayInputs(Table table, TableSchema schema, Target target, ScaleKind scale, Terminal terminal)
    {
        foreach (var feature in schema.Features.Where(feature => feature.Values is not null))
            terminal.Note($"{table.Columns[feature.Index].Title}: text, one input for each of {Wording.List(feature.Values!)}");
        var used = schema.Features.Select(feature => feature.Index).Append(target.Column.Index).ToHashSet();
        string[] left = [.. table.Columns.Where(column => !used.Contains(column.Index)).Select(column => column.Name)];
        if (left.Length > 0) terminal.Note($"left out: {Wording.List(left)}");
        terminal.Note($"inputs: {schema.Width}, from {Wording.Count(schema.Features.Count, "column")}; {Scales.OfColumns(scale)}");
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
        var inputScale = Scales.OfColumns(settings.Scale, train.Inputs);
        var targetScale = train.Targets is Tensors.Tensor<double> numbers ? Scales.OfColumns(settings.Scale, numbers) : null;
        return new TrainingData(Standardized.Of(train, inputScale, targetScale), Standardized.Of(test, inputScale, targetScale), target.Task, DataForm.Table)
        {
            InputTransforms = Scales.Listed(inputScale),
            TargetTransforms = Scales.Listed(targetScale),
            TargetScale = targetScale?.Sizes[0] ?? 1,
            Notes = NotesOf(schema),
        };
    }
}
