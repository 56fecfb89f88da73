using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Operations;

/// <summary>A value that lets no gradient through.</summary>
public static class DetachOperation
{
    extension<T>(Tensor<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>The same values on the same tape, but the gradient stops here.</summary>
        /// <remarks>
        /// Backward: nothing flows; x stands for a constant.
        /// Cuts backpropagation through time short; <see cref="Tensor{T}.Copy"/> takes a value off the tape altogether.
        /// </remarks>
        public Tensor<T> Detach() => new DetachOp<T>(x).Apply();
    }
}

internal sealed class DetachOp<T>(Tensor<T> x) : Operation<T>(x) where T : unmanaged, IFloatingPointIeee754<T>
{
    public override string Formula => "{0}, held constant";

    public override string GradientFormula(int input) => "0";

    protected override bool PassesGradient => false;

    protected override Shape InferShape() => x.Shape;

    protected override void Forward() => x.Values.CopyTo(Result);

    protected override void Backward()
    {
    }

    public override IEnumerable<Term<T>> Terms(int input, int index) => [];

    public override string WithNumbers(int index, Func<T, string> number)
    {
        ArgumentNullException.ThrowIfNull(number);
        return number(x.Values[index]);
    }
}
