namespace Backprop.Importing;

/// <summary>Numbers of an array in another order.</summary>
internal static class Turning
{
    /// <summary>The array as it is.</summary>
    public static T[] Not<T>(T[] values) => values;

    /// <summary>The axes in another order: axis i of the result is axis <paramref name="order"/>[i] of the array.</summary>
    /// <param name="values">The numbers, row-major.</param>
    /// <param name="sizes">The sizes of the array's axes.</param>
    /// <param name="order">The axes of the result.</param>
    public static T[] Axes<T>(T[] values, ReadOnlySpan<int> sizes, ReadOnlySpan<int> order)
    {
        // How far apart neighbours along each axis of the result lie in the array.
        var steps = new int[order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            steps[i] = 1;
            foreach (int size in sizes[(order[i] + 1)..]) steps[i] *= size;
        }
        var turned = new T[values.Length];
        var place = new int[order.Length];
        for (int at = 0; at < turned.Length; at++)
        {
            int from = 0;
            for (int i = 0; i < place.Length; i++) from += place[i] * steps[i];
            turned[at] = values[from];
            for (int i = place.Length - 1; i >= 0 && ++place[i] == sizes[order[i]]; i--) place[i] = 0;
        }
        return turned;
    }

    /// <summary>The rows in another order: row i of the result is row <paramref name="order"/>[i].</summary>
    public static T[] Rows<T>(T[] values, int[] order)
    {
        int width = values.Length / order.Length;
        return [.. order.SelectMany(row => values.AsSpan(row * width, width).ToArray())];
    }

    /// <summary>The blocks of columns in another order, as gates stand side by side.</summary>
    /// <param name="values">[.., blocks · units].</param>
    /// <param name="units">The columns of one block.</param>
    /// <param name="order">Which block comes first, which second, ….</param>
    public static T[] Blocks<T>(T[] values, int units, params int[] order) =>
        [.. Enumerable.Range(0, values.Length / (units * order.Length))
            .SelectMany(row => order.SelectMany(block => values.AsSpan((row * order.Length + block) * units, units).ToArray()))];
}
