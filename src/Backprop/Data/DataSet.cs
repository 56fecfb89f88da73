using System.Numerics;
using Backprop.Randomness;
using Backprop.Tensors;

namespace Backprop.Data;

/// <summary>Samples with their targets: inputs [N, …] and, for each, numbers or classes.</summary>
/// <remarks>It never changes: what selects, splits or transforms gives a new one.</remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed partial class DataSet<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Samples whose targets are numbers.</summary>
    /// <param name="inputs">[N, …]; the first axis counts the samples.</param>
    /// <param name="targets">[N, …], as many samples.</param>
    /// <exception cref="ShapeException">The numbers of samples differ, or an axis that counts them is missing.</exception>
    public DataSet(Tensor<T> inputs, Tensor<T> targets) : this(inputs, targets, [], 0)
    {
    }

    /// <summary>Samples whose targets are classes.</summary>
    /// <param name="inputs">[N, …]; the first axis counts the samples.</param>
    /// <param name="targets">[N], or [N, T] with a class for each time step; classes count from 0.</param>
    /// <param name="classNames">The names of the classes in their order, if they have names.</param>
    /// <exception cref="ShapeException">The numbers of samples differ, or an axis that counts them is missing.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A class is negative or has no name among those given.</exception>
    public DataSet(Tensor<T> inputs, Indices targets, IReadOnlyList<string>? classNames = null)
        : this(inputs, targets, classNames ?? [], CountClasses(targets, classNames ?? []))
    {
    }

    private DataSet(Tensor<T> inputs, IInput targets, IReadOnlyList<string> classNames, int classCount)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        if (inputs.Shape.Rank == 0 || targets.Shape.Rank == 0 || inputs.Shape[0] != targets.Shape[0])
            throw new ShapeException(
                "DataSet", $"inputs {inputs.Shape} and targets {targets.Shape} need the same first axis, which counts the samples",
                inputs.Shape, targets.Shape);
        Inputs = OffTape(inputs);
        Targets = targets is Tensor<T> numbers ? OffTape(numbers) : targets;
        ClassNames = classNames;
        ClassCount = classCount;
    }

    /// <summary>The inputs of all samples, [N, …].</summary>
    public Tensor<T> Inputs { get; }

    /// <summary>The targets of all samples: a <see cref="Tensor{T}"/> of numbers or <see cref="Indices"/> of classes.</summary>
    public IInput Targets { get; }

    /// <summary>The names of the classes, in their order; empty where they have none or the targets are numbers.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The number of classes: of the names, or one more than the highest class that occurs; 0 where the targets are numbers.</summary>
    public int ClassCount { get; }

    /// <summary>The number of samples.</summary>
    public int Count => Inputs.Shape[0];

    /// <summary>The shape of one sample's input.</summary>
    public Shape SampleShape => Inputs.Shape.Without(0);

    /// <summary>Some of the samples, in the order of the rows given; a row may come twice.</summary>
    /// <param name="rows">Positions of samples, 0 … <see cref="Count"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A row lies outside.</exception>
    public DataSet<T> Select(params ReadOnlySpan<int> rows)
    {
        foreach (int row in rows)
            if ((uint)row >= (uint)Count)
                throw new ArgumentOutOfRangeException(nameof(rows), $"DataSet: row {row} is outside 0 … {Count - 1}.");
        var batch = NewBatch(rows.Length);
        Fill(batch, rows);
        return With(batch.Inputs, batch.Targets);
    }

    /// <summary>The same targets with other inputs: what a fitted transform gives.</summary>
    /// <exception cref="ShapeException">The number of samples is another.</exception>
    public DataSet<T> WithInputs(Tensor<T> inputs) => With(inputs, Targets);

    /// <summary>The samples in batches.</summary>
    /// <param name="size">The number of samples in a batch, 1 or more; the last batch may be smaller.</param>
    /// <param name="shuffle">Draws the order; null keeps the order of the data.</param>
    /// <remarks>The order is drawn when the enumeration begins, anew each time. Every batch has tensors of its own.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 1.</exception>
    public IEnumerable<Batch<T>> Batches(int size, Random? shuffle = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        return Enumerate();

        IEnumerable<Batch<T>> Enumerate()
        {
            int[] order = Order(shuffle);
            for (int start = 0; start < order.Length; start += size)
            {
                var batch = NewBatch(Math.Min(size, order.Length - start));
                Fill(batch, order.AsSpan(start, batch.Count));
                yield return batch;
            }
        }
    }

    /// <summary>All rows, as drawn, or in their own order.</summary>
    internal int[] Order(Random? shuffle) => shuffle is null ? [.. Enumerable.Range(0, Count)] : shuffle.Permutation(Count);

    /// <summary>Room for a number of samples.</summary>
    internal Batch<T> NewBatch(int count) => new(
        Nn<T>.Zeros(Inputs.Shape.With(0, count)),
        Targets is Indices ? new Indices(Targets.Shape.With(0, count), new int[Targets.Shape.With(0, count).Elements])
            : Nn<T>.Zeros(Targets.Shape.With(0, count)));

    /// <summary>Copies samples into a batch that has room for exactly them.</summary>
    internal void Fill(Batch<T> batch, ReadOnlySpan<int> rows)
    {
        CopyRows(Inputs.Values, batch.Inputs.Writable, rows);
        if (Targets is Indices indices) CopyRows(indices.Values, ((Indices)batch.Targets).Writable, rows);
        else CopyRows(((Tensor<T>)Targets).Values, ((Tensor<T>)batch.Targets).Writable, rows);
    }

    private static void CopyRows<TValue>(ReadOnlySpan<TValue> from, Span<TValue> to, ReadOnlySpan<int> rows)
    {
        if (rows.Length == 0) return;
        int width = to.Length / rows.Length;
        for (int i = 0; i < rows.Length; i++) from.Slice(rows[i] * width, width).CopyTo(to[(i * width)..]);
    }

    private static int CountClasses(Indices targets, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(targets);
        int count = names.Count;
        if (count == 0)
            foreach (int value in targets.Values) count = Math.Max(count, value + 1);
        targets.Check("DataSet", count);
        return count;
    }

    private static Tensor<T> OffTape(Tensor<T> tensor) => tensor.Source is null ? tensor : tensor.Copy();

    private DataSet<T> With(Tensor<T> inputs, IInput targets) => new(inputs, targets, ClassNames, ClassCount);
}
