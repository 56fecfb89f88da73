using Backprop.Tensors;

namespace Backprop.Explaining;

// What a number is worked out from.
public sealed partial class StepForm<T>
{
    private readonly Dictionary<Operation<T>, List<(Tensor<T> Tensor, int Index)>[]> reads = [];
    private Dictionary<(Tensor<T> Tensor, int Index, FormKind Kind), FormEntry<T>>? byPlace;

    /// <summary>The computed numbers that a number is worked out from; those that are given (inputs, targets, weights) are not among them.</summary>
    /// <remarks>
    /// They follow from the products that <see cref="Operation{T}.Terms"/> says: an output entry needs the input entries to which its gradient flows back.
    /// What it does not depend on where it stands, such as the entries that a maximum has not chosen, is left out.
    /// </remarks>
    public IReadOnlyList<FormEntry<T>> NeedsOf(FormEntry<T> entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        byPlace ??= Entries.Where(each => each.Line.Kind != FormKind.Quantity).ToDictionary(each => (each.Line.Tensor, each.Index, each.Line.Kind));
        var needs = new SortedDictionary<int, FormEntry<T>>();
        switch (entry.Line.Kind)
        {
            case FormKind.Value:
                foreach (var (tensor, index) in ReadsOf(entry.Line.Tensor.Source!)[entry.Index]) Add(tensor, index, FormKind.Value);
                break;
            case FormKind.Gradient:
                AddGradientNeeds(entry, Add);
                break;
            default:
                Add(entry.Line.Tensor, entry.Index, FormKind.Gradient);
                // One bound on the norm of all gradients makes each of them count.
                if (double.IsFinite(optimizer.MaxGradientNorm))
                    foreach (var parameter in optimizer.Parameters)
                        for (int i = 0; i < parameter.Length; i++) Add(parameter, i, FormKind.Gradient);
                foreach (var line in Lines.Where(line => line.Kind == FormKind.Quantity && line.Tensor == entry.Line.Tensor))
                    if (line.Entries[entry.Index].Order < entry.Order) needs[line.Entries[entry.Index].Order] = line.Entries[entry.Index];
                break;
        }
        return [.. needs.Values];

        void Add(Tensor<T> tensor, int index, FormKind kind)
        {
            if (byPlace.TryGetValue((tensor, index, kind), out var needed) && needed.Order < entry.Order) needs[needed.Order] = needed;
        }
    }

    private void AddGradientNeeds(FormEntry<T> entry, Action<Tensor<T>, int, FormKind> add)
    {
        foreach (var step in Tape.BackwardSteps)
            for (int input = 0; input < step.Inputs.Count; input++)
            {
                if (step.Inputs[input] != entry.Line.Tensor) continue;
                var factors = step.Terms(input, entry.Index).SelectMany(term => term.Factors).ToArray();
                foreach (var factor in factors)
                    if (factor.Tensor is { } tensor) add(tensor, factor.Index, factor.IsGradient ? FormKind.Gradient : FormKind.Value);
                // What stands in no tensor of the form is worked out from the values of its place, where the step meets no other, else from all of them.
                if (Array.TrueForAll(factors, factor => factor.Tensor == step.Output || (factor.Tensor is { } tensor && step.Inputs.Contains(tensor)))) continue;
                bool ofItsPlace = step.Output.Shape == entry.Line.Tensor.Shape
                    && Array.TrueForAll(factors, factor => factor.Tensor is null || (factor.Tensor == step.Output && factor.Index == entry.Index));
                foreach (var read in step.Inputs.Append(step.Output))
                    for (int i = 0; i < read.Length; i++)
                        if (!ofItsPlace || i == entry.Index || read.Shape != entry.Line.Tensor.Shape) add(read, i, FormKind.Value);
                for (int i = 0; i < step.Output.Length; i++)
                    if (!ofItsPlace) add(step.Output, i, FormKind.Gradient);
            }
    }

    /// <summary>For each output entry of a step the input entries that it reads.</summary>
    private List<(Tensor<T> Tensor, int Index)>[] ReadsOf(Operation<T> step)
    {
        if (reads.TryGetValue(step, out var known)) return known;
        var read = new List<(Tensor<T>, int)>[step.Output.Length];
        for (int i = 0; i < read.Length; i++) read[i] = [];
        for (int input = 0; input < step.Inputs.Count; input++)
            for (int index = 0; index < step.Inputs[input].Length; index++)
                if (step.Output.HasGradient)
                    foreach (var factor in step.Terms(input, index).SelectMany(term => term.Factors))
                    {
                        if (factor.Tensor == step.Output && factor.IsGradient) read[factor.Index].Add((step.Inputs[input], index));
                    }
                // No gradient, no terms: whatever the step reads may count.
                else foreach (var entries in read) entries.Add((step.Inputs[input], index));
        return reads[step] = read;
    }
}
