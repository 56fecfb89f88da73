using System.Numerics;

namespace Backprop.Tensors;

/// <summary>What an operation remembers from forward to backward, by its name.</summary>
/// <param name="Name">The field's name for it: "winners", "softmax".</param>
/// <param name="Values">The numbers, or null.</param>
/// <param name="Positions">The whole numbers, or null.</param>
/// <typeparam name="T">float or double.</typeparam>
public sealed record Kept<T>(string Name, Tensor<T>? Values, Indices? Positions) where T : unmanaged, IFloatingPointIeee754<T>;
