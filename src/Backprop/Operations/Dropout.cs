using System.Numerics;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>Numbers left out at random while training.</summary>
public static class DropoutOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Leaves numbers out at random and makes the others larger, y = x · mask, so that a sum over them stays the same on average.</summary>
        /// <param name="rate">The part that is left out, from 0 up to, not including, 1.</param>
        /// <param name="masks">Where the masks come from.</param>
        /// <remarks>
        /// Shapes: any → the same. The mask is 0 with probability rate, else 1/(1 − rate).
        /// Only while training: on a tape for inference, and where x is on no open tape, y is x itself.
        /// A replay without a backward pass keeps the mask; each <see cref="Tape{T}.Backward(Tensor{T}, bool)"/> moves on to the next one.
        /// Backward: dx = dy · mask.
        /// Source: Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov, Dropout (2014), scaled while training as in its §10.
        /// </remarks>
        /// <exception cref="ArgumentOutOfRangeException">The rate is outside its range.</exception>
        public Tensor<T> Dropout(double rate, DropoutMasks masks)
        {
            ArgumentNullException.ThrowIfNull(masks);
            DropoutMasks.CheckRate(rate);
            return x.Tape is { IsOpen: true, Training: true } ? new DropoutOp<T>(x, rate, masks).Apply() : x;
        }
    }
}

/// <summary>Where the masks of a dropout come from: each is a function of a seed, the training step, and the place of the number alone.</summary>
/// <remarks>With <see cref="Step"/> set to an earlier number, training goes on with the masks that it would have had then.
/// Where one source is used several times on a tape, each use has a mask of its own.</remarks>
/// <param name="seed">Any number; equal seeds give equal masks.</param>
public sealed class DropoutMasks(int seed)
{
    /// <summary>What distinguishes these masks from those of another dropout.</summary>
    public int Seed { get; } = seed;

    /// <summary>The training step that the next mask belongs to, from 0; each backward pass in training moves it on.</summary>
    public long Step { get; set; }

    internal static double CheckRate(double rate) => rate is >= 0 and < 1 ? rate
        : throw new ArgumentOutOfRangeException(
            null, FormattableString.Invariant($"Dropout: a rate of {rate} came, it is the part that is left out: from 0 up to, not including, 1."));
}

internal sealed class DropoutOp<T>(Tensor<T> x, double rate, DropoutMasks masks) : MaskedOp<T>(x, rate, masks)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override string Formula => "{0} · mask";

    protected override Shape MaskShape => X.Shape;

    public override string GradientFormula(int input) => "{dy} · mask";

    protected override int MaskAt(int index) => index;

    protected override void Forward()
    {
        Draw();
        Elementwise.Map(default(MultiplyFunction), X.Values, Mask, Result, Work);                                              // y = x·mask
    }

    protected override void Backward()
    {
        if (!Wants(0)) return;
        // x and y are not read, and the gradient, which is, stands in their place.
        var dy = OutputGradient;
        Elementwise.BackwardA(default(MultiplyFunction), dy, Mask, dy, dy, GradientOf(0), Accumulate(0), Work);                // dx (+)= dy·mask
    }
}
