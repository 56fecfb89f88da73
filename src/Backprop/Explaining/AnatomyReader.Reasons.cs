using Backprop.Tensors;

namespace Backprop.Explaining;

// Why something is 0.
public sealed partial class AnatomyReader<T>
{
    private const int Deepest = 100;
    private readonly Dictionary<(Tensor<T>, int), string> reasons = [];

    /// <summary>Why a term is 0: a decision of its operation, a factor that is 0, or what is behind the gradient that comes in.</summary>
    private string ReasonOf(Operation<T> step, TapeEntry<T> entry, Term<T> term, int depth = 0)
    {
        if (term.Zero is { } zero) return Decided(zero, entry);
        if (term.Factors.FirstOrDefault(factor => factor.Value == T.Zero && !factor.IsGradient) is { } none) return $"{Called(step, none)} is 0";
        return term.Factors.FirstOrDefault(factor => factor.Value == T.Zero) is { Tensor: { } tensor } incoming ? BehindZero(tensor, incoming.Index, depth)
            : "too small for a number";
    }

    private string Decided(ZeroReason<T> zero, TapeEntry<T> entry)
    {
        if (zero.At is not { Tensor: { } tensor } at) return zero.Text;
        string place = tensor == entry.Tensor && at.Index == entry.Index ? "" : ShortPlace(tensor, at.Index);
        return zero.Text.Replace("{0}", $"{Symbols[tensor]}{place} = {Bare(at.Value)}", StringComparison.Ordinal);
    }

    private string Called(Operation<T> step, Factor<T> factor)
    {
        if (factor.Tensor is not { } tensor) return Put(factor.Formula, step);
        if (!step.Inputs.Contains(tensor)) return Read(step, factor).Symbol;
        return tensor is Parameter<T> parameter && !tape.Inputs.Contains(parameter) ? "weight" : tape.Constants.Contains(tensor) ? Symbols[tensor] : "input";
    }

    /// <summary>Why a gradient is 0: the one reason that all of its terms have.</summary>
    private string BehindZero(Tensor<T> tensor, int index, int depth)
    {
        if (reasons.TryGetValue((tensor, index), out string? known)) return known;
        string symbol = Symbols.GradientOf(tensor) + ShortPlace(tensor, index);
        var terms = depth < Deepest && HasGradient(tensor) && !tape.IsGiven(tensor, index, onGradient: true) && tensor != tape.Loss
            ? consumers.GetValueOrDefault(tensor, []).Where(use => active.Contains(use.Step) && use.Step.WantsInput(use.Input))
                .SelectMany(use => use.Step.Terms(use.Input, index).Select(term => (use.Step, Term: term))).ToList()
            : [];
        string reason = $"{symbol} is 0";
        if (terms.Count > 0 && terms.TrueForAll(own => own.Term.Value == T.Zero))
        {
            string[] all = [.. terms.Select(own => ReasonOf(own.Step, new(tensor, index), own.Term, depth + 1))];
            string[] kinds = [.. all.Select(one => one.Split(':')[0]).Distinct().Take(2)];
            reason = all.Distinct().Skip(1).Any() ? kinds.Length == 1 ? $"{kinds[0]}, in each of the {terms.Count} terms of {symbol}" : $"{symbol} is 0, as all its terms are" : all[0];
        }
        else if (terms.Count > 1) reason = $"the terms of {symbol} cancel";
        return reasons[(tensor, index)] = reason;
    }

    private string WhyNone(Tensor<T> tensor) =>
        tensor is Parameter<T> { Trainable: false } ? "it is not trained"
        : tensor is Parameter<T> || tensor.Source is not null ? "the loss does not depend on it, or only through what is held constant"
        : tape.Inputs.Contains(tensor) ? "the tape computes none for this input" : "it is a constant";

    private string Bare(T value) => number(value) is ['(', .. var inside, ')'] ? inside : number(value);
}
