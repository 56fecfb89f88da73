namespace Backprop.Onnx.Wire;

/// <summary>An operation and its settings from their bytes.</summary>
internal static class NodeReader
{
    public static OnnxNode Read(MessageReader message)
    {
        string name = "", type = "";
        var inputs = new List<string>();
        var outputs = new List<string>();
        var attributes = new List<OnnxAttribute>();
        while (message.Next())
            switch (message.Field)
            {
                case Fields.Node.Input: inputs.Add(message.Text()); break;
                case Fields.Node.Output: outputs.Add(message.Text()); break;
                case Fields.Node.Name: name = message.Text(); break;
                case Fields.Node.Operator: type = message.Text(); break;
                case Fields.Node.Attribute: attributes.Add(ReadAttribute(message.Message())); break;
                default: throw ModelReader.Unknown(message, "node");
            }
        return new OnnxNode(type, name, inputs, outputs, attributes);
    }

    private static OnnxAttribute ReadAttribute(MessageReader message)
    {
        string name = "", text = "";
        float number = 0;
        long whole = 0, kind = 0;
        var wholes = new List<long>();
        var texts = new List<string>();
        while (message.Next())
            switch (message.Field)
            {
                case Fields.Attribute.Name: name = message.Text(); break;
                case Fields.Attribute.Float: number = message.Number(); break;
                case Fields.Attribute.Whole: whole = message.Whole(); break;
                case Fields.Attribute.Text: text = message.Text(); break;
                case Fields.Attribute.Wholes: wholes.AddRange(message.Wholes()); break;
                case Fields.Attribute.Texts: texts.Add(message.Text()); break;
                case Fields.Attribute.Kind: kind = message.Whole(); break;
                default: throw ModelReader.Unknown(message, "attribute");
            }
        return new OnnxAttribute(name, kind switch
        {
            Fields.Attribute.KindFloat => number,
            Fields.Attribute.KindWhole => whole,
            Fields.Attribute.KindText => text,
            Fields.Attribute.KindWholes => wholes.ToArray(),
            Fields.Attribute.KindTexts => texts.ToArray(),
            _ => throw new FormatException($"the attribute '{name}' is of a kind, {kind}, that exported models do not have"),
        });
    }
}
