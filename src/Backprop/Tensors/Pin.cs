using System.Numerics;

namespace Backprop.Tensors;

/// <summary>A number that a replay takes as given instead of the computed one: a learner's own answer, a "what if".</summary>
/// <param name="Tensor">The tensor: an output of the tape for a value, any tensor with a gradient for a gradient.</param>
/// <param name="Index">The entry, in row-major order.</param>
/// <param name="Number">The number that stands there from then on.</param>
/// <param name="OnGradient">Whether the gradient's entry is meant rather than the value's.</param>
/// <typeparam name="T">float or double.</typeparam>
public sealed record Pin<T>(Tensor<T> Tensor, int Index, T Number, bool OnGradient = false) where T : unmanaged, IFloatingPointIeee754<T>;
