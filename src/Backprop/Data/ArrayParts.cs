using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Data;

/// <summary>Single arrays of a file as samples and as targets.</summary>
internal static class ArrayParts
{
    public static NpyHeader Header(NpzFile.Entry array, string file) =>
        array.Header ?? throw new DataException(file, $"its array {array.Name} holds no numbers; float, int, uint or bool is needed");

    /// <summary>Samples in the library's order of axes, at least one.</summary>
    public static Tensor<T> Samples<T>(NpzFile archive, NpzFile.Entry array, ArrayLayout layout, string file) where T : unmanaged, IFloatingPointIeee754<T>
    {
        string name = array.Name.Length > 0 ? $"{file}, {array.Name}" : file;
        if (Header(array, file).Shape is { Rank: 0 } or { Elements: 0 } && array.Header is { } header)
            throw new DataException(name, $"it is {header.Shape}, and has no sample");
        var x = archive.Read<T>(array);
        for (int i = 0; i < x.Length; i++)
            if (!T.IsFinite(x.Values[i]))
                throw new DataException(
                    name, $"{x.Values[i]} came; finite numbers are needed, fill or leave out what is missing", 1 + i / (x.Length / x.Shape[0]));
        return ArrayLayouts.Apply(x, layout, name);
    }

    /// <summary>Targets as numbers, in double, where every whole number up to 2⁵³ is exact.</summary>
    public static Tensor<double> Targets(NpzFile archive, NpzFile.Entry array, string file)
    {
        var shape = Header(array, file).Shape;
        return shape.Rank > 0 ? archive.Read<double>(array)
            : throw new DataException($"{file}, {array.Name}", "it is a single number; targets are one for each sample");
    }

    /// <summary>Samples with their targets.</summary>
    public static DataSet<T> Join<T>(Tensor<T> x, Tensor<double> y, IReadOnlyList<string>? classes, string name) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (y.Shape[0] != x.Shape[0]) throw new DataException(name, $"it is {y.Shape}, and there are {x.Shape[0]} samples; each needs one target");
        return classes is null ? new DataSet<T>(x, ArrayTargets.Numbers<T>(y, name))
            : new DataSet<T>(x, ArrayTargets.Classes(y, classes, name), classes);
    }
}
