using System.Numerics;
using Backprop.Data;
using Backprop.Tensors;

namespace Backprop.Training;

/// <summary>One batch and one sealed tape for each shape of batch, at most four; the one that was used longest ago goes first.</summary>
internal sealed class TapeCache<T> : IDisposable where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Most = 4;

    // In the order of use, the last used at the end.
    private readonly List<Entry> entries = [];

    /// <summary>What is kept for one shape of batch.</summary>
    internal sealed class Entry(Batch<T> batch)
    {
        /// <summary>The tensors that the samples are copied into; the tape watches them.</summary>
        public Batch<T> Batch { get; } = batch;

        /// <summary>What the first recording did, until the second has been compared with it.</summary>
        public Recording<T>? First { get; set; }

        /// <summary>The sealed tape to replay; null until two recordings have been found equal.</summary>
        public Tape<T>? Tape { get; set; }

        /// <summary>What the model says on that tape.</summary>
        public Tensor<T>? Prediction { get; set; }

        /// <summary>The loss on that tape.</summary>
        public Tensor<T>? Loss { get; set; }
    }

    /// <summary>The number of tapes that are held.</summary>
    public int Tapes => entries.Count(entry => entry.Tape is not null);

    /// <summary>The entry for batches of a data set with a number of samples.</summary>
    public Entry For(DataSet<T> data, int count)
    {
        int found = entries.Count - 1;
        while (found >= 0 && !Fits(entries[found].Batch, data, count)) found--;
        if (found >= 0 && found == entries.Count - 1) return entries[found];

        Entry entry;
        if (found >= 0)
        {
            entry = entries[found];
            entries.RemoveAt(found);
        }
        else
        {
            if (entries.Count == Most)
            {
                entries[0].Tape?.Dispose();
                entries.RemoveAt(0);
            }
            entry = new Entry(data.NewBatch(count));
        }
        entries.Add(entry);
        return entry;
    }

    /// <summary>Forgets all tapes.</summary>
    public void Dispose()
    {
        foreach (var entry in entries) entry.Tape?.Dispose();
        entries.Clear();
    }

    private static bool Fits(Batch<T> batch, DataSet<T> data, int count) =>
        batch.Count == count && batch.Targets is Indices == data.Targets is Indices
        && SameSample(batch.Inputs.Shape, data.Inputs.Shape) && SameSample(batch.Targets.Shape, data.Targets.Shape);

    private static bool SameSample(Shape a, Shape b) => a.AsSpan()[1..].SequenceEqual(b.AsSpan()[1..]);
}
