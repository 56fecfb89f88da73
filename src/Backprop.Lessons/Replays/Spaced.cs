using Backprop.Tensors;

namespace Backprop.Lessons.Replays;

/// <summary>Equally spaced numbers, both ends included: the inputs of CS231n's checks.</summary>
internal static class Spaced
{
    public static double[] Values(double first, double last, int count) => [.. Enumerable.Range(0, count).Select(i => first + (last - first) * i / (count - 1))];

    public static Tensor<double> Over(Shape shape, double first, double last) => Nn<double>.Tensor(shape, Values(first, last, shape.Elements));
}
