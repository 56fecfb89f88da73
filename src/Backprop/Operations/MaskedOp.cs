using System.Numerics;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>A step that multiplies by masks which it draws while training. A derived class says their shape, and which one an entry meets.</summary>
internal abstract class MaskedOp<T>(Tensor<T> x, double rate, DropoutMasks masks) : Operation<T>(x) where T : unmanaged, IFloatingPointIeee754<T>
{
    private Tensor<T> mask = null!;
    private int use;
    private long step;

    /// <summary>Where the masks come from.</summary>
    public DropoutMasks Masks => masks;

    /// <summary>The shape of the mask.</summary>
    protected abstract Shape MaskShape { get; }

    /// <summary>The mask of the present step.</summary>
    protected ReadOnlySpan<T> Mask => mask.Values;

    /// <summary>What is multiplied.</summary>
    protected Tensor<T> X => Inputs[0];

    /// <summary>The place in the mask of what an entry of x is multiplied by.</summary>
    protected abstract int MaskAt(int index);

    protected override Shape InferShape() => X.Shape;

    protected override void Prepare()
    {
        mask = Keep("mask", MaskShape);
        // What tells the masks of a source's uses apart.
        use = Tape!.Steps.Count(other => other is MaskedOp<T> masked && masked.Masks == masks);
    }

    /// <summary>Draws the mask of the training step that comes next.</summary>
    protected void Draw()
    {
        step = masks.Step;
        DropMask.Fill((ulong)masks.Seed, (ulong)step, (ulong)use, rate, Write(mask), Work);
    }

    // From the step that forward saw: two uses of one source move it on by one, not by two.
    protected internal override void Commit() => masks.Step = step + 1;

    public override IEnumerable<Term<T>> Terms(int input, int index) =>
        [new Term<T>(Factor.GradientOf(Output, index), Factor.Of(mask, MaskAt(index))) { Zero = Mask[MaskAt(index)] == T.Zero ? new("dropped") : null }];

    public override string WithNumbers(int index, Func<T, string> number)
    {
        ArgumentNullException.ThrowIfNull(number);
        return $"{number(X.Values[index])} · {number(mask.Values[MaskAt(index)])}";
    }
}
