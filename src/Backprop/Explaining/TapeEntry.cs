using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Explaining;

/// <summary>One number of a tape: an entry of one of its tensors.</summary>
/// <param name="Tensor">The tensor.</param>
/// <param name="Index">The entry, in row-major order.</param>
/// <typeparam name="T">float or double.</typeparam>
public sealed record TapeEntry<T>(Tensor<T> Tensor, int Index) where T : unmanaged, IFloatingPointIeee754<T>;
