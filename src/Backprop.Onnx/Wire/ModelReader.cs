using System.Globalization;
using Backprop.Data;
using Google.Protobuf;

namespace Backprop.Onnx.Wire;

/// <summary>A model from the bytes of its file. Field by field it knows what the exporter writes, and refuses what it does not.</summary>
internal static class ModelReader
{
    public static OnnxModel Read(byte[] bytes, string file)
    {
        try
        {
            return Read(new MessageReader(bytes));
        }
        catch (Exception error) when (error is InvalidProtocolBufferException or FormatException)
        {
            throw new DataException(file, $"it is no ONNX file of this exporter, or it is damaged; {error.Message}", cause: error);
        }
    }

    private static OnnxModel Read(MessageReader message)
    {
        var texts = new Dictionary<string, string>();
        MessageReader? graph = null;
        long structure = 0, operators = 0;
        while (message.Next())
            switch (message.Field)
            {
                case Fields.Model.IntermediateVersion: structure = message.Whole(); break;
                case Fields.Model.Graph: graph = message.Message(); break;
                case Fields.Model.OperatorSet: operators = ReadVersion(message.Message()); break;
                case Fields.Model.Metadata: ReadText(message.Message(), texts); break;
                case Fields.Model.Producer or Fields.Model.ProducerVersion: message.Skip(); break;
                default: throw Unknown(message, "model");
            }
        if ((structure, operators) != (OnnxModel.IntermediateVersion, OnnxModel.OperatorSet))
            throw new FormatException(string.Create(
                CultureInfo.InvariantCulture,
                $"its versions are {structure} and {operators}, {OnnxModel.IntermediateVersion} and {OnnxModel.OperatorSet} are needed"));
        return ReadGraph(graph ?? throw new FormatException("it has no graph"), texts);
    }

    private static long ReadVersion(MessageReader message)
    {
        long version = 0;
        while (message.Next())
            if (message.Field == Fields.OperatorSet.Version) version = message.Whole();
            else if (message.Field != Fields.OperatorSet.Domain || message.Text().Length > 0) throw Unknown(message, "operator set");
        return version;
    }

    private static void ReadText(MessageReader message, Dictionary<string, string> texts)
    {
        string key = "", value = "";
        while (message.Next())
            if (message.Field == Fields.Text.Key) key = message.Text();
            else if (message.Field == Fields.Text.Value) value = message.Text();
            else throw Unknown(message, "text");
        texts.Add(key, value);
    }

    private static OnnxModel ReadGraph(MessageReader message, Dictionary<string, string> texts)
    {
        string name = "";
        var nodes = new List<OnnxNode>();
        var initializers = new List<OnnxTensor>();
        var inputs = new List<OnnxValue>();
        var outputs = new List<OnnxValue>();
        while (message.Next())
            switch (message.Field)
            {
                case Fields.Graph.Node: nodes.Add(NodeReader.Read(message.Message())); break;
                case Fields.Graph.Name: name = message.Text(); break;
                case Fields.Graph.Initializer: initializers.Add(ReadTensor(message.Message())); break;
                case Fields.Graph.Input: inputs.Add(ValueReader.Read(message.Message())); break;
                case Fields.Graph.Output: outputs.Add(ValueReader.Read(message.Message())); break;
                default: throw Unknown(message, "graph");
            }
        return new OnnxModel { Name = name, Nodes = nodes, Initializers = initializers, Inputs = inputs, Outputs = outputs, Metadata = texts };
    }

    private static OnnxTensor ReadTensor(MessageReader message)
    {
        string name = "";
        var type = default(OnnxType);
        var sizes = new List<long>();
        byte[] bytes = [];
        while (message.Next())
            switch (message.Field)
            {
                case Fields.Tensor.Sizes: sizes.AddRange(message.Wholes()); break;
                case Fields.Tensor.Type: type = TypeOf(message.Whole()); break;
                case Fields.Tensor.Name: name = message.Text(); break;
                case Fields.Tensor.Bytes: bytes = message.Bytes(); break;
                default: throw Unknown(message, "tensor");
            }
        var tensor = new OnnxTensor(name, type, sizes, bytes);
        int width = type == OnnxType.Float ? sizeof(float) : sizeof(long);
        return bytes.Length == tensor.Count * width ? tensor : throw new FormatException($"{tensor} has {bytes.Length} bytes, {tensor.Count * width} are needed");
    }

    internal static OnnxType TypeOf(long number) => number is (int)OnnxType.Float or (int)OnnxType.Int64 ? (OnnxType)number
        : throw new FormatException($"numbers of type {number} came, {OnnxType.Float} and {OnnxType.Int64} are known");

    internal static FormatException Unknown(MessageReader message, string where) => new($"the {where} has a field {message.Field} that exported models do not have");
}
