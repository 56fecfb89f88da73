namespace Backprop.Onnx.Wire;

/// <summary>The field numbers of ONNX's messages: facts of the format.</summary>
internal static class Fields
{
    public static class Model
    {
        public const int IntermediateVersion = 1, Producer = 2, ProducerVersion = 3, Graph = 7, OperatorSet = 8, Metadata = 14;
    }

    public static class OperatorSet
    {
        public const int Domain = 1, Version = 2;
    }

    public static class Text
    {
        public const int Key = 1, Value = 2;
    }

    public static class Graph
    {
        public const int Node = 1, Name = 2, Initializer = 5, Input = 11, Output = 12;
    }

    public static class Node
    {
        public const int Input = 1, Output = 2, Name = 3, Operator = 4, Attribute = 5;
    }

    public static class Attribute
    {
        public const int Name = 1, Float = 2, Whole = 3, Text = 4, Wholes = 8, Texts = 9, Kind = 20;
        public const int KindFloat = 1, KindWhole = 2, KindText = 3, KindWholes = 7, KindTexts = 8;
    }

    public static class Tensor
    {
        public const int Sizes = 1, Type = 2, Name = 8, Bytes = 9;
    }

    public static class Value
    {
        public const int Name = 1, Type = 2;
        public const int TensorType = 1;
        public const int NumberType = 1, Shape = 2;
        public const int Axis = 1;
        public const int AxisSize = 1, AxisLetter = 2;
    }
}
