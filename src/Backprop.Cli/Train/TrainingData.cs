using Backprop.Data;
using Backprop.Tabular;

namespace Backprop.Cli.Train;

/// <summary>What a network is trained and tested on, ready for it, and what was fitted to make it so.</summary>
/// <param name="Train">The part that trains.</param>
/// <param name="Test">The part that tests; training never sees it.</param>
/// <param name="Task">Classification or regression.</param>
/// <param name="Inputs">How the inputs were standardised, by the part that trains.</param>
/// <param name="Targets">How the numbers to predict were standardised; null for classes.</param>
/// <param name="Table">How the columns of a table became inputs; null for pictures.</param>
internal sealed record TrainingData(
    DataSet<float> Train, DataSet<float> Test, TaskKind Task, Standardizer Inputs, Standardizer? Targets, TableSchema? Table)
{
    /// <summary>The part by which early stopping judges; null where it was not asked for.</summary>
    public DataSet<float>? Validation { get; init; }

    /// <summary>Whether the samples are pictures.</summary>
    public bool IsPictures => Table is null;

    /// <summary>One unit of the network's output in the unit of the target.</summary>
    public double TargetScale => Targets?.Deviations[0] ?? 1;

    /// <summary>Reads what DATA names.</summary>
    /// <exception cref="InputException">There is nothing of that name, or an option does not suit it.</exception>
    /// <exception cref="DataException">A file is not what it should be.</exception>
    public static TrainingData Read(TrainSettings settings, Random random, Terminal terminal)
    {
        if (Directory.Exists(settings.Data)) return TrainingPictures.Read(settings, random, terminal);
        if (File.Exists(settings.Data)) return TrainingTable.Read(settings, random, terminal);
        throw new InputException($"{settings.Data}: there is no such file or folder");
    }
}
