using System.Globalization;

namespace Backprop.Onnx.Wire;

/// <summary>What goes into a graph or comes out of it, from its bytes.</summary>
internal static class ValueReader
{
    public static OnnxValue Read(MessageReader message)
    {
        string name = "";
        var (type, axes) = (default(OnnxType), new List<string>());
        while (message.Next())
            if (message.Field == Fields.Value.Name) name = message.Text();
            else if (message.Field == Fields.Value.Type) (type, axes) = ReadType(message.Message());
            else throw ModelReader.Unknown(message, "value");
        return new OnnxValue(name, type, axes);
    }

    private static (OnnxType, List<string>) ReadType(MessageReader message)
    {
        var type = default(OnnxType);
        var axes = new List<string>();
        while (message.Next())
        {
            if (message.Field != Fields.Value.TensorType) throw ModelReader.Unknown(message, "type of a value");
            var tensor = message.Message();
            while (tensor.Next())
                if (tensor.Field == Fields.Value.NumberType) type = ModelReader.TypeOf(tensor.Whole());
                else if (tensor.Field == Fields.Value.Shape) axes = ReadShape(tensor.Message());
                else throw ModelReader.Unknown(tensor, "type of a tensor");
        }
        return (type, axes);
    }

    private static List<string> ReadShape(MessageReader message)
    {
        var axes = new List<string>();
        while (message.Next())
        {
            if (message.Field != Fields.Value.Axis) throw ModelReader.Unknown(message, "shape");
            var axis = message.Message();
            string text = "";
            while (axis.Next())
                text = axis.Field == Fields.Value.AxisSize ? axis.Whole().ToString(CultureInfo.InvariantCulture)
                    : axis.Field == Fields.Value.AxisLetter ? axis.Text() : throw ModelReader.Unknown(axis, "axis");
            axes.Add(text);
        }
        return axes;
    }
}
