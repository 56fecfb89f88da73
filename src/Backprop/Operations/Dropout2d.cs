using System.Numerics;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>Whole channels left out at random while training.</summary>
public static class Dropout2dOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Leaves whole channels out at random and makes the others larger, y = x · mask with one mask number per sample and channel:
        /// neighbours in a picture say nearly the same, so that leaving single ones out would hide nothing.</summary>
        /// <param name="rate">The part of the channels that is left out, from 0 up to, not including, 1.</param>
        /// <param name="masks">Where the masks come from.</param>
        /// <remarks>
        /// Shapes: x [N, C, H, W] or [N, C, L] → the same. The mask is 0 with probability rate, else 1/(1 − rate).
        /// Only while training: on a tape for inference, and where x is on no open tape, y is x itself.
        /// A replay without a backward pass keeps the mask; each <see cref="Tape{T}.Backward(Tensor{T}, bool)"/> moves on to the next one.
        /// Backward: dx = dy · mask.
        /// Source: Tompson, Goroshin, Jain, LeCun, Bregler, Efficient Object Localization Using Convolutional Networks (2015), §3.2.
        /// </remarks>
        /// <exception cref="ShapeException">x has no positions behind its channels.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The rate is outside its range.</exception>
        public Tensor<T> Dropout2d(double rate, DropoutMasks masks)
        {
            ArgumentNullException.ThrowIfNull(masks);
            DropoutMasks.CheckRate(rate);
            if (x.Shape.Rank < 3)
                throw new ShapeException("Dropout2d", $"x {x.Shape} came, [N, C, H, W] or [N, C, L] is needed; for rows there is Dropout", x.Shape);
            return x.Tape is { IsOpen: true, Training: true } ? new Dropout2dOp<T>(x, rate, masks).Apply() : x;
        }
    }
}

internal sealed class Dropout2dOp<T>(Tensor<T> x, double rate, DropoutMasks masks) : MaskedOp<T>(x, rate, masks)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override string Formula => "{0} · mask of its channel";

    protected override Shape MaskShape => [X.Shape[0], X.Shape[1]];

    public override string GradientFormula(int input) => "{dy} · mask of its channel";

    protected override int MaskAt(int index) => index / X.Shape.Product(2, X.Shape.Rank);

    protected override void Forward()
    {
        Draw();
        Planes.Scale(Mask, X.Values, Result, accumulate: false, Work);                                         // y = x·mask
    }

    protected override void Backward()
    {
        if (Wants(0)) Planes.Scale(Mask, OutputGradient, GradientOf(0), Accumulate(0), Work);                  // dx (+)= dy·mask
    }
}
