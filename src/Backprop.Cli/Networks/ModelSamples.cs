using System.Numerics;
using Backprop.Cli.Data;
using Backprop.Data;
using Backprop.Saving;
using Backprop.Tensors;

namespace Backprop.Cli.Networks;

/// <summary>The samples on which a saved model is to be explained, as its network meets them, and what is right for each.</summary>
/// <param name="Checksum">Of the model.</param>
/// <param name="Inputs">Through the model's transforms.</param>
/// <param name="Targets">The class of each by its place, or the number of each through the model's transforms.</param>
/// <param name="AreClasses">Which of both.</param>
internal sealed record ModelSamples(string Checksum, Tensor<float> Inputs, double[] Targets, bool AreClasses)
{
    /// <summary>Whether each token of each sample has a class.</summary>
    private bool ByToken { get; init; }

    /// <exception cref="InputException">There are no samples, or not with what is right for them.</exception>
    public static ModelSamples Read(string file, NetworkWords words, Terminal terminal)
    {
        var model = SavedModel<float>.Load(file);
        string table = TextFacts.Of(model, file) is not null ? "a text"
            : SeriesSource.IsSeries(model) ? "a time series with the columns that trained it"
            : model.Input.Rank == 1 ? "a table with the columns that trained it, the target too"
            : "a folder of pictures like those that trained it";
        if (words.Data is not { } data)
            throw new InputException($"{file}: a saved model has no data of its own; --data FILE gives it some, {table}");
        var samples = DataSources.ReadSamples(new SampleWords(file, data), model, terminal);
        if (samples.Classes is null && samples.Numbers is null)
            throw new InputException($"{data}: what is right for its samples is missing, so there is no loss and no gradient; {table} is needed");
        int all = samples.Numbers?.Count ?? samples.Inputs.Shape[0], count = words.Samples ?? 1;
        if (count > all) throw new InputException(FormattableString.Invariant($"--samples: '{count}' came; {data} has {all:N0}"));
        double[] targets = samples.Classes is { } places ? [.. places.Take(places.Count / all * count).Select(place => (double)place)] : Transformed(model, samples.Numbers!, count);
        return new(model.Checksum, samples.First(count), targets, samples.Classes is not null) { ByToken = samples.ByToken };
    }

    /// <summary>The same as training data, in float or double.</summary>
    public DataSet<T> Of<T>() where T : unmanaged, IFloatingPointIeee754<T>
    {
        var inputs = Nn<T>.Tensor(Inputs.Shape, [.. Inputs.Values.ToArray().Select(T.CreateTruncating)]);
        return AreClasses ? new DataSet<T>(inputs, new Indices(ByToken ? Inputs.Shape : [Targets.Length], [.. Targets.Select(target => (int)target)]))
            : new DataSet<T>(inputs, Nn<T>.Tensor([Targets.Length, 1], [.. Targets.Select(T.CreateTruncating)]));
    }

    /// <summary>Rounded to float, as the network met them in training.</summary>
    private static double[] Transformed(SavedModel<float> model, IReadOnlyList<double> numbers, int count)
    {
        var values = Nn<double>.Tensor([count, 1], [.. numbers.Take(count)]);
        var transformed = model.TargetTransforms.Aggregate(values, (targets, transform) => transform.Apply(targets));
        return [.. transformed.Values.ToArray().Select(value => (double)(float)value)];
    }
}
