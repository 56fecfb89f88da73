using System.Numerics;
using Backprop.Optimizers;

namespace Backprop.Explaining;

/// <summary>What an update did to one parameter.</summary>
/// <param name="Step">The update as a line: formula, numbers, and the new values.</param>
/// <param name="Before">The values before it, row-major.</param>
/// <param name="Gradient">The gradient that the backward pass computed.</param>
/// <param name="Quantities">What the optimizer worked with beside them.</param>
/// <typeparam name="T">float or double.</typeparam>
public sealed record ReadChange<T>(ReadStep<T> Step, IReadOnlyList<T> Before, IReadOnlyList<T> Gradient, IReadOnlyList<OptimizerQuantity<T>> Quantities)
    where T : unmanaged, IFloatingPointIeee754<T>;
