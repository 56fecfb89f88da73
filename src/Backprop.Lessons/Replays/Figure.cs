namespace Backprop.Lessons.Replays;

/// <summary>A published figure beside ours.</summary>
/// <param name="What">What it is, as the lesson calls it.</param>
/// <param name="Published">As it was printed.</param>
/// <param name="Ours">What the engine computes.</param>
public sealed record Figure(string What, PublishedNumber Published, double Ours)
{
    /// <summary>Ours less the published one.</summary>
    public double Difference => Ours - Published.Value;

    /// <summary>Whether ours lies within half a unit of the last published digit.</summary>
    public bool IsReproduced => Published.Agrees(Ours);
}

/// <summary>Figures of one kind: a pass, a layer, a learning rate.</summary>
/// <param name="Name">What they have in common.</param>
/// <param name="Figures">The figures, in the order of calculation.</param>
public sealed record FigureGroup(string Name, IReadOnlyList<Figure> Figures);
