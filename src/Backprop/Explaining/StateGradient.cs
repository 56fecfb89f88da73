using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Explaining;

/// <summary>The gradient of a state h_t or a cell c_t, and the two parts that it is the sum of.</summary>
/// <param name="Time">t, from 1.</param>
/// <param name="Symbol">What the state is called: <c>h_2</c>.</param>
/// <param name="Shape">[N, H].</param>
/// <param name="Total">∂L/∂h_t, the total derivative, row-major.</param>
/// <param name="Direct">The part that what reads h_t at this time step sends back: an output, the layer above, the loss. Of a cell: what comes
/// through h_t.</param>
/// <param name="FromNext">The part that arrives from t + 1, through the recurrence.</param>
/// <typeparam name="T">float or double.</typeparam>
public sealed record StateGradient<T>(int Time, string Symbol, Shape Shape, IReadOnlyList<T> Total, IReadOnlyList<T> Direct, IReadOnlyList<T> FromNext)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The Euclidean norm of <see cref="Total"/>, over all samples.</summary>
    public double TotalNorm => Norm.Of(Total);

    /// <summary>The Euclidean norm of <see cref="Direct"/>, over all samples.</summary>
    public double DirectNorm => Norm.Of(Direct);

    /// <summary>The Euclidean norm of <see cref="FromNext"/>, over all samples.</summary>
    public double FromNextNorm => Norm.Of(FromNext);
}
