using Backprop.Cli.Train;
using Backprop.Data;
using Backprop.Tabular;

namespace Backprop.Cli.Data;

/// <summary>Parts the samples into those that train and those that test.</summary>
internal static class HoldOut
{
    /// <summary>The share that is kept where none was said.</summary>
    public const double Usual = 0.2;

    /// <summary>Keeps a fifth of the training part to judge by when to stop: each class by its share, of a text and of a time series the end, as for the test.</summary>
    /// <exception cref="InputException">The training part cannot be parted.</exception>
    public static TrainingData WithValidation(TrainingData data, TrainSettings settings, Random random, Terminal terminal)
    {
        if (settings.Patience is not { } patience) return data;
        try
        {
            bool inOrder = data.Form is DataForm.Text or DataForm.Series && !data.Independent;
            var (train, validation) = inOrder ? data.Train.SplitInOrder(Usual) : data.Train.Split(Usual, random);
            string part = $"{(inOrder ? "the last " : "")}{validation.Count} of the {data.Train.Count} samples that train";
            terminal.Note($"early stopping: after {Wording.Count(patience, "epoch")} without a better loss on {part}");
            return data with { Train = train, Validation = validation };
        }
        catch (InvalidOperationException error)
        {
            throw new InputException($"--patience: {error.Message}");
        }
    }

    /// <summary>Draws the test part, each class by its share.</summary>
    /// <exception cref="InputException">The data cannot be parted: each class has a single sample.</exception>
    public static (DataSet<T> Train, DataSet<T> Test) Of<T>(DataSet<T> all, TrainSettings settings, Random random)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => WithPlaces(all, settings, random) is var (train, test, _) ? (train, test) : default;

    /// <summary>The same with the places of the test part among all samples.</summary>
    /// <exception cref="InputException">The data cannot be parted: each class has a single sample.</exception>
    public static (DataSet<T> Train, DataSet<T> Test, int[] TestPlaces) WithPlaces<T>(DataSet<T> all, TrainSettings settings, Random random)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        try
        {
            var (train, test) = all.SplitRows(settings.Holdout ?? Usual, random);
            return (all.Select(train), all.Select(test), test);
        }
        catch (InvalidOperationException error)
        {
            throw new InputException($"{settings.Data}: {ArgumentText.Of(error)}");
        }
    }
}
