using System.Reflection;
using Backprop.Tensors;

namespace Backprop.Tests.Operations;

/// <summary>One use of an operation: how it is called, on which shapes, with which values. <see cref="OperationTests"/> puts every case
/// through the same examinations.</summary>
/// <param name="Name">What it shows: "MatMul of 2×3 and 3×4".</param>
/// <param name="InDouble">The call.</param>
/// <param name="InSingle">The same call in float.</param>
/// <param name="Shapes">The shapes of the inputs.</param>
public sealed record OperationCase(
    string Name, Func<Tensor<double>[], Tensor<double>> InDouble, Func<Tensor<float>[], Tensor<float>> InSingle, params Shape[] Shapes)
{
    /// <summary>Input i's value at an element; away from kinks and ties where the operation has them.</summary>
    public Func<int, int, double> Value { get; init; } = (input, index) => Math.Sin(1.7 * index + 0.9 * input + 0.3);

    public Parameter<double>[] Doubles() => [.. Shapes.Select((shape, input) =>
        new Parameter<double>(shape, Enumerable.Range(0, shape.Elements).Select(index => Value(input, index)).ToArray(), $"x{input}"))];

    public Parameter<float>[] Singles() => [.. Shapes.Select((shape, input) =>
        new Parameter<float>(shape, Enumerable.Range(0, shape.Elements).Select(index => (float)Value(input, index)).ToArray(), $"x{input}"))];

    public override string ToString() => Name;

    /// <summary>Every case of this assembly: the static <c>Cases</c> of every test class.</summary>
    public static IReadOnlyList<OperationCase> All { get; } =
    [
        .. typeof(OperationCase).Assembly.GetTypes()
            .Select(type => type.GetProperty("Cases", BindingFlags.Public | BindingFlags.Static))
            .Where(property => property is not null && property.PropertyType == typeof(OperationCase[]))
            .SelectMany(property => (OperationCase[])property!.GetValue(null)!),
    ];
}
