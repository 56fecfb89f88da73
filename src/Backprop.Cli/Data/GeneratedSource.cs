using System.Globalization;
using Backprop.Cli.Train;
using Backprop.Data;
using Backprop.Randomness;
using Backprop.Saving;
using Backprop.Tabular;
using Backprop.Tensors;

namespace Backprop.Cli.Data;

/// <summary>Data that the program draws by itself: <c>moons</c>, <c>digits</c>.</summary>
/// <remarks>Their models read files, too: a table with the columns x and y, or pictures.</remarks>
internal sealed class GeneratedSource : DataSource
{
    // No training can have it: seeds of training are whole numbers of 32 bits.
    private const long SeedOfNew = 1L << 40;

    public override string Called => "data that the program draws";

    public override IReadOnlyList<string> Options => ["--samples", "--noise", "--scale", PictureOptions.AugmentName];

    public override bool Takes(TrainSettings settings) => GeneratedKind.Of(settings.Data) is not null;

    public override TrainingData Read(TrainSettings settings, Random random, Terminal terminal)
    {
        var kind = GeneratedKind.Of(settings.Data)!;
        var all = Draw(kind, settings, random, terminal);
        if (!kind.IsPictures) return Points(kind, all, settings, random, terminal);
        return PictureParts.Of(Standardized.Of(all, null, null), null, "", settings, random, terminal) with
        {
            Notes = new Dictionary<string, string> { [PictureSamples.WhiteNote] = "1" },
        };
    }

    /// <summary>Its models are those of tables or of pictures.</summary>
    public override bool Trained(SavedModel<float> model) => false;

    /// <summary>Draws others than those that trained, in the same way.</summary>
    public override Samples ReadSamples(SampleWords words, SavedModel<float> model, Terminal terminal)
    {
        var kind = GeneratedKind.Of(words.Data)!;
        if (words.Header is not null) throw new InputException($"--header belongs to a table; {words.Data} is drawn by the program");
        var drawn = kind.Draw(kind.Count ?? 0, new SeededRandom(SeedOfNew), kind.Noise);
        if (drawn.SampleShape.Elements != model.Input.Elements || !drawn.ClassNames.SequenceEqual(model.ClassNames))
            throw new InputException($"{words.Data}: {words.Model} was not trained on such data");
        string others = kind.Count is null ? "" : ", others than those that trained";
        terminal.Note($"data: {drawn.Count} {kind.Called} of {kind.Name}{others}, noise {Number(kind.Noise)}");
        var inputs = Nn<float>.Tensor([drawn.Count, .. model.Input.AsSpan()], Samples.Transformed(model, drawn.Inputs).Values);
        return drawn.Targets is Indices classes ? new Samples(inputs, Classes: classes.Values.ToArray())
            : new Samples(inputs, Numbers: ((Tensor<double>)drawn.Targets).Values.ToArray());
    }

    private static TrainingData Points(GeneratedKind kind, DataSet<double> all, TrainSettings settings, Random random, Terminal terminal)
    {
        if (settings.Augment is not null) throw new InputException($"{PictureOptions.AugmentName} belongs to pictures; {kind.Name} has points");
        // Four points teach nothing about each other: they are trained and tested on.
        var (train, test) = kind.Count is null ? (all, all) : HoldOut.Of(all, settings, random);
        var task = all.Targets is Indices ? TaskKind.Classification : TaskKind.Regression;
        string each = task == TaskKind.Classification ? ", each class by its share" : "";
        terminal.Note(kind.Count is null ? $"hold-out: none, all {all.Count} points train and test"
            : $"hold-out: {test.Count} of {all.Count} points for the test, drawn by seed {settings.Seed}{each}");
        var inputs = Scales.OfColumns(settings.Scale, train.Inputs);
        var targets = train.Targets is Tensor<double> numbers ? Scales.OfColumns(settings.Scale, numbers) : null;
        terminal.Note($"inputs: {string.Join(" and ", kind.Columns.SkipLast(1))}; {Scales.OfColumns(settings.Scale)}");
        return new TrainingData(Standardized.Of(train, inputs, targets), Standardized.Of(test, inputs, targets), task, DataForm.Table)
        {
            InputTransforms = Scales.Listed(inputs),
            TargetTransforms = Scales.Listed(targets),
            TargetScale = targets?.Sizes[0] ?? 1,
            TestOrigins = SampleOrigins.OfPoints(kind.Columns.SkipLast(1), test.Inputs),
            Notes = TableSource.NotesOf(Schema(kind, task, all.ClassNames)),
        };
    }

    private static DataSet<double> Draw(GeneratedKind kind, TrainSettings settings, Random random, Terminal terminal)
    {
        string? unsuited = kind.Count is not null ? null
            : settings.Samples is not null ? "--samples" : settings.Noise is not null ? "--noise" : settings.Holdout is not null ? "--holdout" : null;
        if (unsuited is not null)
            throw new InputException($"{unsuited}: {kind.Name} has four points, which train and test as they are; leave the option out");
        double noise = settings.Noise ?? kind.Noise;
        var drawn = kind.Draw(settings.Samples ?? kind.Count ?? 0, random, noise);
        string how = kind.Count is null ? "" : $" drawn by seed {settings.Seed}, noise {Number(noise)}";
        string classes = drawn.ClassCount > 0 ? $"; classes: {Wording.List(drawn.ClassNames)}" : "";
        terminal.Note($"data: {kind.Name}, {drawn.Count} {kind.Called}{how}{classes}");
        return drawn;
    }

    /// <summary>As of a table with a header, so that the model reads such tables.</summary>
    private static TableSchema Schema(GeneratedKind kind, TaskKind task, IReadOnlyList<string> classes)
    {
        int target = kind.Columns.Count - 1;
        return new TableSchema(
            [.. kind.Columns.Take(target).Select((name, index) => new Feature(name, index))],
            kind.Columns[target], target, task, classes, HasHeader: true, target + 1);
    }

    private static string Number(double number) => number.ToString(CultureInfo.InvariantCulture);
}
