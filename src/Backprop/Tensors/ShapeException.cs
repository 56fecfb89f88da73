namespace Backprop.Tensors;

/// <summary>Shapes do not fit an operation. The message says the operation, what came, what is needed and what to try.</summary>
public sealed class ShapeException : ArgumentException
{
    /// <summary>Makes the exception; the message becomes <c>operation: problem</c>.</summary>
    public ShapeException(string operation, string problem, params Shape[] shapes) : base($"{operation}: {problem}")
    {
        Operation = operation;
        Shapes = shapes;
    }

    /// <summary>The operation that the shapes do not fit.</summary>
    public string Operation { get; }

    /// <summary>The shapes that came.</summary>
    public IReadOnlyList<Shape> Shapes { get; }
}
