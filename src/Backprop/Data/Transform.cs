using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Data;

/// <summary>A change of the data that was fitted on the training part and goes with the model: what trained it must also meet it later.</summary>
public abstract class Transform
{
    /// <summary>What kind of transform it is, as model files say it: <c>standardizer</c>.</summary>
    public abstract string Type { get; }

    /// <summary>The fitted numbers, by name, as model files say them.</summary>
    public abstract IReadOnlyList<(string Key, IReadOnlyList<double> Values)> Fitted { get; }

    /// <summary>Transforms samples.</summary>
    /// <param name="values">[N, …].</param>
    /// <returns>A tensor of its own of the same shape.</returns>
    /// <exception cref="ShapeException">The samples have another shape than those it was fitted on.</exception>
    public abstract Tensor<T> Apply<T>(Tensor<T> values) where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>Goes back from transformed values, as far as the transform can: predicted numbers in the unit of the targets.</summary>
    /// <param name="values">[N, …].</param>
    /// <returns>A tensor of its own of the same shape.</returns>
    /// <exception cref="ShapeException">The samples have another shape than those it was fitted on.</exception>
    public abstract Tensor<T> Invert<T>(Tensor<T> values) where T : unmanaged, IFloatingPointIeee754<T>;
}
