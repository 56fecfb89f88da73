using Backprop.Tensors;

namespace Backprop.Checking;

/// <summary>Mistakes that can be made at any operation: signs, factors, sums, transposes, forgotten paths.</summary>
internal static class AnyStepMistakes
{
    /// <summary>Up to how many terms the sums of a place are looked at one by one.</summary>
    private const long MostTerms = 200_000;

    /// <summary>How many terms of each sum are looked at, beside the last.</summary>
    private const int MostSingleTerms = 8;

    public static IEnumerable<Mistake> Of(Sites sites)
    {
        var sizes = SizesOf(sites);
        foreach (var site in sites.All())
        {
            yield return site.Mistake(MistakeKind.SignFlipped, $"The contribution of {site.Where} to ∂L/∂{site.Tensor} has the other sign.", Times(-1));
            foreach (var mistake in Factors(site, site.Step.Output == sites.Output && sites.Output.Length == 1, sizes)) yield return mistake;
            yield return site.Mistake(
                MistakeKind.PathCut, $"The gradient does not flow from {site.Where} to {site.Tensor}.", contribution => contribution.Values.AsSpan().Clear());
            foreach (var mistake in Places(site)) yield return mistake;
            foreach (var mistake in Sums(site)) yield return mistake;
        }
        foreach (var mistake in Overwritten(sites)) yield return mistake;
    }

    /// <summary>A mean that is differentiated as a sum, and the other way round; the 2 of a square.</summary>
    private static IEnumerable<Mistake> Factors(Site site, bool ofLoss, IReadOnlyList<(int Size, string Name)> sizes)
    {
        foreach (var (size, name) in sizes)
        {
            yield return site.Mistake(
                MistakeKind.SumForMean, ofLoss ? $"The loss is divided by {name}, the gradient is not: it is {size} times too large."
                : $"The contribution of {site.Where} to ∂L/∂{site.Tensor} is {size} times too large: by {name}, which the loss divides by.", Times(size));
            yield return site.Mistake(
                MistakeKind.MeanForSum, ofLoss ? $"The gradient is divided once more by {name}, {size}, than the loss is."
                : $"The contribution of {site.Where} to ∂L/∂{site.Tensor} is divided by {name}, {size}, which the loss does not say.", Times(1.0 / size));
        }
        foreach (double factor in new[] { 2, 0.5 })
            yield return site.Mistake(
                MistakeKind.WrongFactor,
                !ofLoss ? $"The contribution of {site.Where} to ∂L/∂{site.Tensor} is {(factor == 2 ? "2" : "½")} times the right one."
                : $"∂L/∂{site.Tensor} is {(factor == 2 ? "2 times" : "½ of")} the gradient of this loss: " +
                (factor == 2 ? "its ½ is left out, or the 2 of a square stands there twice." : "the 2 of the square is left out, as if the loss had a ½."),
                Times(factor));
    }

    /// <summary>The counts that losses and gradients are divided by: samples, time steps, elements.</summary>
    private static List<(int Size, string Name)> SizesOf(Sites sites)
    {
        var sizes = new List<(int Size, string Name)>();
        foreach (var step in sites.Steps.Reverse())
            foreach (var tensor in step.Inputs.Where(input => input is not Parameter<double> || step.Output == sites.Output))
            {
                if (tensor.Shape.Rank > 0) Add(tensor.Shape[0], "the number of samples");
                if (step.Output == sites.Output) Add(tensor.Length, "the number of elements");
                if (step.Output == sites.Output && tensor.Shape.Rank > 1) Add(tensor.Shape.Product(0, tensor.Shape.Rank - 1), "the number of rows");
            }
        foreach (var run in sites.Time.Runs) Add(run.Count, "the number of time steps");
        return sizes;

        void Add(int size, string name)
        {
            if (size > 1 && !sizes.Exists(known => known.Size == size)) sizes.Add((size, name));
        }
    }

    /// <summary>Entries in the wrong places.</summary>
    private static IEnumerable<Mistake> Places(Site site)
    {
        var shape = site.Target.Shape;
        if (shape.Rank == 2 && shape[0] > 1 && shape[1] > 1)
            yield return site.Mistake(
                MistakeKind.Transposed, $"The contribution of {site.Where} to ∂L/∂{site.Tensor} is transposed.",
                contribution => contribution.Values = Transposed(contribution.Values, shape[0], shape[1]));
        if (site.Step.Inputs.Count < 2 || site.Step.Name is "Multiply" or "Add" or "Subtract") yield break;
        for (int other = 0; other < site.Step.Inputs.Count; other++)
        {
            var weight = site.Step.Inputs[other].Shape;
            if (other == site.Input || weight.Rank != 2 || weight[0] != weight[1] || weight[0] < 2) continue;
            int operand = other;
            yield return site.Mistake(
                MistakeKind.WeightNotTransposed, $"∂L/∂{site.Tensor} is worked out at {site.Where} with the transpose of the matrix that belongs there.",
                contribution =>
                {
                    var values = contribution.Step.Inputs[operand].Writable;
                    contribution.Recompute(values, Transposed(values.ToArray(), weight[0], weight[1]));
                });
        }
    }

