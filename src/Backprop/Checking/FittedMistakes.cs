using System.Globalization;
using Backprop.Tensors;

namespace Backprop.Checking;

/// <summary>Mistakes that have a number of their own, or a single place, which the wrong entries themselves tell.</summary>
internal static class FittedMistakes
{
    /// <summary>From so many entries on, a common factor is no coincidence.</summary>
    private const int FewestScaled = 3;

    /// <summary>In up to so many entries a single wrong term is looked for.</summary>
    private const int MostEntries = 6;

    /// <summary>The wrong parameters are all the same multiple of their gradients.</summary>
    public static Mistake? Scaled(MistakenWalk walk, IReadOnlyDictionary<Tensor<double>, double[]> given)
    {
        walk.Walk(null);
        var sites = new Sites(walk);
        double along = 0, square = 0;
        int entries = 0;
        var wrong = given.Where(entry => Nearness.Distance(MistakenWalk.GradientOf(entry.Key), entry.Value) > Nearness.Explained).ToArray();
        foreach (var (tensor, claimed) in wrong)
        {
            var right = MistakenWalk.GradientOf(tensor);
            for (int i = 0; i < claimed.Length; i++)
            {
                (along, square) = (along + claimed[i] * right[i], square + right[i] * right[i]);
                entries += right[i] != 0 ? 1 : 0;
            }
        }
        double factor = along / square;
        if (entries < FewestScaled || !double.IsFinite(factor) || factor == 0) return null;
        string names = string.Join(", ", wrong.Select(entry => sites.NameOf(entry.Key)));
        return new(
            MistakeKind.WrongFactor, names, string.Create(CultureInfo.InvariantCulture, $"The gradient of {names} is {factor:G6} times the right one."),
            "the gradient without a factor: a learning rate belongs to the update",
            from site in sites.Single()
            where wrong.Any(entry => entry.Key == site.Target)
            select ((site.Step, site.Input), (Action<Contribution>)(contribution =>
            {
                foreach (ref double value in contribution.Values.AsSpan()) value *= factor;
            })));
    }

    /// <summary>Single entries lack one of their terms, have it twice, or with the other sign.</summary>
    public static Mistake? SingleTerms(MistakenWalk walk, IReadOnlyDictionary<Tensor<double>, double[]> given)
    {
        walk.Walk(null);
        var sites = new Sites(walk);
        var found = new List<(MistakeKind Kind, Site Site, int Index, double Change, string Text)>();
        foreach (var (tensor, claimed) in given)
        {
            double[] right = [.. MistakenWalk.GradientOf(tensor)];
            double largest = right.Concat(claimed).Max(Math.Abs);
            int[] wrong = [.. Enumerable.Range(0, right.Length).Where(i => !(Math.Abs(right[i] - claimed[i]) <= Nearness.Explained * largest))];
            if (wrong.Length + found.Count > MostEntries) return null;
            foreach (int index in wrong)
            {
                if (Find(sites, tensor, index, claimed[index] - right[index], Nearness.Explained * largest) is not { } term) return null;
                found.Add(term);
            }
        }
        if (found.Count == 0) return null;
        return new(
            found[0].Kind, found[0].Site.Where, string.Join(" ", found.Select(term => term.Text)), found[0].Site.Remedy,
            from term in found
            group term by (term.Site.Step, term.Site.Input) into place
            select (place.Key, (Action<Contribution>)(contribution =>
            {
                foreach (var term in place) contribution.Values[term.Index] += term.Change;
            })));
    }

    private static (MistakeKind, Site, int, double, string)? Find(Sites sites, Tensor<double> tensor, int index, double difference, double tolerance)
    {
        foreach (var site in sites.Single().Where(site => site.Target == tensor))
        {
            int number = 0;
            foreach (var term in site.Step.Terms(site.Input, index))
            {
                number++;
                string entry = $"∂L/∂{site.Tensor}{tensor.Shape.Position(index)}";
                string product = string.Create(CultureInfo.InvariantCulture, $"term {number} of {entry} at {site.Where}, {term.Value:G6}");
                if (term.Value == 0) continue;
                if (Math.Abs(difference + term.Value) <= tolerance) return (MistakeKind.TermMissing, site, index, -term.Value, $"A term is missing: {product}.");
                if (Math.Abs(difference - term.Value) <= tolerance) return (MistakeKind.TermDoubled, site, index, term.Value, $"A term is counted twice: {product}.");
                if (Math.Abs(difference + 2 * term.Value) <= tolerance) return (MistakeKind.SignFlipped, site, index, -2 * term.Value, $"A term has the other sign: {product}.");
            }
        }
        return null;
    }
}
