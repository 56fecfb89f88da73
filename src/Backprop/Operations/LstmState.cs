using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>What a long short-term memory goes on from: its state and its cell.</summary>
/// <param name="Hidden">h, [N, H], or [layers, N, H].</param>
/// <param name="Cell">c, of the same shape.</param>
/// <typeparam name="T">float or double.</typeparam>
public sealed record LstmState<T>(Tensor<T> Hidden, Tensor<T> Cell) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The same numbers off their tape: what the next batch of a stream goes on from.</summary>
    public LstmState<T> Copy() => new(Hidden.Copy(), Cell.Copy());
}
