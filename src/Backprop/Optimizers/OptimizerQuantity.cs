using System.Numerics;

namespace Backprop.Optimizers;

/// <summary>What an optimizer worked with at the last update of a parameter, one number per entry.</summary>
/// <param name="Symbol">Its letter in the formula: <c>v</c>, <c>m̂</c>.</param>
/// <param name="Name">What it is: <c>velocity</c>.</param>
/// <param name="Values">The numbers, row-major.</param>
/// <typeparam name="T">float or double.</typeparam>
public sealed record OptimizerQuantity<T>(string Symbol, string Name, IReadOnlyList<T> Values) where T : unmanaged, IFloatingPointIeee754<T>;
