namespace Backprop.Layers;

/// <summary>The check of the sizes that a layer is built with.</summary>
internal static class Size
{
    /// <summary>Gives a size back that is 1 or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is 0 or less.</exception>
    public static int AtLeastOne(string layer, string what, int size) => size >= 1 ? size
        : throw new ArgumentOutOfRangeException(null, $"{layer}: {what} is {size}, 1 or more is needed.");
}
