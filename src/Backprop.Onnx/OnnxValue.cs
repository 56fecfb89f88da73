namespace Backprop.Onnx;

/// <summary>What goes into a graph or comes out of it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The kind of its numbers.</param>
/// <param name="Axes">The size of each axis, or a letter for one that may be of any size: <c>N</c>.</param>
public sealed record OnnxValue(string Name, OnnxType Type, IReadOnlyList<string> Axes)
{
    /// <summary>As one line: <c>input Float [N, 4]</c>.</summary>
    public override string ToString() => $"{Name} {Type} [{string.Join(", ", Axes)}]";
}
