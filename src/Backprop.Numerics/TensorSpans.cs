using System.Numerics;
using System.Numerics.Tensors;
using Backprop.Tensors;

namespace Backprop.Numerics;

/// <summary>Backprop's tensors as <see cref="ReadOnlyTensorSpan{T}"/> of System.Numerics.Tensors, and back.</summary>
/// <remarks>A view shows the numbers where they lie, row-major, and is valid as long as they are: those of a tape go with it.</remarks>
public static class TensorSpans
{
    /// <param name="tensor">A tensor or a parameter.</param>
    /// <typeparam name="T">float or double.</typeparam>
    extension<T>(Tensors.Tensor<T> tensor) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>The values, in the tensor's shape; nothing is copied.</summary>
        /// <remarks>A scalar, [], becomes a span of one element along one axis, since a TensorSpan has at least one axis.</remarks>
        /// <exception cref="ObjectDisposedException">The values went with their tape.</exception>
        public ReadOnlyTensorSpan<T> AsTensorSpan()
        {
            ArgumentNullException.ThrowIfNull(tensor);
            return View(tensor.Values, tensor.Shape);
        }

        /// <summary>The gradient of the last backward pass, in the tensor's shape; nothing is copied.</summary>
        /// <exception cref="InvalidOperationException">The tensor has no gradient.</exception>
        public ReadOnlyTensorSpan<T> GradientAsTensorSpan()
        {
            ArgumentNullException.ThrowIfNull(tensor);
            return View(tensor.Gradient, tensor.Shape);
        }
    }

    /// <param name="parameter">The parameter.</param>
    /// <typeparam name="T">float or double.</typeparam>
    extension<T>(Parameter<T> parameter) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Sets the values of a parameter: weights that another program has computed.</summary>
        /// <param name="values">As many along each axis as the parameter has; any strides.</param>
        /// <exception cref="ShapeException">The shape is another.</exception>
        public void Set(ReadOnlyTensorSpan<T> values)
        {
            ArgumentNullException.ThrowIfNull(parameter);
            var shape = ShapeOf(values.Lengths);
            if (shape != parameter.Shape)
                throw new ShapeException("Set", $"values of {shape} came, the parameter '{parameter.Name}' is {parameter.Shape}", shape, parameter.Shape);
            parameter.Set(Flat(values));
        }
    }

    /// <param name="span">Numbers of any shape; a view with strides is read in the order of its axes.</param>
    /// <typeparam name="T">float or double.</typeparam>
    extension<T>(ReadOnlyTensorSpan<T> span) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>A tensor of Backprop with a copy of the numbers.</summary>
        /// <exception cref="OverflowException">An axis has more than 2³¹ − 1 elements.</exception>
        public Tensors.Tensor<T> ToBackprop() => Nn<T>.Tensor(ShapeOf(span.Lengths), Flat(span));
    }

    /// <param name="span">Numbers of any shape; a view with strides is read in the order of its axes.</param>
    /// <typeparam name="T">float or double.</typeparam>
    extension<T>(TensorSpan<T> span) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>A tensor of Backprop with a copy of the numbers.</summary>
        /// <exception cref="OverflowException">An axis has more than 2³¹ − 1 elements.</exception>
        public Tensors.Tensor<T> ToBackprop() => ((ReadOnlyTensorSpan<T>)span).ToBackprop();
    }

    /// <param name="span">Whole numbers of any shape: classes or tokens.</param>
    extension(ReadOnlyTensorSpan<int> span)
    {
        /// <summary>Indices of Backprop with a copy of the numbers.</summary>
        /// <exception cref="OverflowException">An axis has more than 2³¹ − 1 elements.</exception>
        public Indices ToIndices()
        {
            var values = new int[checked((int)span.FlattenedLength)];
            span.FlattenTo(values);
            return new Indices(ShapeOf(span.Lengths), values);
        }
    }

    private static ReadOnlyTensorSpan<T> View<T>(ReadOnlySpan<T> values, Shape shape)
    {
        Span<nint> lengths = stackalloc nint[Math.Max(1, shape.Rank)];
        lengths[0] = 1;
        for (int axis = 0; axis < shape.Rank; axis++) lengths[axis] = shape[axis];
        return new ReadOnlyTensorSpan<T>(values, lengths);
    }

    private static T[] Flat<T>(ReadOnlyTensorSpan<T> span)
    {
        var values = new T[checked((int)span.FlattenedLength)];
        span.FlattenTo(values);
        return values;
    }

    private static Shape ShapeOf(ReadOnlySpan<nint> lengths)
    {
        int[] axes = new int[lengths.Length];
        for (int axis = 0; axis < axes.Length; axis++) axes[axis] = checked((int)lengths[axis]);
        return new Shape(axes);
    }
}
