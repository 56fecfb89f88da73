using Backprop.Tensors;

namespace Backprop.Checking;

/// <summary>One change of a right backward pass, as a program or a calculation by hand makes it.</summary>
public sealed class Mistake
{
    private readonly IReadOnlyDictionary<(Operation<double> Step, int Input), Action<Contribution>> changes;

    internal Mistake(
        MistakeKind kind, string where, string sentence, string remedy,
        IEnumerable<((Operation<double> Step, int Input) At, Action<Contribution> Change)> changes)
    {
        (Kind, Where, Sentence, Remedy) = (kind, where, sentence, remedy);
        this.changes = changes.ToDictionary(entry => entry.At, entry => entry.Change);
    }

    /// <summary>What it is.</summary>
    public MistakeKind Kind { get; }

    /// <summary>The operation or tensor where it is made: <c>Tanh of hidden</c>.</summary>
    public string Where { get; }

    /// <summary>What was done, in one sentence.</summary>
    public string Sentence { get; }

    /// <summary>What belongs there instead.</summary>
    public string Remedy { get; }

    /// <summary>Where the pass is changed.</summary>
    internal IEnumerable<(Operation<double> Step, int Input)> Places => changes.Keys;

    internal Action<Contribution>? ChangeAt(Operation<double> step, int input) => changes.GetValueOrDefault((step, input));

    /// <summary>The sentence.</summary>
    public override string ToString() => Sentence;
}
