using System.Diagnostics.CodeAnalysis;

namespace Backprop.Onnx;

/// <summary>The kinds of numbers that exported graphs hold, by ONNX's own numbers for them.</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "These are ONNX's own names.")]
public enum OnnxType
{
    /// <summary>32-bit floating point.</summary>
    Float = 1,

    /// <summary>64-bit whole numbers: class numbers, tokens, sizes.</summary>
    Int64 = 7,
}
