using Backprop.Cli.Train;
using Backprop.Data;
using Backprop.Saving;
using Backprop.Tabular;
using Backprop.Tensors;

namespace Backprop.Cli.Data;

/// <summary>A CSV or TSV file whose rows were measured at one time after the other, with a column to forecast.</summary>
internal sealed class SeriesSource : DataSource
{
    /// <summary>The window where only the horizon was given: a year of months.</summary>
    public const int UsualWindow = 12;

    /// <summary>The note in a model.</summary>
    public const string Note = "series";

    public override string Called => "a time series";

    public override IReadOnlyList<string> Options => ["--target", "--header", "--ignore", "--scale", "--window", "--horizon"];

    public override bool Takes(TrainSettings settings) => (settings.Window ?? settings.Horizon) is not null && File.Exists(settings.Data);

    public override TrainingData Read(TrainSettings settings, Random random, Terminal terminal)
    {
        var table = Table.Read(settings.Data, settings.Header);
        terminal.Note($"header: {(table.HasHeader ? "yes" : "no")}, because {table.Header.Reason}");
        if (settings.Target is null)
            throw new InputException($"{settings.Data}: --target is missing, the column to forecast; there are {table.Listing()}");
        var target = table.Column(settings.Target);
        TableColumn[] ignored = [.. settings.Ignore.Select(table.Column)];
        if (ignored.Contains(target))
            throw new InputException($"--ignore {target.Name}: the column is the --target, whose past is always read; leave one of the two out");
        var schema = SeriesSchema.Of(target, settings.Window ?? UsualWindow, settings.Horizon ?? 1, ignored);
        int needed = schema.Window + schema.Horizon + 1;
        if (table.Rows < needed)
            throw new InputException(
                $"{settings.Data}: {Wording.Count(table.Rows, "row")} of data came; --window {schema.Window} and --horizon {schema.Horizon} need " +
                $"{needed} or more, for one sample to train and one to test");
        SayInputs(table, schema, ignored, settings.Scale, terminal);
        return Prepare(settings, table, schema, terminal);
    }

    public override bool Trained(SavedModel<float> model) => IsSeries(model);

    /// <summary>Whether a model was trained on a time series.</summary>
    public static bool IsSeries(SavedModel<float> model) => model.Notes.ContainsKey(Note);

    public override bool ReadsInput => true;

    public override Samples ReadSamples(SampleWords words, SavedModel<float> model, Terminal terminal)
    {
        if (Directory.Exists(words.Data))
            throw new InputException(
                $"{words.Data} is a folder; the model {words.Model} was trained on a time series, so a CSV or TSV file is needed");
        var schema = SeriesSchemaJson.Read(model.Notes[Note], words.Model);
        if (model.Input != [schema.Window, schema.Columns.Count])
            throw new DataException(
                words.Model, $"its network reads {model.Input}, its description of the series gives [{schema.Window}, {schema.Columns.Count}]");
        var table = LaterTable.Read(words, schema.HasHeader, terminal);
        if (table.Rows < schema.Window)
            throw new InputException(
                $"{words.Data}: {Wording.Count(table.Rows, "row")} of data came; the model reads {schema.Window} one after the other");
        var windows = TimeSeries.Windows(Series(table, schema), schema.Window);
        int first = schema.Window + schema.Horizon, last = table.Rows + schema.Horizon;
        terminal.Note(
            $"data: {Wording.Count(table.Rows, "row")}, from which '{schema.TargetColumn.Name}' of the rows {first} to {last} is forecast; " +
            $"{(schema.Horizon == 1 ? $"{last} is" : $"{table.Rows + 1} to {last} are")} still to come");
        double[] known = [.. Numbers(table, schema).Skip(first - 1)];
        return new Samples(Samples.Transformed(model, windows), Numbers: known.Length > 0 ? known : null)
        {
            FirstRow = first,
            Table = table,
            Origins = SampleOrigins.Numbered("row", first),
        };
    }

