using Backprop.Explaining;
using Backprop.Tensors;

namespace Backprop.Lessons.Worksheets;

// Numbers that are sums of products.
internal sealed partial class Slips
{
    /// <summary>A product of a sum, and the step that it comes from.</summary>
    private sealed record Product(IReadOnlyList<Factor<double>> Factors, Operation<double> Use)
    {
        public double Value => Factors.Aggregate(1.0, (product, factor) => product * factor.Value);
    }

    private List<Product> GradientProductsOf(FormEntry<double> entry)
    {
        var products = new List<Product>();
        foreach (var step in form.Tape.BackwardSteps)
            for (int input = 0; input < step.Inputs.Count; input++)
                if (step.Inputs[input] == entry.Line.Tensor) products.AddRange(step.Terms(input, entry.Index).Select(term => new Product(term.Factors, step)));
        return products;
    }

    /// <summary>The products of a forward entry, read off from where its gradient flows; none where it is no sum of products.</summary>
    private static List<Product> ProductsOf(FormEntry<double> entry, double right)
    {
        var step = entry.Line.Tensor.Source!;
        if (!step.Output.HasGradient) return [];
        var products = Of(0);
        if (Makes(products)) return products;
        if (step.Inputs.Count < 2) return [];
        products.AddRange(Of(step.Inputs.Count - 1));
        return Makes(products) ? products : [];

        bool Makes(List<Product> sum) => Math.Abs(sum.Sum(product => product.Value) - right) <= 1e-9 * (Math.Abs(right) + sum.Sum(product => Math.Abs(product.Value)));

        List<Product> Of(int input) =>
        [
            .. from index in Enumerable.Range(0, step.Inputs[input].Length)
               from term in step.Terms(input, index)
               where term.Factors.Any(factor => factor.Tensor == step.Output && factor.IsGradient && factor.Index == entry.Index)
               select new Product(
                   [Factor.Of(step.Inputs[input], index), .. term.Factors.Where(factor => !(factor.Tensor == step.Output && factor.IsGradient))], step),
        ];
    }

    private IEnumerable<Slip> OfProducts(List<Product> products, IReadOnlyList<double> numbers, double right)
    {
        foreach (var product in products.Where(product => product.Factors is [{ Tensor: Parameter<double> { Shape.Rank: 1 } }]))
            yield return new($"{form.Symbols[product.Factors[0].Tensor!]} is left out", right - product.Value);
        foreach (var slip in OfExchanged(products, numbers)) yield return slip;
        if (products.Count < 2) yield break;
        foreach (var product in products)
        {
            yield return new($"{Name(product)} is left out", right - product.Value, Everywhere: false);
            yield return new($"the sign of {Name(product)} is turned", right - 2 * product.Value, Everywhere: false);
            yield return new($"{Name(product)} is counted twice", right + product.Value, Everywhere: false);
        }
    }

    /// <summary>The same sum with another tensor read in the place of one of its own: turned, updated too early, of another layer or time.</summary>
    private IEnumerable<Slip> OfExchanged(List<Product> products, IReadOnlyList<double> numbers)
    {
        foreach (var (tensor, isGradient) in products.SelectMany(product => product.Factors).Where(factor => factor.Tensor is not null)
            .Select(factor => (factor.Tensor!, factor.IsGradient)).Distinct().ToArray())
        {
            string symbol = isGradient ? form.Symbols.GradientOf(tensor) : form.Symbols[tensor];
            if (tensor.Shape.Rank == 2 && tensor.Shape[0] == tensor.Shape[1] && tensor.Shape[0] > 1)
            {
                int size = tensor.Shape[0];
                yield return new($"{symbol} is read turned, rows as columns", With(index => (isGradient ? tensor.Gradient : tensor.Values)[index % size * size + index / size]));
            }
            if (!isGradient && tensor is Parameter<double>
                && form.Lines.FirstOrDefault(line => line.Kind == FormKind.New && line.Tensor == tensor) is { } updated)
                yield return new($"{symbol} is read after its update; the update comes last", With(index => numbers[updated.Entries[index].Order]));
            foreach (var line in form.Lines.Where(line => line.Kind == (isGradient ? FormKind.Gradient : FormKind.Value)))
                if (line.Tensor != tensor && line.Tensor.Shape == tensor.Shape && line.Tensor is Parameter<double> == tensor is Parameter<double>)
                    yield return new(Said(line.Tensor, tensor, isGradient) + $"{line.Symbol} is read in the place of {symbol}", With(index => numbers[line.Entries[index].Order]));

            double With(Func<int, double> other) => products.Sum(product => product.Factors.Aggregate(
                1.0, (value, factor) => value * (factor.Tensor == tensor && factor.IsGradient == isGradient ? other(factor.Index) : factor.Value)));
        }
    }

