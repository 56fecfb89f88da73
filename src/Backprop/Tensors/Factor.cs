using System.Numerics;

namespace Backprop.Tensors;

/// <summary>One number of a product that contributes to a gradient, and where it stands.</summary>
/// <param name="Name">What the number is where it stands in no tensor: a local derivative such as <c>1 − y²</c>, or <c>1/N</c>; else empty.</param>
/// <param name="Tensor">The tensor that it stands in, if any.</param>
/// <param name="Index">Its position there, in row-major order.</param>
/// <param name="IsGradient">Whether it is an entry of the tensor's gradient rather than of its values.</param>
/// <param name="Value">The number.</param>
/// <typeparam name="T">float or double.</typeparam>
public sealed record Factor<T>(string Name, Tensor<T>? Tensor, int Index, bool IsGradient, T Value)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The name with {0}, {1}, … for the operation's inputs and {y} for its output, as in <see cref="Operation{T}.Formula"/>: <c>1 − {y}²</c>;
    /// the name itself where nobody said.</summary>
    public string Formula { get => field ?? Name; init; }
}

/// <summary>Makes the factors of a <see cref="Term{T}"/>.</summary>
public static class Factor
{
    /// <summary>A value of a tensor.</summary>
    public static Factor<T> Of<T>(Tensor<T> tensor, int index) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return new("", tensor, index, false, tensor.Values[index]);
    }

    /// <summary>An entry of a tensor's gradient.</summary>
    public static Factor<T> GradientOf<T>(Tensor<T> tensor, int index) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return new("", tensor, index, true, tensor.Gradient[index]);
    }

    /// <summary>A number that stands in no tensor: a local derivative, a count.</summary>
    public static Factor<T> Number<T>(string name, T value) where T : unmanaged, IFloatingPointIeee754<T> => new(name, null, -1, false, value);
}
