using Backprop.Randomness;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Lessons.Museum.Networks;

/// <summary>What the museum's convolutions look at.</summary>
internal static class Pictures
{
    /// <summary>A picture that grows brighter from corner to corner, with some noise, so that no two numbers are equal.</summary>
    public static Tensor<double> Slope(int size)
    {
        var random = new SeededRandom(4);
        return Tensor([1, 1, size, size], [.. Enumerable.Range(0, size * size).Select(i => (i / size + i % size) / (2.0 * size) + random.NextDouble() - 0.5)]);
    }
}