    /// <summary>Sums that lack a product, have one twice, or are one product alone.</summary>
    private static IEnumerable<Mistake> Sums(Site site)
    {
        if (site.Target.Length == 0) yield break;
        int terms = site.Step.Terms(site.Input, 0).Take(1025).Count();
        if (terms < 2 || (long)terms * site.Target.Length > MostTerms) yield break;
        foreach (int k in Enumerable.Range(0, Math.Min(terms, MostSingleTerms)).Append(terms - 1).Distinct())
        {
            string which = k == 0 ? "first" : k == terms - 1 ? "last" : $"{k + 1}.";
            int place = k == terms - 1 ? -1 : k;
            yield return site.Mistake(
                MistakeKind.TermMissing, $"The {which} of {terms} terms is missing in each sum of ∂L/∂{site.Tensor} at {site.Where}.", Changed(place, (sum, term) => sum - term));
            yield return site.Mistake(
                MistakeKind.TermDoubled, $"The {which} of {terms} terms is counted twice in each sum of ∂L/∂{site.Tensor} at {site.Where}.", Changed(place, (sum, term) => sum + term));
            yield return site.Mistake(
                MistakeKind.OneTermOnly, $"∂L/∂{site.Tensor} is the {which} term alone at {site.Where}, not the sum of all {terms}.", Changed(place, (_, term) => term));
        }

        Action<Contribution> Changed(int place, Func<double, double, double> change) => contribution =>
        {
            for (int i = 0; i < contribution.Values.Length; i++)
            {
                var all = contribution.Step.Terms(site.Input, i);
                if ((place < 0 ? all.LastOrDefault() : all.ElementAtOrDefault(place)) is { } term) contribution.Values[i] = change(contribution.Values[i], term.Value);
            }
        };
    }

    /// <summary>= for +=, where a tensor is used several times.</summary>
    private static IEnumerable<Mistake> Overwritten(Sites sites)
    {
        var uses = sites.Single().ToLookup(site => site.Target);
        foreach (var tensor in uses.Where(tensor => tensor.Count() > 1))
        {
            string name = tensor.First().Tensor;
            yield return new(
                MistakeKind.Overwritten, name, $"∂L/∂{name} is set where it belongs added to: only the contribution that came last is left, of {tensor.Count()}.",
                $"∂L/∂{name} += …", Changes(tensor, contribution => contribution.Overwrites = true));
            var last = tensor.Last();
            yield return new(
                MistakeKind.PathCut, name, $"∂L/∂{name} has the contribution of {last.Where} alone: {tensor.Count() - 1} further uses of it are forgotten.",
                $"∂L/∂{name} = the sum over all {tensor.Count()} uses",
                Changes(tensor.SkipLast(1), contribution => contribution.Values.AsSpan().Clear()));
        }
        var shared = uses.Where(tensor => tensor.Count() > 1 && tensor.Key is Parameter<double>).SelectMany(tensor => tensor).ToArray();
        if (shared.Length > 0 && uses.Count(tensor => tensor.Count() > 1 && tensor.Key is Parameter<double>) > 1)
            yield return new(
                MistakeKind.Overwritten, "every shared parameter",
                "The gradient of every shared parameter is set where it belongs added to: only the contribution that came last is left.", "∂L/∂w += …",
                Changes(shared, contribution => contribution.Overwrites = true));

        static IEnumerable<((Operation<double>, int), Action<Contribution>)> Changes(IEnumerable<Site> places, Action<Contribution> change) =>
            places.Select(site => ((site.Step, site.Input), change));
    }

    private static Action<Contribution> Times(double factor) => contribution =>
    {
        foreach (ref double value in contribution.Values.AsSpan()) value *= factor;
    };

    private static double[] Transposed(double[] values, int rows, int columns)
    {
        var turned = new double[values.Length];
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++) turned[j * rows + i] = values[i * columns + j];
        return turned;
    }
}
