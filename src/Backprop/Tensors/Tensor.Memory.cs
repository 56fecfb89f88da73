using System.Runtime.CompilerServices;

namespace Backprop.Tensors;

// Where the numbers lie: in an array of the tensor's own, or lent by the arena of its tape.
public abstract partial class Tensor<T>
{
    private T[]? values;
    private int valuesOffset;
    private T[]? gradient;
    private int gradientOffset;
    private bool hasGradient;

    /// <summary>The values, for the operation that computes them.</summary>
    internal Span<T> Writable
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(values ?? throw Gone(), valuesOffset, Shape.Elements);
    }

    /// <summary>The gradient, for the operations that contribute to it.</summary>
    internal Span<T> WritableGradient
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(gradient ?? throw NoGradient(), gradientOffset, Shape.Elements);
    }

    /// <summary>Whether memory for a gradient is there.</summary>
    internal bool HoldsGradientMemory => gradient is not null;

    /// <summary>The same values on no tape: what is computed from it is not recorded, whoever watches the original.</summary>
    internal Tensor<T> Unwatched() => new PlainTensor<T>(Shape, values ?? throw Gone(), valuesOffset, Name);

    /// <summary>Gives the tensor its values: what a file held.</summary>
    internal void LendValues(T[] buffer, int offset) => (values, valuesOffset) = (buffer, offset);

    internal void LendGradient(T[] buffer, int offset) => (gradient, gradientOffset) = (buffer, offset);

    /// <summary>Takes the memory away: the tape is gone.</summary>
    internal void Release()
    {
        values = null;
        gradient = null;
        HasGradient = false;
    }

    private ObjectDisposedException Gone() => new(
        null,
        $"This value {(Name.Length > 0 ? $"'{Name}' " : "")}{Shape} went with its tape. Read it before the tape is disposed, or take it off with Copy().");

    private InvalidOperationException NoGradient() => new(
        $"The tensor {(Name.Length > 0 ? $"'{Name}' " : "")}{Shape} has no gradient: no Backward has reached it. " +
        "Gradients belong to trainable parameters on the tape and to what is computed from them, up to the loss.");
}
