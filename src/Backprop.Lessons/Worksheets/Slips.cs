using Backprop.Explaining;
using Backprop.Tensors;

namespace Backprop.Lessons.Worksheets;

/// <summary>The usual slips in working out one number of a step, with what comes out of each.</summary>
/// <remarks>
/// Nothing is computed by a second engine: a number that is a sum of products is taken apart by <see cref="Operation{T}.Terms"/>, and a slip is the
/// same sum with a product left out, a factor exchanged, a sign turned. The form must have been worked out with the learner's earlier numbers before.
/// </remarks>
internal sealed partial class Slips(StepForm<double> form)
{
    /// <summary>The slips at one number, the usual ones first.</summary>
    /// <param name="entry">The number.</param>
    /// <param name="numbers">What the last rework gave.</param>
    public IEnumerable<Slip> Of(FormEntry<double> entry, IReadOnlyList<double> numbers)
    {
        double right = numbers[entry.Order];
        var slips = entry.Line switch
        {
            { Kind: FormKind.Value, Phase: Phase.Loss } => OfLoss(entry, right),
            { Kind: FormKind.Value } => OfValue(entry, numbers, right),
            { Kind: FormKind.Gradient } => OfGradient(entry, numbers, right),
            _ => OfUpdate(entry, numbers, right),
        };
        return slips.Append(new("the sign is the other one", -right)).Concat(OfAnotherPlace(entry, numbers));
    }

    private IEnumerable<Slip> OfValue(FormEntry<double> entry, IReadOnlyList<double> numbers, double right)
    {
        var step = entry.Line.Tensor.Source!;
        var products = ProductsOf(entry, right);
        return OfActivation(step, entry.Index, right).Concat(products.Count == 0 ? [] : OfProducts(products, numbers, right));
    }

    private IEnumerable<Slip> OfGradient(FormEntry<double> entry, IReadOnlyList<double> numbers, double right)
    {
        var products = GradientProductsOf(entry);
        foreach (var slip in OfDerivative(entry, products)) yield return slip;
        foreach (var slip in OfUses(products, right)) yield return slip;
        foreach (var slip in OfProducts(products, numbers, right)) yield return slip;
        foreach (var slip in OfCounts(right)) yield return slip;
        yield return new("a factor 2 too much", 2 * right);
        yield return new("a factor ½ too much", right / 2);
    }

    private static IEnumerable<Slip> OfUpdate(FormEntry<double> entry, IReadOnlyList<double> numbers, double right)
    {
        if (entry.Line.Kind != FormKind.New) yield break;
        double before = entry.Line.Tensor.Values[entry.Index], change = right - before;
        double gradient = entry.Line.Tensor.Gradient[entry.Index];
        yield return new("the step is added; it is subtracted", before - change);
        yield return new("the learning rate is left out", before - gradient);
        yield return new("the learning rate is left out, and the gradient added", before + gradient);
        yield return new("this is the step alone, not the new weight", change);
        yield return new("this is the step alone, not the new weight", -change);
        yield return new("updated twice", right + change);
        yield return new("not updated: this is the old weight", before);
    }

    /// <summary>Numbers that stand elsewhere in the same line: the right calculation, in the wrong place.</summary>
    private static IEnumerable<Slip> OfAnotherPlace(FormEntry<double> entry, IReadOnlyList<double> numbers)
    {
        var line = entry.Line;
        return line.Entries.Where(other => other != entry).Select(other => new Slip($"this is the number of {other.Name}", numbers[other.Order], Everywhere: false));
    }

    /// <summary>The sizes that means are taken over.</summary>
    private IEnumerable<Slip> OfCounts(double right)
    {
        foreach (int count in CountsOf().Where(count => count > 2))
        {
            yield return new($"a factor {count} too much: a sum where a mean belongs, or a mean undone", right * count);
            yield return new($"divided by {count} once too often: a mean where a sum belongs", right / count);
        }
    }

    private IEnumerable<int> CountsOf()
    {
        var compared = LossStep.Inputs[0];
        return new[] { compared.Length, compared.Shape.Rank > 0 ? compared.Shape[0] : 1 }.Distinct();
    }

    /// <summary>The step that compares prediction and target: the loss itself, or what a penalty is added to.</summary>
    private Operation<double> LossStep
    {
        get
        {
            var step = form.Tape.Loss!.Source!;
            while (step.Inputs is [{ Shape.Rank: 0, Source: { Inputs.Count: > 0 } ofData }, ..]) step = ofData;
            return step;
        }
    }
}
