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
        if (term.Factors.FirstOrDefault(factor => factor.Value == T.Zero && !factor.IsGradient) is { } none)
            return $"{Called(step, entry, none, behind: depth > 0)} is 0";
        return term.Factors.FirstOrDefault(factor => factor.Value == T.Zero) is { Tensor: { } tensor } incoming ? BehindZero(tensor, incoming.Index, depth)
            : "too small for a number";
    }

    private string Decided(ZeroReason<T> zero, TapeEntry<T> entry)
    {
        if (zero.At is not { Tensor: { } tensor } at) return zero.Text;
        string place = tensor == entry.Tensor && at.Index == entry.Index ? "" : ShortPlace(tensor, at.Index);
        return zero.Text.Replace("{0}", $"{Symbols[tensor]}{place} = {Bare(at.Value)}", StringComparison.Ordinal);
    }

    /// <summary>What a factor of 0 is called: a word where it stands in the line itself, its symbol where it stands behind the gradient that comes in.</summary>
    private string Called(Operation<T> step, TapeEntry<T> entry, Factor<T> factor, bool behind)
    {
        if (factor.Tensor is not { } tensor) return Put(factor.Formula, step);
        if (!step.Inputs.Contains(tensor)) return Read(step, factor).Symbol;
        if (IsWeight(tensor)) return "weight";
        if (behind) return Symbols[tensor] + ShortPlace(tensor, factor.Index);
        return tape.Constants.Contains(tensor) || !(IsWeight(entry.Tensor) || tape.Inputs.Contains(tensor)) ? Symbols[tensor] : "input";

        bool IsWeight(Tensor<T> candidate) => candidate is Parameter<T> && !tape.Inputs.Contains(candidate);
    }

    /// <summary>Why a gradient is 0: the one reason that all of its terms have.</summary>
    private string BehindZero(Tensor<T> tensor, int index, int depth)
    {
        if (reasons.TryGetValue((tensor, index), out string? known)) return known;
        string symbol = Symbols.GradientOf(tensor) + ShortPlace(tensor, index);
        List<(Operation<T> Step, int Input)> uses = depth < Deepest && HasGradient(tensor) && !tape.IsGiven(tensor, index, onGradient: true) && tensor != tape.Loss
            ? [.. consumers.GetValueOrDefault(tensor, []).Where(use => active.Contains(use.Step) && use.Step.WantsInput(use.Input))] : [];
        var terms = uses.SelectMany(use => use.Step.Terms(use.Input, index).Select(term => (use.Step, Term: term))).ToList();
        string reason = uses.Count > 0 && terms.Count == 0 ? $"{Unread(uses)} {Symbols[tensor]}{ShortPlace(tensor, index)}" : $"{symbol} is 0";
        if (terms.Count > 0 && terms.TrueForAll(own => own.Term.Value == T.Zero))
        {
            string[] all = [.. terms.Select(own => ReasonOf(own.Step, new(tensor, index), own.Term, depth + 1))];
            string[] kinds = [.. all.Select(one => one.Split(':')[0]).Distinct().Take(2)];
            reason = all.Distinct().Skip(1).Any() ? kinds.Length == 1 ? $"{kinds[0]}, in each of the {terms.Count} terms of {symbol}" : $"{symbol} is 0, as all its terms are" : all[0];
        }
        else if (terms.Count > 1) reason = $"the terms of {symbol} cancel";
        return reasons[(tensor, index)] = reason;
    }

    /// <summary>That no step reads a number of a tensor that they read: the last row of a picture that windows do not reach.</summary>
    private string Unread(List<(Operation<T> Step, int Input)> uses)
    {
        string[] outputs = [.. uses.Select(use => Symbols[use.Step.Output]).Distinct()];
        if (uses.TrueForAll(use => use.Step.Name.Contains("Pool", StringComparison.Ordinal))) return $"no pooling window of {string.Join(" and ", outputs)} reads";
        return outputs.Length == 1 ? $"{outputs[0]} does not read" : $"none of {string.Join(", ", outputs)} reads";
    }

    /// <summary>Whether a tensor holds numbers of rows, nothing that is computed with.</summary>
    private bool IsTokens(Tensor<T> tensor) =>
        consumers.TryGetValue(tensor, out var uses) && uses.TrueForAll(use => use is { Step: ITakesRows, Input: 1 });

    private string WhyNone(Tensor<T> tensor) =>
        IsTokens(tensor) ? "its numbers say which rows are taken, and nothing is computed with them"
        : tensor is Parameter<T> { Trainable: false } ? "it is not trained"
        : tensor is Parameter<T> || tensor.Source is not null ? "the loss does not depend on it, or only through what is held constant"
        : tape.Inputs.Contains(tensor) ? "the tape computes none for this input" : "it is a constant";

    private string Bare(T value) => number(value) is ['(', .. var inside, ')'] ? inside : number(value);
}
