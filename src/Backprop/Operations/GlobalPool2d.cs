using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>One number for every channel of a picture.</summary>
public static class GlobalPool2dOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>The average of every channel of a picture, whatever its size.</summary>
        /// <remarks>
        /// Shapes: x [N, C, H, W] → y [N, C]. Two steps of the tape: the picture as one row, and its mean.
        /// Backward: dy/(H·W) goes to every entry.
        /// Source: Lin, Chen, Yan, Network In Network (2013), §3.2.
        /// </remarks>
        /// <exception cref="ShapeException">x has not four axes, or its pictures have no numbers.</exception>
        public Tensor<T> GlobalAveragePool2d() => x.Reshape(Rows(x.Shape, "GlobalAveragePool2d")).Mean(2);

        /// <summary>The largest number of every channel of a picture, whatever its size.</summary>
        /// <remarks>
        /// Shapes: x [N, C, H, W] → y [N, C]. Two steps of the tape: the picture as one row, and its maximum.
        /// Of equal numbers the first wins.
        /// Backward: dy goes to the winner.
        /// </remarks>
        /// <exception cref="ShapeException">x has not four axes, or its pictures have no numbers.</exception>
        public Tensor<T> GlobalMaxPool2d() => x.Reshape(Rows(x.Shape, "GlobalMaxPool2d")).Max(2);
    }

    private static Shape Rows(Shape x, string operation) =>
        x.Rank != 4 ? throw new ShapeException(operation, $"x {x} needs four axes, [N, C, H, W]", x)
        : x[2] == 0 || x[3] == 0 ? throw new ShapeException(operation, $"x {x} has no numbers in a picture", x)
        : [x[0], x[1], x.Product(2, 4)];
}
