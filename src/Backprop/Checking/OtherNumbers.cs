using System.Globalization;
using Backprop.Randomness;
using Backprop.Tensors;

namespace Backprop.Checking;

/// <summary>Runs a tape with other inputs and weights, to see which mistakes are the same and which input tells two of them apart. Disposing it runs the
/// tape with its own numbers again.</summary>
internal sealed class OtherNumbers : IDisposable
{
    private const double Apart = 1e-3;
    private const int MostSingle = 60;

    private readonly MistakenWalk walk;
    private readonly Tensor<double>[] seen;
    private readonly (Tensor<double> Tensor, double[] Own)[] leaves;

    public OtherNumbers(MistakenWalk walk, Tensor<double>[] seen)
    {
        (this.walk, this.seen) = (walk, seen);
        leaves = [.. walk.Tape.Inputs.OfType<Tensor<double>>().Concat(walk.Tape.Parameters).Distinct().Select(leaf => (leaf, leaf.Values.ToArray()))];
    }

    /// <summary>Groups mistakes of one kind that give the same numbers with other inputs and weights too.</summary>
    public IReadOnlyList<IReadOnlyList<Mistake>> Alike(IReadOnlyList<Mistake> mistakes)
    {
        double[][] numbers = [.. mistakes.Select(_ => Array.Empty<double>())];
        bool drawn = With(Draw, () => numbers = [.. mistakes.Select(Numbers)]);
        var groups = new List<List<int>>();
        for (int i = 0; i < mistakes.Count; i++)
        {
            var group = groups.Find(group => drawn && mistakes[group[0]].Kind == mistakes[i].Kind && Nearness.Distance(numbers[group[0]], numbers[i]) <= Nearness.Explained);
            if (group is null) groups.Add([i]);
            else group.Add(i);
        }
        return [.. groups.Select(group => group.Select(i => mistakes[i]).ToArray())];
    }

    /// <summary>A sentence with an input for which two mistakes give different numbers.</summary>
    public string TellApart(Mistake one, Mistake other)
    {
        foreach (var (leaf, own) in leaves)
            for (int i = 0; i < Math.Min(own.Length, MostSingle / leaves.Length + 1); i++)
            {
                double changed = own[i] == 0 ? 0.5 : own[i] / 2;
                string name = Name(leaf) + leaf.Shape.Position(i);
                string sentence = "";
                int entry = i;
                With(() => leaf.Writable[entry] = changed, () => sentence = Difference(one, other, $"With {name} = {Text(changed)} instead of {Text(own[entry])}"));
                if (sentence.Length > 0) return sentence;
            }
        string drawn = "";
        With(Draw, () => drawn = Difference(one, other, "With other numbers everywhere, each a little smaller"));
        return drawn.Length > 0 ? drawn
            : DependsOnSizes(one) && DependsOnSizes(other) ? "No numbers tell them apart at these shapes; another number of samples or elements does."
            : "No numbers tell them apart: the same comes of both.";
    }

    private static bool DependsOnSizes(Mistake mistake) => mistake.Kind is MistakeKind.WrongFactor or MistakeKind.SumForMean or MistakeKind.MeanForSum;

    /// <summary>Runs the tape with its own numbers again.</summary>
    public void Dispose()
    {
        Restore();
        walk.Tape.Replay();
        walk.Walk(null);
    }

    private string Difference(Mistake one, Mistake other, string change)
    {
        double[] a = Numbers(one), b = Numbers(other);
        if (!(Nearness.Distance(a, b) > Apart)) return "";
        int at = 0;
        for (int i = 0; i < a.Length; i++)
            if (Math.Abs(a[i] - b[i]) > Math.Abs(a[at] - b[at])) at = i;
        int start = 0, which = 0;
        while (at >= start + seen[which].Length) start += seen[which++].Length;
        return $"{change}, ∂L/∂{Name(seen[which])}{seen[which].Shape.Position(at - start)} would be {Text(a[at])} by this mistake and {Text(b[at])} by the other: {other.Sentence}";
    }

    private double[] Numbers(Mistake mistake)
    {
        walk.Walk(mistake);
        return [.. seen.SelectMany(tensor => MistakenWalk.GradientOf(tensor).ToArray())];
    }

    /// <summary>Runs the tape with changed numbers; false where they are out of the range of one of its operations.</summary>
    private bool With(Action change, Action look)
    {
        try
        {
            change();
            walk.Tape.Replay();
            look();
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
        finally
        {
            Restore();
        }
    }

    /// <summary>Every number somewhat nearer to 0, and zeros a little above it: shares and targets stay between 0 and 1.</summary>
    private void Draw()
    {
        var random = new SeededRandom(5);
        foreach (var (leaf, own) in leaves)
            for (int i = 0; i < own.Length; i++) leaf.Writable[i] = own[i] == 0 ? 0.05 + 0.2 * random.NextDouble() : own[i] * (0.6 + 0.35 * random.NextDouble());
    }

    private void Restore()
    {
        foreach (var (leaf, own) in leaves) own.CopyTo(leaf.Writable);
    }

    private string Name(Tensor<double> leaf) => walk.Tape.NameOf(leaf) is { Length: > 0 } name ? name : walk.Tape.Inputs.ToList().IndexOf(leaf) == 1 ? "y" : "x";

    private static string Text(double number) => number.ToString("G6", CultureInfo.InvariantCulture);
}
