using Backprop.Cli.Data;
using Backprop.Cli.Train;
using Backprop.Data;
using Backprop.Saving;
using Backprop.Tabular;
using Backprop.Tensors;
using Backprop.Training;

namespace Backprop.Cli.Evaluate;

/// <summary>The samples that a model is judged by, as its network meets them, and what is right for each.</summary>
/// <param name="Samples">Inputs and targets, through the model's transforms.</param>
/// <param name="Part">Which part of the data they are.</param>
/// <param name="Called">The same in words: <c>iris.csv, test part: 30 rows that training never saw</c>.</param>
internal sealed record JudgedData(DataSet<float> Samples, DataPart Part, string Called)
{
    /// <summary>Where the samples come from.</summary>
    public SampleOrigins Origins { get; init; } = SampleOrigins.Numbered("sample");

    /// <summary>Reads what DATA names; the test part where it is what trained the model, else every sample.</summary>
    /// <param name="words">The model and the data.</param>
    /// <param name="asked">Which part was asked for; null leaves it to the data.</param>
    /// <param name="model">The model.</param>
    /// <param name="record">How it was trained; null where it does not say so.</param>
    /// <param name="terminal">Hears which part was taken, and why.</param>
    /// <exception cref="InputException">There is nothing of that name, what is right is missing, or the part cannot be told.</exception>
    /// <exception cref="DataException">A file is not what it should be.</exception>
    public static JudgedData Read(SampleWords words, DataPart? asked, SavedModel<float> model, TrainingRecord? record, Terminal terminal)
    {
        if (asked is DataPart.Test or DataPart.Train && record is null)
            throw new InputException($"--part {Words.Of(asked.Value)}: {words.Model} does not say how it was trained, so its parts are unknown; --part all takes every sample");
        if (asked is DataPart.All || record is null) return All(words, model, terminal);
        if (!MayBe(words.Data, record, asked)) return Changed(words, model, record, terminal);
        if (TrainedAgain.Read(words.Data, record) is { } data)
        {
            bool test = asked is not DataPart.Train;
            var part = Fitted(test ? data.Test : data.Train, model);
            string seen = test && record.Test.Fingerprint != record.Train.Fingerprint ? "that training never saw" : "that trained";
            terminal.Note($"data: these trained {words.Model}; taken is the {(test ? "test" : "training")} part, {Wording.Count(part.Count, "sample")} {seen}"
                + (asked is null ? " (--part all takes every one)" : ""));
            string called = $"{(test ? "test" : "training")} part: {Wording.Count(part.Count, "sample")} {seen}";
            return new JudgedData(part, test ? DataPart.Test : DataPart.Train, $"{words.Data}, {called}")
            {
                Origins = (test ? data.TestOrigins : null) ?? SampleOrigins.Numbered("sample"),
            };
        }
        return asked is null ? Changed(words, model, record, terminal) : throw new InputException(
            $"--part {Words.Of(asked.Value)}: {words.Data} is not what trained {words.Model}, {record.Data} as it was then; leave the option out to take every sample");
    }

    /// <summary>Whether the data may be those that trained: a file is known by its bytes, so that others need not be read twice.</summary>
    private static bool MayBe(string data, TrainingRecord record, DataPart? asked) => asked is not null
        || (record.DataFile.Length > 0 ? TrainedModel.FileOf(data) == record.DataFile : data == record.Data || Directory.Exists(data));

    /// <summary>All samples of other data; of those that have the name of what trained it is said that they are others now.</summary>
    private static JudgedData Changed(SampleWords words, SavedModel<float> model, TrainingRecord record, Terminal terminal)
    {
        if (words.Data == record.Data)
            terminal.Note($"data: {words.Data} is not as it was when it trained {words.Model}, so its test part is unknown; taken are all samples, and some may have trained it");
        return All(words, model, terminal);
    }

    private static JudgedData All(SampleWords words, SavedModel<float> model, Terminal terminal)
    {
        var samples = DataSources.ReadSamples(words, model, terminal);
        var judged = samples.ClassTargets is { } classes ? new DataSet<float>(samples.Inputs, classes, model.ClassNames)
            : samples.Numbers is { } numbers ? new DataSet<float>(samples.First(numbers.Count), Scaled(numbers, model))
            : throw new InputException($"{words.Data}: what is right for its samples is missing; the column or the labels that trained {words.Model} are needed");
        return new JudgedData(judged, DataPart.All, $"{words.Data}: {Wording.Count(judged.Count, "sample")}")
        {
            Origins = samples.Origins ?? SampleOrigins.Numbered("sample"),
        };
    }

    /// <summary>In the shape that the model reads: a recurrent network takes a picture row by row.</summary>
    private static DataSet<float> Fitted(DataSet<float> part, SavedModel<float> model) => part.SampleShape == model.Input ? part
        : part.WithInputs(Nn<float>.Tensor([part.Count, .. model.Input.AsSpan()], part.Inputs.Values));

    private static Tensor<float> Scaled(IReadOnlyList<double> numbers, SavedModel<float> model) => Standardized.Rounded(
        model.TargetTransforms.Aggregate(Nn<double>.Tensor([numbers.Count, 1], [.. numbers]), (values, transform) => transform.Apply(values)));
}
