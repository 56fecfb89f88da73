using System.Globalization;
using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Data;

/// <summary>The targets of an array, as classes or as numbers.</summary>
internal static class ArrayTargets
{
    // As many classes as IDX files may have: each is an output of the network.
    private const int MostClasses = 65536;

    /// <summary>Whether targets are classes: whole numbers, one for each sample, or rows of zeros with a single one (one-hot).</summary>
    public static bool AreClasses(Tensor<double> y, bool whole) => (whole && IsOneEach(y.Shape)) || IsOneHot(y);

    /// <summary>The classes that occur, in the order of their numbers; of one-hot rows as many as columns.</summary>
    /// <exception cref="DataException">A number is no whole one, or there are fewer than two classes.</exception>
    public static string[] Names(Tensor<double> y, string array)
    {
        if (IsOneHot(y)) return [.. Enumerable.Range(0, y.Shape[1]).Select(c => c.ToString(CultureInfo.InvariantCulture))];
        if (!IsOneEach(y.Shape))
            throw new DataException(array, $"it is {y.Shape}; classes are [N], a whole number for each sample, or [N, C] with one 1 in each row");
        double[] values = [.. y.Values.ToArray().Distinct().Order()];
        if (Array.Find(values, value => !IsWhole(value)) is var odd && !IsWhole(odd))
            throw new DataException(array, $"the class {odd.ToString(CultureInfo.InvariantCulture)} came; classes are whole numbers");
        return values.Length is >= 2 and <= MostClasses ? [.. values.Select(Text)]
            : throw new DataException(array, $"it has {values.Length} {(values.Length == 1 ? "class" : "classes")}; 2 to {MostClasses} are needed");
    }

    /// <summary>The classes as positions among names.</summary>
    /// <exception cref="DataException">A class has no name there.</exception>
    public static Indices Classes(Tensor<double> y, IReadOnlyList<string> names, string array)
    {
        var places = names.Index().ToDictionary(entry => entry.Item, entry => entry.Index, StringComparer.Ordinal);
        bool oneHot = IsOneHot(y);
        int[] classes = new int[y.Shape[0]];
        for (int i = 0; i < classes.Length; i++)
        {
            string name = oneHot ? Text(y.Values.Slice(i * y.Shape[1], y.Shape[1]).IndexOf(1.0)) : Text(y.Values[i]);
            classes[i] = places.TryGetValue(name, out int place) ? place
                : throw new DataException(
                    array, $"the class {name} came; those that train are {string.Join(", ", names.Take(12))}{(names.Count > 12 ? ", …" : "")}", i + 1);
        }
        return new Indices([classes.Length], classes);
    }

    /// <summary>Numbers to predict, [N, 1] or [N, K].</summary>
    /// <exception cref="DataException">There are too many axes, or a number is not finite.</exception>
    public static Tensor<T> Numbers<T>(Tensor<double> y, string array) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (y.Shape.Rank is not (1 or 2)) throw new DataException(array, $"it is {y.Shape}; numbers to predict are [N] or [N, K]");
        for (int i = 0; i < y.Length; i++)
            if (!double.IsFinite(y.Values[i]))
                throw new DataException(array, $"{Text(y.Values[i])} came; a finite number is needed", 1 + i / (y.Length / y.Shape[0]));
        return Nn<T>.Tensor([y.Shape[0], y.Length / Math.Max(1, y.Shape[0])], [.. y.Values.ToArray().Select(T.CreateChecked)]);
    }

    private static bool IsOneEach(Shape shape) => shape.Rank == 1 || (shape.Rank == 2 && shape[1] == 1);

    private static bool IsOneHot(Tensor<double> y)
    {
        if (y.Shape.Rank != 2 || y.Shape[1] < 2) return false;
        for (int i = 0; i < y.Shape[0]; i++)
        {
            var row = y.Values.Slice(i * y.Shape[1], y.Shape[1]);
            if (row.Count(1.0) != 1 || row.Count(0.0) != row.Length - 1) return false;
        }
        return true;
    }

    private static bool IsWhole(double value) => double.IsFinite(value) && Math.Floor(value) == value;

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
