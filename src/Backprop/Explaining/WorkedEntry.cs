using System.Numerics;

namespace Backprop.Explaining;

/// <summary>One entry worked out.</summary>
/// <param name="Name">What it is called: <c>z1[0,2]</c>, or the textbook's name.</param>
/// <param name="Numbers">The right-hand side with the numbers put in.</param>
/// <param name="Result">What comes out.</param>
/// <typeparam name="T">float or double.</typeparam>
public sealed record WorkedEntry<T>(string Name, string Numbers, T Result) where T : unmanaged, IFloatingPointIeee754<T>;
