namespace Backprop.Layers;

/// <summary>The check of the sizes that a layer is built with.</summary>
internal static class Size
{
    /// <summary>Gives a size back that is 1 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is 0 or less.</exception>
    public static int AtLeastOne(string layer, string what, int size) => size >= 1 ? size
        : throw new ArgumentOutOfRangeException(null, $"{layer}: {what} is {size}, 1 or more is needed.");

    /// <summary>Gives a number of groups back that divides channels and filters.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1 or leaves a rest.</exception>
    public static int Dividing(string layer, int groups, int channels, int filters)
    {
        AtLeastOne(layer, nameof(groups), groups);
        return channels % groups == 0 && filters % groups == 0 ? groups
            : throw new ArgumentOutOfRangeException(
                null, $"{layer}: {groups} groups came, which {(channels % groups != 0 ? $"{channels} channels" : $"{filters} filters")} cannot share evenly.");
    }
}
