namespace Backprop.Onnx.Translation;

/// <summary>Settings of operations in short.</summary>
internal static class Attributes
{
    public static OnnxAttribute Of(string name, long value) => new(name, value);

    public static OnnxAttribute Of(string name, double value) => new(name, (float)value);

    public static OnnxAttribute Of(string name, string value) => new(name, value);

    public static OnnxAttribute Of(string name, params IEnumerable<int> values) => new(name, values.Select(value => (long)value).ToArray());

    public static OnnxAttribute OfTexts(string name, params string[] values) => new(name, values);
}
