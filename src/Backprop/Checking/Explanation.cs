using Backprop.Tensors;

namespace Backprop.Checking;

/// <summary>Finds the mistakes that explain given gradients of a right tape.</summary>
internal sealed class Explanation(
    MistakenWalk walk, IReadOnlyDictionary<Tensor<double>, double[]> given, IReadOnlyDictionary<Tensor<double>, double[]>? before = null)
{
    private readonly double least = Nearness.Least(given.Values);

    /// <summary>All mistakes that explain every number. Those of one kind that give the same numbers whatever the input are one cause.</summary>
    public IReadOnlyList<Cause> Causes()
    {
        var found = Mistakes.Of(walk).Where(Explains).ToList();
        if (UpdateMistakes.Fitted(walk, given) is { } early && Explains(early)) found.Add(early);
        if (before is not null && UpdateMistakes.NotCleared(new Sites(walk), before) is var left && Explains(left)) found.Add(left);
        // What has a number of its own explains more than it should; it is asked only where nothing simpler does.
        if (found.Count == 0)
            found.AddRange(new[] { FittedMistakes.SingleTerms(walk, given), FittedMistakes.Scaled(walk, given) }.OfType<Mistake>().Where(Explains).Take(1));
        if (found.Count == 0) return [];
        using var elsewhere = new OtherNumbers(walk, [.. given.Keys]);
        var groups = elsewhere.Alike([.. found.OrderBy(Generality)]);
        return [.. groups.Select((group, i) => Of(group, groups.Count > 1 ? elsewhere.TellApart(group[0], groups[i == 0 ? 1 : 0][0]) : ""))];
    }

    private static Cause Of(IReadOnlyList<Mistake> alike, string tellApart)
    {
        var first = alike[0];
        return new(first.Kind, string.Join(" or ", alike.Select(mistake => mistake.Where).Distinct()), first.Sentence, first.Remedy, tellApart);
    }

    /// <summary>How little a kind says: what is named last.</summary>
    private static int Generality(Mistake mistake) => mistake.Kind switch
    {
        MistakeKind.PathCut or MistakeKind.WrongFactor => 2,
        MistakeKind.TermMissing or MistakeKind.TermDoubled or MistakeKind.OneTermOnly or MistakeKind.SignFlipped => 1,
        _ => 0,
    };

    private bool Explains(Mistake mistake)
    {
        walk.Walk(mistake);
        return given.All(entry => Nearness.Distance(MistakenWalk.GradientOf(entry.Key), entry.Value, least) <= Nearness.Explained);
    }
}
