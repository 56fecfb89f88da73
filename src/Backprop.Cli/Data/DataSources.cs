using Backprop.Cli.Train;
using Backprop.Data;
using Backprop.Saving;

namespace Backprop.Cli.Data;

/// <summary>All kinds of data; the first that takes DATA reads it. Pictures come last: their models have no note by which they are known.</summary>
internal static class DataSources
{
    private static readonly DataSource[] All =
        [new ArraySource(), new TextSource(), new TableSource(), new SeriesSource(), new GeneratedSource(), new PictureSource(), new IdxSource()];

    /// <summary>Reads what DATA names.</summary>
    /// <exception cref="InputException">There is nothing of that name, or an option does not suit it.</exception>
    /// <exception cref="DataException">A file is not what it should be.</exception>
    public static TrainingData Read(TrainSettings settings, Random random, Terminal terminal)
    {
        var source = Array.Find(All, source => source.Takes(settings)) ?? throw Missing(settings.Data);
        foreach (string option in settings.Given.Except(source.Options))
        {
            string[] owners = [.. All.Where(other => other.Options.Contains(option)).Select(other => other.Called)];
            if (owners.Length > 0) throw new InputException($"{option} belongs to {string.Join(" or ", owners)}; {settings.Data} is {source.Called}");
        }
        return source.Read(settings, random, terminal);
    }

    /// <summary>Whether an option says something about such data, or about no data at all.</summary>
    public static bool Concerns(TrainSettings settings, string option) => Array.Find(All, source => source.Takes(settings)) is not { } source
        || source.Options.Contains(option) || !All.Any(other => other.Options.Contains(option));

    /// <summary>Reads later data for a model, by the kind that trained it.</summary>
    /// <exception cref="InputException">There is nothing of that name, or it is not what the model was trained on.</exception>
    /// <exception cref="DataException">A file is not what it should be.</exception>
    public static Samples ReadSamples(SampleWords words, SavedModel<float> model, Terminal terminal)
    {
        if (GeneratedKind.Of(words.Data) is not null) return Array.Find(All, source => source is GeneratedSource)!.ReadSamples(words, model, terminal);
        if (words.Data != LaterTable.Input && !Directory.Exists(words.Data) && !File.Exists(words.Data)) throw Missing(words.Data);
        // A model whose weights were imported has no note of data: arrays need none.
        var source = Array.Find(All, source => source.Trained(model)) ?? (ArraySource.IsNamedSo(words.Data) ? Array.Find(All, source => source is ArraySource) : null)
            ?? throw new InputException(
                $"{words.Model}: it does not say how a table becomes its inputs; NumPy's arrays (.npy, .npz) with {model.Input} for each sample are needed, " +
                "or a model that backprop train saved");
        return source.ReadsInput || words.Data != LaterTable.Input ? source.ReadSamples(words, model, terminal)
            : throw new InputException($"{words.Data}: a table may be piped in; the model {words.Model} was trained on {source.Called}, so a file or a folder is needed");
    }

    private static InputException Missing(string data) => new(
        $"{data}: there is no such file or folder{(Suggestion.For(data, GeneratedKind.Names) is { } word ? $"; did you mean {word}, which the program draws?" : "")}");
}
