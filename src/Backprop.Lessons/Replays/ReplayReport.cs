namespace Backprop.Lessons.Replays;

/// <summary>What a replay came to.</summary>
/// <param name="Lesson">The lesson.</param>
/// <param name="Groups">Its figures beside ours.</param>
/// <param name="Errata">Its wrong figures.</param>
public sealed record ReplayReport(ReplayLesson Lesson, IReadOnlyList<FigureGroup> Groups, IReadOnlyList<Erratum> Errata)
{
    /// <summary>All figures, without the errata.</summary>
    public IEnumerable<Figure> Figures => Groups.SelectMany(group => group.Figures);

    /// <summary>Whether every figure is reproduced and every erratum explained.</summary>
    public bool Succeeded => Figures.All(figure => figure.IsReproduced) && Errata.All(erratum => erratum.IsExplained);
}
