using System.Numerics;
using Backprop.Explaining;
using Backprop.Tensors;

namespace Backprop.Cli.Explain.Page;

/// <summary>The numbers of a step that a page can take apart: those that it shows, and those to which their terms lead, as many as a page can
/// carry.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class StepAnatomies<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>What a page may carry, in characters; half a megabyte opens at once everywhere.</summary>
    private const int Room = 500_000;

    /// <summary>About what an anatomy and each of its terms take.</summary>
    private const int AnatomySize = 150, TermSize = 130;

    private readonly Dictionary<string, DissectedNumber<T>> numbers = new(StringComparer.Ordinal);

    /// <summary>Takes the numbers of a step apart. Call it between Backward and the update.</summary>
    /// <param name="tape">The step.</param>
    /// <param name="options">How numbers are written.</param>
    /// <param name="steps">How many steps share the page.</param>
    public StepAnatomies(Tape<T> tape, ReadingOptions<T> options, int steps)
    {
        var reader = AnatomyReader<T>.Attach(tape, options);
        // Weights first: they are what training changes.
        var waiting = new Queue<TapeEntry<T>>(
            from tensor in reader.Tensors.OrderByDescending(tensor => tensor is Parameter<T>)
            from index in ValueTable.Shown(tensor.Shape)
            select new TapeEntry<T>(tensor, index));
        int room = Room / steps;
        while (waiting.TryDequeue(out var entry))
        {
            if (!reader.HasGradient(entry.Tensor) || numbers.ContainsKey(reader.Paths.Of(entry.Tensor, entry.Index))) continue;
            var anatomy = reader.Of(entry.Tensor, entry.Index);
            room -= AnatomySize + TermSize * anatomy.Shown.Count;
            if (room < 0)
            {
                IsComplete = false;
                return;
            }
            numbers.Add(anatomy.Path, new(entry.Tensor.Values[entry.Index], anatomy));
            foreach (var term in anatomy.Shown)
                if (term.Incoming is { Path.Length: > 0, Entry: { } next }) waiting.Enqueue(next);
        }
    }

    /// <summary>Whether every number that the page shows, and every one to which a term leads, is here.</summary>
    public bool IsComplete { get; } = true;

    /// <summary>The numbers by their paths.</summary>
    public IReadOnlyDictionary<string, DissectedNumber<T>> Numbers => numbers;
}
