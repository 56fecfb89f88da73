using Backprop.Data;

namespace Backprop.Cli.Train;

/// <summary>Parts the samples into those that train and those that test.</summary>
internal static class HoldOut
{
    private const double Usual = 0.2;

    /// <summary>Draws the test part, each class by its share.</summary>
    /// <exception cref="InputException">The data cannot be parted: each class has a single sample.</exception>
    public static (DataSet<T> Train, DataSet<T> Test) Of<T>(DataSet<T> all, TrainSettings settings, Random random)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        try
        {
            return all.Split(settings.Holdout ?? Usual, random);
        }
        catch (InvalidOperationException error)
        {
            throw new InputException($"{settings.Data}: {error.Message}");
        }
    }
}
