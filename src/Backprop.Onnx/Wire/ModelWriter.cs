using System.Globalization;
using System.Text;

namespace Backprop.Onnx.Wire;

/// <summary>A model as the bytes of its file.</summary>
internal static class ModelWriter
{
    public static byte[] Write(OnnxModel model)
    {
        long numbers = model.Initializers.Sum(tensor => (long)tensor.Bytes.Length);
        // The last megabyte is for names and operations.
        if (numbers > int.MaxValue - (1 << 20))
            throw new NotSupportedException($"ONNX: the weights take {numbers} bytes; one file can hold 2 GB. Safetensors has no such limit.");
        using var writer = new MessageWriter();
        writer.Whole(Fields.Model.IntermediateVersion, OnnxModel.IntermediateVersion);
        writer.Text(Fields.Model.Producer, OnnxModel.Producer);
        writer.Text(Fields.Model.ProducerVersion, typeof(ModelWriter).Assembly.GetName().Version!.ToString(3));
        writer.Message(Fields.Model.Graph, graph => Write(graph, model));
        writer.Message(Fields.Model.OperatorSet, set =>
        {
            set.Text(Fields.OperatorSet.Domain, "");
            set.Whole(Fields.OperatorSet.Version, OnnxModel.OperatorSet);
        });
        foreach (var (key, value) in model.Metadata)
            writer.Message(Fields.Model.Metadata, text =>
            {
                text.Text(Fields.Text.Key, key);
                text.Text(Fields.Text.Value, value);
            });
        return writer.Written().ToArray();
    }

    private static void Write(MessageWriter graph, OnnxModel model)
    {
        foreach (var node in model.Nodes) graph.Message(Fields.Graph.Node, message => Write(message, node));
        graph.Text(Fields.Graph.Name, model.Name);
        foreach (var tensor in model.Initializers) graph.Message(Fields.Graph.Initializer, message => Write(message, tensor));
        foreach (var value in model.Inputs) graph.Message(Fields.Graph.Input, message => Write(message, value));
        foreach (var value in model.Outputs) graph.Message(Fields.Graph.Output, message => Write(message, value));
    }

    private static void Write(MessageWriter message, OnnxNode node)
    {
        foreach (string input in node.Inputs) message.Text(Fields.Node.Input, input);
        foreach (string output in node.Outputs) message.Text(Fields.Node.Output, output);
        message.Text(Fields.Node.Name, node.Name);
        message.Text(Fields.Node.Operator, node.Operator);
        foreach (var attribute in node.Attributes) message.Message(Fields.Node.Attribute, inner => Write(inner, attribute));
    }

    private static void Write(MessageWriter message, OnnxAttribute attribute)
    {
        message.Text(Fields.Attribute.Name, attribute.Name);
        switch (attribute.Value)
        {
            case float number:
                message.Number(Fields.Attribute.Float, number);
                message.Whole(Fields.Attribute.Kind, Fields.Attribute.KindFloat);
                break;
            case long whole:
                message.Whole(Fields.Attribute.Whole, whole);
                message.Whole(Fields.Attribute.Kind, Fields.Attribute.KindWhole);
                break;
            case string text:
                message.Bytes(Fields.Attribute.Text, Encoding.UTF8.GetBytes(text));
                message.Whole(Fields.Attribute.Kind, Fields.Attribute.KindText);
                break;
            case long[] wholes:
                foreach (long whole in wholes) message.Whole(Fields.Attribute.Wholes, whole);
                message.Whole(Fields.Attribute.Kind, Fields.Attribute.KindWholes);
                break;
            case string[] texts:
                foreach (string text in texts) message.Bytes(Fields.Attribute.Texts, Encoding.UTF8.GetBytes(text));
                message.Whole(Fields.Attribute.Kind, Fields.Attribute.KindTexts);
                break;
            default:
                throw new NotSupportedException($"ONNX: the attribute '{attribute.Name}' is a {attribute.Value.GetType().Name}.");
        }
    }

    private static void Write(MessageWriter message, OnnxTensor tensor)
    {
        foreach (long size in tensor.Sizes) message.Whole(Fields.Tensor.Sizes, size);
        message.Whole(Fields.Tensor.Type, (int)tensor.Type);
        message.Text(Fields.Tensor.Name, tensor.Name);
        message.Bytes(Fields.Tensor.Bytes, tensor.Bytes);
    }

    private static void Write(MessageWriter message, OnnxValue value)
    {
        message.Text(Fields.Value.Name, value.Name);
        message.Message(Fields.Value.Type, type => type.Message(Fields.Value.TensorType, tensor =>
        {
            tensor.Whole(Fields.Value.NumberType, (int)value.Type);
            tensor.Message(Fields.Value.Shape, shape =>
            {
                foreach (string axis in value.Axes) shape.Message(Fields.Value.Axis, message => WriteAxis(message, axis));
            });
        }));
    }

    private static void WriteAxis(MessageWriter message, string axis)
    {
        if (long.TryParse(axis, NumberStyles.None, CultureInfo.InvariantCulture, out long size)) message.Whole(Fields.Value.AxisSize, size);
        else message.Text(Fields.Value.AxisLetter, axis);
    }
}
