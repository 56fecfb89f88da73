using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Explaining;

/// <summary>Takes gradients apart: for any entry of a tape the terms that its gradient is the sum of, each with the operation that sent it, its factors,
/// its share, and the reason where it is 0.</summary>
/// <remarks>Nothing is computed a second time: the terms are those of <see cref="Operation{T}.Terms"/>, the numbers those on the tape. Ask between Backward
/// and Step; an anatomy that was read stays valid.</remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed partial class AnatomyReader<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Tape<T> tape;
    private readonly Func<T, string> number;
    private readonly Dictionary<Tensor<T>, List<(Operation<T> Step, int Input)>> consumers = [];
    private readonly HashSet<Operation<T>> active;
    private readonly HashSet<Tensor<T>> ofSamples = [];
    private readonly int samples;

    private AnatomyReader(Tape<T> tape, ReadingOptions<T> options)
    {
        this.tape = tape;
        number = options.Number;
        Symbols = new Symbols<T>(tape);
        Paths = new TapePaths<T>(tape, Symbols, options.Labels);
        active = [.. tape.BackwardSteps];
        samples = tape.Inputs is [{ Shape.Rank: > 0 } data, ..] ? data.Shape[0] : -1;
        foreach (var input in tape.Inputs.OfType<Tensor<T>>()) ofSamples.Add(input);
        foreach (var recurrence in tape.Steps.Select(step => step.Recurrence).OfType<Recurrence<T>>().Distinct())
        {
            // Where they begin with is a row for each sample too.
            ofSamples.Add(recurrence.States[0]);
            if (recurrence.Cells is [var cell, ..]) ofSamples.Add(cell);
        }
        foreach (var step in tape.Steps)
        {
            for (int input = 0; input < step.Inputs.Count; input++)
                if (consumers.TryGetValue(step.Inputs[input], out var uses)) uses.Add((step, input));
                else consumers[step.Inputs[input]] = [(step, input)];
            if (step.Inputs.Any(ofSamples.Contains) || step.Indices is not null) ofSamples.Add(step.Output);
        }
    }

    /// <summary>What the tensors are called in formulas.</summary>
    public Symbols<T> Symbols { get; }

    /// <summary>What the entries are called from outside.</summary>
    public TapePaths<T> Paths { get; }

    /// <summary>The tensors that have a gradient: every entry of them can be taken apart.</summary>
    public IEnumerable<Tensor<T>> Tensors => Paths.Tensors.Where(HasGradient);

    /// <summary>Makes a reader for a tape whose backward pass has run.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="options">How numbers are written in reasons, and the textbook's names of entries.</param>
    /// <exception cref="InvalidOperationException">Backward has not run, or what it computed has been overwritten since.</exception>
    public static AnatomyReader<T> Attach(Tape<T> tape, ReadingOptions<T>? options = null)
    {
        ArgumentNullException.ThrowIfNull(tape);
        if (!tape.HasRunBackward) throw new InvalidOperationException("There is no gradient to take apart yet: call Backward first.");
        TapeReader<T>.ThrowIfStale(tape);
        return new AnatomyReader<T>(tape, options ?? new());
    }

    /// <summary>Whether the backward pass computed a gradient for a tensor of the tape.</summary>
    public bool HasGradient(Tensor<T> tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return tensor.HasGradient && !IsTokens(tensor) && (tensor.Source is not null || (tensor is Parameter<T> parameter && tape.Parameters.Contains(parameter)));
    }

    /// <summary>The anatomy of an entry that a text names, as <see cref="TapePaths{T}.Find"/> reads it.</summary>
    /// <exception cref="KeyNotFoundException">Nothing has this name.</exception>
    /// <exception cref="ArgumentException">The indices do not fit, or the entry has no gradient.</exception>
    public GradientAnatomy<T> Of(string path)
    {
        var entry = Paths.Find(path);
        return Of(entry.Tensor, entry.Index);
    }

    /// <summary>The anatomy of one entry of a gradient.</summary>
    /// <param name="tensor">A tensor of the tape.</param>
    /// <param name="index">The entry, in row-major order.</param>
    /// <exception cref="ArgumentException">The tensor has no gradient.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The index is outside the tensor.</exception>
    public GradientAnatomy<T> Of(Tensor<T> tensor, int index)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (!HasGradient(tensor)) throw new ArgumentException($"'{Paths[tensor]}' has no gradient: {WhyNone(tensor)}");
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, tensor.Length);
        return new(
            new(tensor, index), Paths.Of(tensor, index), Symbols.GradientOf(tensor) + ShortPlace(tensor, index), Paths.LabelOf(tensor, index),
            TermsOf(tensor, index), tensor.Gradient[index]);
    }

    private List<AnatomyTerm<T>> TermsOf(Tensor<T> tensor, int index)
    {
        T gradient = tensor.Gradient[index];
        if (tape.IsGiven(tensor, index, onGradient: true)) return [Sent("given", gradient)];
        if (tensor == tape.Loss) return [Sent("the walk back begins here", gradient)];
        var terms = new List<AnatomyTerm<T>>();
        foreach (var (step, input) in consumers.GetValueOrDefault(tensor, []))
            if (!active.Contains(step))
                terms.Add(new(step, Symbols[step.Output], null, step.Time, [], T.Zero, step.PassesOn ? "no way from here to the loss" : "held constant: the gradient ends here"));
            else if (step.WantsInput(input))
                terms.AddRange(step.Terms(input, index).Select(term => Read(step, new(tensor, index), term)));
        // What stood there before is not on the tape any more, only the sum.
        if (tensor is Parameter<T> parameter && (tape.HasAccumulated(parameter) || (terms.Count == 0 && gradient != T.Zero))) terms.Add(Sent("earlier passes", gradient - GradientAnatomy<T>.SumOf(terms)));
        return terms;
    }

    private static AnatomyTerm<T> Sent(string from, T value) => new(null, from, null, null, [], value, "");

    private AnatomyTerm<T> Read(Operation<T> step, TapeEntry<T> entry, Term<T> term)
    {
        var incoming = term.Factors.FirstOrDefault(factor => factor is { IsGradient: true, Tensor: not null });
        int? at = incoming?.Tensor == step.Output ? incoming.Index : null;
        var output = step.Output;
        string from = output.Shape.Rank == 0 ? $"{Symbols[output]} ({InWords(step.Name)})" : Symbols[output] + (at is { } place ? ShortPlace(output, place) : "");
        bool hasSample = at is not null && output.Shape.Rank > 1 && output.Shape[0] == samples && ofSamples.Contains(output);
        return new(
            step, from, hasSample ? at / (output.Length / samples) : null, step.Time,
            [.. term.Factors.Where(factor => factor != incoming).Append(incoming).OfType<Factor<T>>().Select(factor => Read(step, factor))],
            term.Value, term.Value == T.Zero ? ReasonOf(step, entry, term) : "");
    }

    private AnatomyFactor<T> Read(Operation<T> step, Factor<T> factor)
    {
        if (factor.Tensor is not { } tensor) return new(Put(factor.Formula, step), factor.Value, null, false, "");
        bool isKept = step.Kept.Any(kept => kept.Values == tensor) || !Paths.Knows(tensor);
        string symbol = isKept ? NameOfKept(step, tensor) : factor.IsGradient ? Symbols.GradientOf(tensor) : Symbols[tensor];
        string label = Paths.LabelOf(tensor, factor.Index);
        string name = label.Length > 0 ? (factor.IsGradient ? "∂L/∂" : "") + label : symbol + ShortPlace(tensor, factor.Index);
        return new(name, factor.Value, new(tensor, factor.Index), factor.IsGradient, isKept ? "" : Paths.Of(tensor, factor.Index));
    }

    private static string NameOfKept(Operation<T> step, Tensor<T> tensor) =>
        step.Kept.FirstOrDefault(kept => kept.Values == tensor)?.Name is { Length: > 0 } name ? name : tensor.Name.Length > 0 ? tensor.Name : "δ";

    private string Put(string formula, Operation<T> step)
    {
        for (int i = 0; i < step.Inputs.Count; i++) formula = formula.Replace($"{{{i}}}", Symbols[step.Inputs[i]], StringComparison.Ordinal);
        formula = formula.Replace("{y}", Symbols[step.Output], StringComparison.Ordinal);
        return formula.Contains(", ", StringComparison.Ordinal) ? $"({formula})" : formula;
    }

    /// <summary>Where an entry stands, without axes of size 1 in front of the last two: row and column of a picture of one channel.</summary>
    private static string ShortPlace(Tensor<T> tensor, int index)
    {
        if (tensor.Columns.Count > 0) return tensor.Place(index);
        var shape = tensor.Shape;
        while (shape.Rank > 2 && shape[0] == 1) shape = shape.Without(0);
        return shape.Position(index);
    }

    /// <summary>The name of an operation as words: <c>HalfSquaredError</c>, half squared error.</summary>
    private static string InWords(string name) =>
        string.Concat(name.Select((letter, i) => char.IsUpper(letter) ? $"{(i > 0 ? " " : "")}{char.ToLowerInvariant(letter)}" : $"{letter}"));
}
