using System.Runtime.InteropServices;

namespace Backprop.Onnx;

/// <summary>Numbers that lie in the file: weights and constants.</summary>
/// <param name="Name">The name by which operations read them: a parameter's path, <c>linear1.weight</c>.</param>
/// <param name="Type">The kind of the numbers.</param>
/// <param name="Sizes">The size of each axis.</param>
/// <param name="Bytes">The numbers in row-major order, little-endian.</param>
public sealed record OnnxTensor(string Name, OnnxType Type, IReadOnlyList<long> Sizes, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>How many numbers there are.</summary>
    public long Count => Sizes.Aggregate(1L, (product, size) => product * size);

    internal static OnnxTensor Of(string name, IReadOnlyList<long> sizes, ReadOnlySpan<float> values) =>
        new(name, OnnxType.Float, sizes, MemoryMarshal.AsBytes(values).ToArray());

    internal static OnnxTensor Of(string name, ReadOnlySpan<long> values) =>
        new(name, OnnxType.Int64, [values.Length], MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>As one line: <c>linear1.weight Float [4, 16]</c>.</summary>
    public override string ToString() => $"{Name} {Type} [{string.Join(", ", Sizes)}]";
}
