using System.Reflection;
using Backprop.Layers;
using Backprop.Tensors;

namespace Backprop.Tests.Layers;

/// <summary>One layer as it is built and the shape that it reads. <see cref="LayerTests"/> puts every case through the same examinations.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Make">Builds the layer.</param>
/// <param name="Input">The shape of a batch.</param>
public sealed record LayerCase(string Name, Func<Random, Layer<double>> Make, Shape Input)
{
    public override string ToString() => Name;

    public Layer<double> Build() => Make(new Random(3));

    /// <summary>The batch's value at an element.</summary>
    public Func<int, double> Value { get; init; } = index => Math.Sin(1.7 * index + 0.3);

    /// <summary>A batch as a parameter, so that its gradient is checked too; away from kinks and ties.</summary>
    public Parameter<double> Batch(Shape? shape = null) =>
        new(shape ?? Input, [.. Enumerable.Range(0, (shape ?? Input).Elements).Select(Value)], "x");

    /// <summary>Every case of this assembly: the static <c>Cases</c> of every test class.</summary>
    public static IReadOnlyList<LayerCase> All { get; } =
    [
        .. typeof(LayerCase).Assembly.GetTypes()
            .Select(type => type.GetProperty("Cases", BindingFlags.Public | BindingFlags.Static))
            .Where(property => property is not null && property.PropertyType == typeof(LayerCase[]))
            .SelectMany(property => (LayerCase[])property!.GetValue(null)!),
    ];
}
