using Backprop.Tensors;

namespace Backprop.Lessons.Replays;

/// <summary>Where a lesson writes down its figures while it runs.</summary>
/// <param name="progress">Hears how far a long lesson is.</param>
/// <param name="cancellation">Stops a long lesson.</param>
public sealed class ReplaySheet(IProgress<string>? progress, CancellationToken cancellation)
{
    private readonly List<(string Name, List<Figure> Figures)> groups = [];
    private readonly List<Erratum> errata = [];

    /// <summary>The figures so far, in groups.</summary>
    public IReadOnlyList<FigureGroup> Groups => [.. groups.Select(group => new FigureGroup(group.Name, group.Figures))];

    /// <summary>The errata so far.</summary>
    public IReadOnlyList<Erratum> Errata => errata;

    /// <summary>Begins a group: the figures that follow are its.</summary>
    public void Begin(string group) => groups.Add((group, []));

    /// <summary>Adds a figure.</summary>
    /// <param name="what">What it is, as the lesson calls it.</param>
    /// <param name="published">As it was printed.</param>
    /// <param name="ours">What the engine computes.</param>
    public void Add(string what, string published, double ours) => groups[^1].Figures.Add(new(what, new(published), ours));

    /// <summary>Adds figures whose names and printed numbers stand with spaces between them.</summary>
    public void Add(string what, string published, ReadOnlySpan<double> ours)
    {
        ArgumentNullException.ThrowIfNull(what);
        string[] names = Words(what), numbers = Words(published);
        if (names.Length != numbers.Length || names.Length != ours.Length)
            throw new ArgumentException($"{names.Length} names, {numbers.Length} published and {ours.Length} computed numbers came; they belong together.");
        for (int i = 0; i < names.Length; i++) Add(names[i], numbers[i], ours[i]);
    }

    /// <summary>Adds every entry of a tensor's values; the printed numbers stand in row-major order with white space between them.</summary>
    public void AddAll(string symbol, string published, Shape shape, ReadOnlySpan<double> ours)
    {
        ArgumentNullException.ThrowIfNull(shape);
        Add(string.Join(' ', Enumerable.Range(0, shape.Elements).Select(i => symbol + shape.Position(i).Replace(" ", "", StringComparison.Ordinal))), published, ours);
    }

    /// <inheritdoc cref="AddAll(string, string, Shape, ReadOnlySpan{double})"/>
    public void AddAll(string symbol, string published, Tensor<double> ours)
    {
        ArgumentNullException.ThrowIfNull(ours);
        AddAll(symbol, published, ours.Shape, ours.Values);
    }

    /// <summary>Adds a published figure that is wrong.</summary>
    public void Add(Erratum erratum) => errata.Add(erratum);

    /// <summary>Says how far a long lesson is.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public void Report(string line)
    {
        cancellation.ThrowIfCancellationRequested();
        progress?.Report(line);
    }

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
