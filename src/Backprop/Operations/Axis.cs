using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>What operations along one axis share.</summary>
internal static class Axis
{
    /// <summary>Throws unless a shape has the axis.</summary>
    /// <exception cref="ShapeException">It has not.</exception>
    public static void Check(string operation, Shape shape, int axis)
    {
        if ((uint)axis < (uint)shape.Rank) return;
        throw new ShapeException(operation, $"axis {axis} came, {shape} has {(shape.Rank == 0 ? "no axes" : $"axes 0 … {shape.Rank - 1}")}", shape);
    }

    /// <summary>A subscript with one axis filled in: <c>[:,2:5,:]</c>.</summary>
    public static string Subscript(int rank, int axis, string place) =>
        $"[{string.Join(",", Enumerable.Range(0, rank).Select(a => a == axis ? place : ":"))}]";
}
