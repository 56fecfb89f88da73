namespace Backprop.Onnx;

/// <summary>One operation of an ONNX graph.</summary>
/// <param name="Operator">Which one, as ONNX calls it: <c>Gemm</c>, <c>Conv</c>.</param>
/// <param name="Name">Its own name in the graph.</param>
/// <param name="Inputs">The values that it reads, by name; an empty name stands for one that is left out.</param>
/// <param name="Outputs">The values that it makes, by name; an empty name stands for one that nobody wants.</param>
/// <param name="Attributes">Its settings.</param>
public sealed record OnnxNode(
    string Operator, string Name, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, IReadOnlyList<OnnxAttribute> Attributes)
{
    /// <summary>As one line: <c>conv1 = Conv(input, conv1.weight) {group 1}</c>.</summary>
    public override string ToString() =>
        $"{string.Join(", ", Outputs)} = {Operator}({string.Join(", ", Inputs)})"
        + (Attributes.Count == 0 ? "" : $" {{{string.Join("; ", Attributes)}}}")
        + (Outputs.Contains(Name) ? "" : $" '{Name}'");
}
