using Backprop.Cli.Train;
using Backprop.Data;
using Backprop.Saving;
using Backprop.Tabular;
using Backprop.Tensors;

namespace Backprop.Cli.Data;

/// <summary>A CSV or TSV file, of which one column is to be predicted.</summary>
internal sealed class TableSource : DataSource
{
    /// <summary>The note in a model.</summary>
    public const string Note = "table";

    public override string Called => "a table";

    public override IReadOnlyList<string> Options => ["--target", "--task", "--header", "--ignore", "--embed", "--missing", "--unknown", "--scale"];

    public override bool Takes(TrainSettings settings) => (settings.Window ?? settings.Horizon) is null && File.Exists(settings.Data);

    public override TrainingData Read(TrainSettings settings, Random random, Terminal terminal)
    {
        var table = Table.Read(settings.Data, settings.Header);
        terminal.Note($"header: {(table.HasHeader ? "yes" : "no")}, because {table.Header.Reason}");
        if (settings.Target is null)
            throw new InputException($"{settings.Data}: --target is missing, the column to predict; there are {table.Listing()}");
        var predicted = table.Column(settings.Target);
        var rules = TableColumns.Rules(settings, table, predicted);
        int[] complete = rules.CompleteRows(predicted);
        if (complete.Length < table.Rows)
        {
            string what = rules.Missing == MissingPolicy.Drop ? "with missing values" : $"without a value in {predicted.Title}, the target,";
            terminal.Note($"missing: {table.Rows - complete.Length} of {Wording.Count(table.Rows, "row")} {what} left out");
            table = table.Select(complete);
        }
        var target = Target.Of(table.Columns[predicted.Index], settings.Task);
        terminal.Note($"task: {Words.Of(target.Task)}, because {target.Reason}");
        if (target.Task == TaskKind.Classification) terminal.Note($"classes: {Wording.List(target.Classes)}");
        return Prepare(settings, target, rules, random, terminal);
    }

    public override bool Trained(SavedModel<float> model) => model.Notes.ContainsKey(Note);

    public override bool ReadsInput => true;

    public override Samples ReadSamples(SampleWords words, SavedModel<float> model, Terminal terminal)
    {
        if (Directory.Exists(words.Data))
            throw new InputException($"{words.Data} is a folder; the model {words.Model} was trained on a table, so a CSV or TSV file is needed");
        var schema = TableSchemaJson.Read(model.Notes[Note], words.Model);
        var table = LaterTable.Read(words, schema.HasHeader, terminal);
        if (model.Input.Elements != schema.Width)
            throw new DataException(words.Model, $"its network reads {model.Input.Elements} inputs, its description of the table gives {schema.Width}");
        int[] rows = schema.CompleteRows(table);
        if (rows.Length < table.Rows)
        {
            terminal.Note($"missing: {table.Rows - rows.Length} of {Wording.Count(table.Rows, "row")} with missing values left out, as in training");
            table = table.Select(rows);
        }
        var inputs = schema.Read(table, words.Unknown);
        TableColumns.Say(inputs, "", terminal);
        var values = Samples.Transformed(model, Nn<double>.Tensor([table.Rows, schema.Width], inputs.Values));
        var target = schema.FindTarget(table);
        string right = schema.Task == TaskKind.Classification ? "class" : "number";
        terminal.Note($"data: {Wording.Count(table.Rows, "row")}, {(target is null ? "without" : "with")} the right {right} of each in '{schema.TargetName}'");
        bool classes = schema.Task == TaskKind.Classification;
        return new Samples(
            values, target is not null && classes ? schema.ClassTargets(target).Values.ToArray() : null, target is null || classes ? null : target.Numbers)
        {
            Rows = rows,
            Table = table,
            Origins = SampleOrigins.OfRows(table),
        };
    }

    /// <summary>What a model says of the table that trained it.</summary>
    public static IReadOnlyDictionary<string, string> NotesOf(TableSchema schema) => new Dictionary<string, string> { [Note] = TableSchemaJson.Write(schema) };

    /// <summary>Rows are parted before anything is fitted, so that nothing of the test part goes into it.</summary>
    private static TrainingData Prepare(TrainSettings settings, Target target, TableRules rules, Random random, Terminal terminal)
    {
        var table = target.Column.Table;
        if (table.Rows < 2) throw new InputException($"{settings.Data}: 1 row of data came; at least 2 are needed, one to train and one to test");
        var (train, test) = HoldOut.Of(Rows(target), settings, random);
        var (trainRows, testRows) = (table.Select(Positions(train)), table.Select(Positions(test)));
        var schema = TableSchema.Of(target, rules, trainRows);
        TableColumns.Say(trainRows, schema, terminal);
        terminal.Note($"inputs: {schema.Width}, from {Wording.Count(schema.Features.Count, "column")}; {Scales.OfColumns(settings.Scale)}");
        string how = target.Task == TaskKind.Classification ? ", each class by its share" : "";
        terminal.Note($"hold-out: {test.Count} of {table.Rows} rows for the test, drawn by seed {settings.Seed}{how}");
        train = Filled(train, schema.Read(trainRows), " of the training part");
        test = Filled(test, schema.Read(testRows, settings.Unknown ?? UnknownPolicy.Ignore), " of the test part");
        int[] tokens = [.. schema.Embedded.Select(column => column.Place)];
        var inputScale = Scales.OfColumns(settings.Scale, train.Inputs)?.Except(tokens);
        var targetScale = train.Targets is Tensor<double> numbers ? Scales.OfColumns(settings.Scale, numbers) : null;
        return new TrainingData(Standardized.Of(train, inputScale, targetScale), Standardized.Of(test, inputScale, targetScale), target.Task, DataForm.Table)
        {
            InputTransforms = Scales.Listed(inputScale),
            TargetTransforms = Scales.Listed(targetScale),
            TargetScale = targetScale?.Sizes[0] ?? 1,
            Embedded = EmbeddedColumn.Of(schema),
            Notes = NotesOf(schema),
            TestOrigins = SampleOrigins.OfRows(testRows),
        };

        // In double up to the end: a column of large numbers that differ little would lose its differences in float.
        DataSet<double> Filled(DataSet<double> part, TableInputs inputs, string where)
        {
            TableColumns.Say(inputs, where, terminal);
            return part.WithInputs(Nn<double>.Tensor([part.Count, schema.Width], inputs.Values));
        }
    }

    /// <summary>The rows by their positions, with their targets.</summary>
    private static DataSet<double> Rows(Target target)
    {
        int count = target.Column.Table.Rows;
        var positions = Nn<double>.Tensor([count, 1], [.. Enumerable.Range(0, count).Select(row => (double)row)]);
        return target.Task == TaskKind.Classification ? new DataSet<double>(positions, target.ClassOfEachRow(), target.Classes)
            : new DataSet<double>(positions, Nn<double>.Tensor([count, 1], [.. target.Column.Numbers]));
    }

    private static int[] Positions(DataSet<double> rows) => [.. rows.Inputs.Values.ToArray().Select(position => (int)position)];
}
