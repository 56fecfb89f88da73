using Backprop.Tensors;

namespace Backprop.Onnx.Translation;

/// <summary>What flows between layers.</summary>
/// <param name="Name">Its name in the graph.</param>
/// <param name="Shape">Its shape for a batch of one.</param>
/// <param name="Type">The kind of its numbers.</param>
internal sealed record Value(string Name, Shape Shape, OnnxType Type = OnnxType.Float);