    /// <summary>The RMSE of the forecast that the number read last stays as it is, for a model of a time series; null for other models.</summary>
    /// <param name="model">The model.</param>
    /// <param name="samples">Samples with targets, through its transforms.</param>
    public static double? NaiveRmse(SavedModel<float> model, DataSet<float> samples)
    {
        if (!model.Notes.TryGetValue(Note, out string? note)) return null;
        var inputs = Back(samples.Inputs, model.InputTransforms);
        return TimeSeries.NaiveRmse(new DataSet<double>(inputs, Back((Tensor<float>)samples.Targets, model.TargetTransforms)), SeriesSchemaJson.Read(note, "the model").Target);

        static Tensor<double> Back(Tensor<float> values, IReadOnlyList<Transform> transforms) => transforms.Reverse().Aggregate(
            Nn<double>.Tensor(values.Shape, [.. values.Values.ToArray().Select(value => (double)value)]), (numbers, transform) => transform.Invert(numbers));
    }

    private static void SayInputs(Table table, SeriesSchema schema, TableColumn[] ignored, ScaleKind scale, Terminal terminal)
    {
        var read = schema.Columns.Select(column => column.Index).ToHashSet();
        foreach (var column in table.Columns.Where(column => !read.Contains(column.Index)))
            terminal.Note($"left out: {column.Title}{(ignored.Contains(column) ? "" : $", {SeriesSchema.WhyNotRead(column)}")}");
        string ahead = schema.Horizon == 1 ? "the next row" : $"{schema.Horizon} rows later";
        terminal.Note(
            $"task: forecast of column '{schema.TargetColumn.Name}' {ahead} from {Wording.Count(schema.Window, "row")} of " +
            $"{Wording.List(schema.Columns.Select(column => column.Name))}; {Scales.OfColumns(scale)}");
    }

    private static TrainingData Prepare(TrainSettings settings, Table table, SeriesSchema schema, Terminal terminal)
    {
        // In double up to the end: a column of large numbers that differ little would lose its differences in float.
        var all = TimeSeries.Windows(Series(table, schema), schema.Target, schema.Window, schema.Horizon);
        var (train, test) = all.SplitInOrder(settings.Holdout ?? HoldOut.Usual);
        int begin = table.Rows - test.Count + 1;
        terminal.Note(
            $"hold-out: {test.Count} of {all.Count} samples for the test, the last ones: rows {begin} to {table.Rows} (line {table.LineOf(begin - 1)} on)");
        string stays = schema.Horizon == 1 ? "the last number stays" : "the number read last stays";
        double naive = TimeSeries.NaiveRmse(test, schema.Target);
        terminal.Note($"for comparison: that {stays} as it is forecasts the test part with RMSE {ProgressLines.Number(naive)}");
        var inputScale = Scales.OfColumns(settings.Scale, train.Inputs);
        var targetScale = Scales.OfColumns(settings.Scale, (Tensor<double>)train.Targets);
        return new TrainingData(
            Standardized.Of(train, inputScale, targetScale), Standardized.Of(test, inputScale, targetScale), TaskKind.Regression, DataForm.Series)
        {
            InputTransforms = Scales.Listed(inputScale),
            TargetTransforms = Scales.Listed(targetScale),
            TargetScale = targetScale?.Sizes[0] ?? 1,
            Notes = new Dictionary<string, string> { [Note] = SeriesSchemaJson.Write(schema) },
            TestOrigins = SampleOrigins.Numbered("row", begin),
        };
    }

    private static Tensor<double> Series(Table table, SeriesSchema schema) =>
        Nn<double>.Tensor([table.Rows, schema.Columns.Count], schema.Values(table));

    private static IEnumerable<double> Numbers(Table table, SeriesSchema schema) =>
        schema.Values(table).Where((_, i) => i % schema.Columns.Count == schema.Target);
}
