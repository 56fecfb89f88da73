using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Explaining;

/// <summary>The four parts of one training step.</summary>
public enum Phase
{
    /// <summary>From the data to the prediction.</summary>
    Forward,

    /// <summary>From the prediction to the single number that training makes smaller.</summary>
    Loss,

    /// <summary>From the loss back to every parameter.</summary>
    Backward,

    /// <summary>From the gradients to the new values.</summary>
    Update,
}

/// <summary>One line of a worked example: what is computed, by which formula, with which numbers, and what comes out.</summary>
/// <param name="Phase">The part of the training step.</param>
/// <param name="Symbol">What is computed: <c>z1</c>, <c>δ2</c>, <c>∂L/∂W1</c>.</param>
/// <param name="Formula">The right-hand side in symbols: <c>x·W1 + b1</c>.</param>
/// <param name="Entry">The entry that <paramref name="Numbers"/> works out: <c>[0,2]</c>; empty for a single number.</param>
/// <param name="Numbers">The right-hand side with the numbers of that entry put in.</param>
/// <param name="EntryResult">The result of that entry.</param>
/// <param name="Shape">The shape of the result.</param>
/// <param name="Values">The result, row-major.</param>
/// <typeparam name="T">float or double.</typeparam>
public sealed record ReadStep<T>(
    Phase Phase, string Symbol, string Formula, string Entry, string Numbers, T EntryResult, Shape Shape, IReadOnlyList<T> Values)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>What stands in files for the symbol: the path of a parameter (<c>hidden.weight</c>), the layer that computed it (<c>hidden</c>), a step
    /// within that layer (<c>rnn1.h_2</c>); empty where nobody said.</summary>
    public string Path { get; init; } = "";

    /// <summary>The name of the operation that computed it; for a gradient the ones that it flows back through, which read what it
    /// belongs to: <c>Linear</c>, <c>Multiply, Slice</c>.</summary>
    public string Operation { get; init; } = "";

    /// <summary>The path of the layer that it belongs to; empty for what belongs to none.</summary>
    public string Layer { get; init; } = "";

    /// <summary>The tensor whose values or gradient it is; null for a line that no tape said.</summary>
    public Tensor<T>? Tensor { get; init; }

    /// <summary>The entries that are worked out with their numbers put in; the first is <see cref="Entry"/>.</summary>
    public IReadOnlyList<WorkedEntry<T>> Worked { get => field ?? [new(Symbol + Entry, Numbers, EntryResult)]; init; }

    /// <summary>What the operation remembers and the formula names: the mean and the variance of a batch, the mask of a dropout.</summary>
    public IReadOnlyList<RememberedValues<T>> Remembered { get; init; } = [];

    /// <summary>Whether the entries are so many that only one of them is worked out.</summary>
    public bool IsExcerpt { get; init; }
}
