using System.Globalization;

namespace Backprop.Onnx;

/// <summary>A setting of an operation.</summary>
/// <param name="Name">Its name: <c>strides</c>.</param>
/// <param name="Value">A long, a float, a string, a long[] or a string[].</param>
public sealed record OnnxAttribute(string Name, object Value)
{
    /// <summary>As text that tells different values and kinds apart: <c>strides [2 2]</c>.</summary>
    public override string ToString() => $"{Name} " + Value switch
    {
        long whole => whole.ToString(CultureInfo.InvariantCulture),
        float number => number.ToString("0.0########E+0", CultureInfo.InvariantCulture),
        string text => $"'{text}'",
        long[] wholes => $"[{string.Join(' ', wholes.Select(whole => whole.ToString(CultureInfo.InvariantCulture)))}]",
        string[] texts => $"[{string.Join(' ', texts.Select(text => $"'{text}'"))}]",
        _ => throw new NotSupportedException($"OnnxAttribute: '{Name}' is a {Value.GetType().Name}; long, float, string, long[] and string[] can be."),
    };
}
