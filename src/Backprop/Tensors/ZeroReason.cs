using System.Numerics;

namespace Backprop.Tensors;

/// <summary>Why an operation passes nothing on to an entry that it reads.</summary>
/// <param name="Text">The reason in words; {0} stands for <paramref name="At"/>: <c>ReLU closed, {0}</c>.</param>
/// <param name="At">The number that decided it, if there is one: what the ReLU reads, the winner of the window.</param>
/// <typeparam name="T">float or double.</typeparam>
public sealed record ZeroReason<T>(string Text, Factor<T>? At = null) where T : unmanaged, IFloatingPointIeee754<T>;
