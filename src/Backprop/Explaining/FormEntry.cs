using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Explaining;

/// <summary>What a number of a training step is.</summary>
public enum FormKind
{
    /// <summary>A value that an operation computed.</summary>
    Value,

    /// <summary>∂L/∂ of a value or of a parameter.</summary>
    Gradient,

    /// <summary>What the optimizer worked with beside weight and gradient: m, v, m̂.</summary>
    Quantity,

    /// <summary>A parameter after the update.</summary>
    New,
}

/// <summary>The numbers of a training step that one formula computes.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class FormLine<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    internal FormLine(FormKind kind, ReadStep<T> read, string symbol, Tensor<T> tensor)
    {
        (Kind, Phase, Symbol, Path, Formula, Tensor) = (kind, read.Phase, symbol, read.Path, read.Formula, tensor);
    }

    /// <summary>What the numbers are.</summary>
    public FormKind Kind { get; }

    /// <summary>The part of the training step.</summary>
    public Phase Phase { get; }

    /// <summary>What is computed: <c>z1</c>, <c>∂L/∂W1</c>, <c>m̂ of W1</c>, <c>W1</c>.</summary>
    public string Symbol { get; }

    /// <summary>What stands in files for the symbol, see <see cref="ReadStep{T}.Path"/>.</summary>
    public string Path { get; }

    /// <summary>The right-hand side in symbols; the whole update for what an update computes.</summary>
    public string Formula { get; }

    /// <summary>The tensor whose values or gradient they are; for an update the parameter.</summary>
    public Tensor<T> Tensor { get; }

    /// <summary>The numbers, row-major.</summary>
    public IReadOnlyList<FormEntry<T>> Entries { get; internal set; } = [];
}

/// <summary>One number of a training step.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class FormEntry<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    internal FormEntry(FormLine<T> line, int order, int index, string name, T value) => (Line, Order, Index, Name, Value) = (line, order, index, name, value);

    /// <summary>The line that it belongs to.</summary>
    public FormLine<T> Line { get; }

    /// <summary>Its place in the order of calculation, from 0.</summary>
    public int Order { get; }

    /// <summary>Its position in the line, row-major.</summary>
    public int Index { get; }

    /// <summary>What it is called: <c>z1[0,2]</c>, or the textbook's name.</summary>
    public string Name { get; }

    /// <summary>The number.</summary>
    public T Value { get; }

    /// <summary>Where it stands: <c>[0,2]</c>; empty for a single number.</summary>
    public string Place => Line.Tensor.Place(Index);
}