    /// <summary>What it means that one tensor is read in the place of another, where they are the two sides of an activation.</summary>
    private string Said(Tensor<double> read, Tensor<double> needed, bool gradients)
    {
        var step = gradients ? read.Source : needed.Source;
        if (step?.Inputs is not [var input] || input != (gradients ? needed : read)) return "";
        string function = step.Formula.Replace("{0}", form.Symbols[input], StringComparison.Ordinal);
        return gradients ? $"the derivative of {function} is left out: " : $"{function} is left out: ";
    }

    /// <summary>What was used in several places has as many contributions.</summary>
    private IEnumerable<Slip> OfUses(List<Product> products, double right)
    {
        var uses = products.GroupBy(product => product.Use).ToArray();
        if (uses.Length < 2) yield break;
        foreach (var use in uses)
            yield return new($"only what comes from {form.Symbols[use.Key.Output]} is taken: = in the place of +=", use.Sum(product => product.Value));
        foreach (var use in uses)
            yield return new($"what comes from {form.Symbols[use.Key.Output]} is left out", right - use.Sum(product => product.Value));
    }

    /// <summary>Left-out and misplaced local derivatives.</summary>
    private IEnumerable<Slip> OfDerivative(FormEntry<double> entry, List<Product> products)
    {
        foreach (var (use, name) in products.SelectMany(product => product.Factors.Where(factor => factor.Tensor is null && factor.Value != 1)
            .Select(factor => (product.Use, factor.Name))).Distinct().ToArray())
            yield return new(
                name.Contains('/', StringComparison.Ordinal) ? $"the factor {name} is left out"
                    : $"the derivative of {(use.Inputs is [var input] ? use.Formula.Replace("{0}", form.Symbols[input], StringComparison.Ordinal) : form.Symbols[use.Output])} is left out",
                products.Sum(product => product.Factors.Where(factor => factor.Tensor is not null || factor.Name != name).Aggregate(1.0, (value, factor) => value * factor.Value)));
        if (products is not [{ Factors.Count: > 1 } only] || only.Use.Inputs is not [var read]) yield break;
        double arriving = only.Factors.Where(factor => factor.IsGradient).Aggregate(1.0, (value, factor) => value * factor.Value);
        if (arriving != 1) yield return new("this is the local derivative alone: the gradient that arrives is left out", only.Value / arriving);
        double x = read.Values[entry.Index], y = only.Use.Output.Length > entry.Index ? only.Use.Output.Values[entry.Index] : double.NaN;
        foreach (var (sentence, slope) in Misplaced(only.Use.Name, form.Symbols[read], form.Symbols[only.Use.Output], x, y))
            yield return new(sentence, arriving * slope);
    }

    private string Name(Product product) => string.Join("·", product.Factors.Select(factor =>
        factor.Tensor is not { } tensor ? factor.Name : (factor.IsGradient ? form.Symbols.GradientOf(tensor) : form.Symbols[tensor]) + tensor.Place(factor.Index)));
}
