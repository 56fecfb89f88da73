namespace Backprop.Lessons.Replays;

/// <summary>The published lessons that can be run again.</summary>
public static class ReplayLessons
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ReplayLesson> All { get; } =
    [
        new MazurReplay(), new CircuitsReplay(), new CourseLayersReplay(), new CourseOptimizersReplay(), new MicrogradReplay(), new TraskTwoLayerReplay(),
        new TraskXorReplay(), new TraskLearningRatesReplay(), new TraskAdditionReplay(), new GomezReplay(), new NumPyReplay(),
    ];

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(lesson => lesson.Name)];

    /// <summary>The lesson of a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static ReplayLesson Find(string name) => All.FirstOrDefault(lesson => lesson.Name == name)
        ?? throw new ArgumentException($"There is no replay '{name}'; there are {string.Join(", ", Names)}.");
}
