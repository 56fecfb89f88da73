using System.Numerics;

namespace Backprop.Tensors;

/// <summary>A product of factors: one part of the sum that is a gradient entry.</summary>
/// <param name="Factors">The factors, in the order in which they are written.</param>
/// <typeparam name="T">float or double.</typeparam>
public sealed record Term<T>(params IReadOnlyList<Factor<T>> Factors) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The product.</summary>
    public T Value
    {
        get
        {
            T product = T.One;
            foreach (var factor in Factors) product *= factor.Value;
            return product;
        }
    }

    /// <summary>Why the product is 0 where a decision of the operation made it so: a closed ReLU, a number that did not win. Null where the factors say it.</summary>
    public ZeroReason<T>? Zero { get; init; }
}
