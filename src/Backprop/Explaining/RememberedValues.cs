using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Explaining;

/// <summary>Numbers that a formula names and that no tensor of the tape holds: the mean of a batch normalization, the mask of a dropout.</summary>
/// <param name="Name">The name in the formula: <c>mean</c>, <c>variance</c>, <c>mask</c>.</param>
/// <param name="Shape">Their shape.</param>
/// <param name="Values">The numbers, row-major.</param>
/// <typeparam name="T">float or double.</typeparam>
public sealed record RememberedValues<T>(string Name, Shape Shape, IReadOnlyList<T> Values) where T : unmanaged, IFloatingPointIeee754<T>;
