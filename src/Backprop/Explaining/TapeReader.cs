using System.Numerics;
using Backprop.Optimizers;
using Backprop.Tensors;

namespace Backprop.Explaining;

/// <summary>Reads a finished tape aloud: forward pass, loss, backward pass and update, each step with its formula, the formula with
/// the numbers put in, and the result.</summary>
/// <remarks>
/// It computes nothing of its own: every number stands on the tape. The reader keeps what it has read, so that it can still be
/// asked after the update; attach it between Backward and Step.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed partial class TapeReader<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int ShownContributions = 4;
    private const int ShownEntries = 3;
    private const string Given = "given";

    private readonly Tape<T> tape;
    private readonly T[][] before;
    private readonly long[] versions;
    private readonly long[] gradientVersions;
    private readonly bool readsBackward;

    private readonly ReadingOptions<T> options;

    private TapeReader(Tape<T> tape, ReadingOptions<T> options)
    {
        this.tape = tape;
        this.options = options;
        Symbols = new Symbols<T>(tape);
        Paths = new TapePaths<T>(tape, Symbols, options.Labels);
        readsBackward = tape.HasRunBackward;
        Steps = [.. tape.Steps.Select(ReadForward), .. readsBackward ? ReadBackward() : []];
        before = [.. tape.Parameters.Select(parameter => parameter.Values.ToArray())];
        versions = [.. tape.Parameters.Select(parameter => parameter.Version)];
        gradientVersions = [.. tape.Parameters.Select(parameter => parameter.GradientVersion)];
        Legend = ReadLegend();
    }

    /// <summary>What the tensors are called.</summary>
    public Symbols<T> Symbols { get; }

    /// <summary>What the tensors are called in files and on a command line.</summary>
    public TapePaths<T> Paths { get; }

    /// <summary>The forward pass, the loss and, where it has run, the backward pass, in the order of calculation.</summary>
    public IReadOnlyList<ReadStep<T>> Steps { get; }

    /// <summary>What each symbol of a parameter, an input or a constant stands for, and its shape.</summary>
    public IReadOnlyList<(string Symbol, string Meaning, Shape Shape)> Legend { get; }

    /// <summary>Reads a tape and keeps what an update will overwrite. Call it after Backward and before Step.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="options">How it is read; one entry of each step with six digits if left out.</param>
    /// <exception cref="InvalidOperationException">A parameter has been written since the forward run, or its gradient since this tape's Backward: what the
    /// tape shows would not be what was computed.</exception>
    public static TapeReader<T> Attach(Tape<T> tape, ReadingOptions<T>? options = null)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ThrowIfStale(tape);
        return new TapeReader<T>(tape, options ?? new());
    }

    /// <summary>The update that an optimizer has made since the reader was attached: a line per parameter that changed.</summary>
    /// <exception cref="InvalidOperationException">No parameter has changed: Step comes first. Or a parameter was written more than once, or by another
    /// gradient than the one that was read.</exception>
    public IReadOnlyList<ReadStep<T>> Update(Optimizer<T> optimizer) => [.. Changes(optimizer).Select(change => change.Step)];

    /// <summary>The same with the values before, the gradient, and what the optimizer remembers and works out of them.</summary>
    /// <exception cref="InvalidOperationException">No parameter has changed: Step comes first. Or a parameter was written more than once, or by another
    /// gradient than the one that was read.</exception>
    public IReadOnlyList<ReadChange<T>> Changes(Optimizer<T> optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        var lines = new List<ReadChange<T>>();
        for (int i = 0; i < tape.Parameters.Count; i++)
        {
            var parameter = tape.Parameters[i];
            int position = optimizer.Parameters.ToList().IndexOf(parameter);
            if (position < 0 || parameter.Version == versions[i] || !parameter.HasGradient) continue;
            ThrowIfNotOneStep(i);
            lines.Add(new(ReadUpdate(optimizer, position, parameter, before[i]), before[i], parameter.Gradient.ToArray(), optimizer.Quantities(position)));
        }
        return lines.Count > 0 ? lines
            : throw new InvalidOperationException("No parameter has changed since the reader was attached: call the optimizer's Step first.");
    }

    /// <summary>Refuses a tape that no longer shows what was computed.</summary>
    internal static void ThrowIfStale(Tape<T> tape)
    {
        if (tape.FindChanged() is { } changed)
            throw new InvalidOperationException(
                $"The values of {tape.Describe(changed)} have changed since the forward run that this tape holds. Read before Step, or attach the reader before it.");
        if (tape.FindForeignGradient() is { } foreign)
            throw new InvalidOperationException(
                $"The gradient of {tape.Describe(foreign)} is no longer the one that this tape's Backward computed: another tape's Backward or a gradient check " +
                "came after it. Attach the reader right after this tape's Backward, or Replay it and call Backward again.");
    }

    private ReadStep<T> ReadUpdate(Optimizer<T> optimizer, int position, Parameter<T> parameter, T[] before)
    {
        string symbol = Symbols[parameter];
        string formula = optimizer.FormulaOf(position).Replace("{w}", symbol, StringComparison.Ordinal)
            .Replace("{dw}", Symbols.GradientOf(parameter), StringComparison.Ordinal);
        return Read(
            Phase.Update, parameter, onGradient: false, formula, FirstNonZero(parameter.Gradient), parameter.Values,
            entry => optimizer.WithNumbers(position, entry, before[entry], options.Number));
    }

    private void ThrowIfNotOneStep(int i)
    {
        var parameter = tape.Parameters[i];
        string? reason = parameter.Version > versions[i] + 1 ? "it has been written more than once"
            : readsBackward && parameter.GradientVersion != gradientVersions[i] ? "another Backward has written its gradient" : null;
        if (reason is not null)
            throw new InvalidOperationException(
                $"The update of {tape.Describe(parameter)} can no longer be read: since the reader was attached {reason}. Attach a reader before each Step.");
    }

    private ReadStep<T> ReadForward(Operation<T> step)
    {
        var output = step.Output;
        return Read(
            output == tape.Loss ? Phase.Loss : Phase.Forward, output, onGradient: false, Put(step.Formula, step) + GivenEntries(output, onGradient: false), 0,
            output.Values, entry => tape.IsGiven(output, entry) ? Given : NumbersOf(step, entry)) with
        {
            Remembered = [.. step.Kept.Where(kept => kept.Values is not null && step.Formula.Split(' ', '(', ')', '·').Contains(kept.Name))
                .Select(kept => new RememberedValues<T>(kept.Name, kept.Values!.Shape, kept.Values.Values.ToArray()))],
        };
    }

    /// <summary>The formula of an entry with the numbers put in; of a row of a table, which entry of the table it is.</summary>
    private string NumbersOf(Operation<T> step, int entry) =>
        step is ITakesRows rows ? Symbols[step.Inputs[0]] + step.Inputs[0].Place(rows.Taken(entry)) : step.WithNumbers(entry, options.Number);

    /// <summary>A line about a tensor, with one entry worked out, or all of them where they are few.</summary>
    private ReadStep<T> Read(
        Phase phase, Tensor<T> tensor, bool onGradient, string formula, int entry, ReadOnlySpan<T> values, Func<int, string> numbersOf)
    {
        string symbol = onGradient ? Symbols.GradientOf(tensor) : Symbols[tensor];
        var result = values.ToArray();
        if (result.Length == 0) return new(phase, symbol, formula, "", "", T.Zero, tensor.Shape, result) { Tensor = tensor, Worked = [] };
        string numbers = numbersOf(entry);
        int[] worked = result.Length <= options.Entries ? [.. Enumerable.Range(0, result.Length)] : [entry];
        return new(phase, symbol, formula, tensor.Place(entry), numbers, result[entry], tensor.Shape, result)
        {
            Tensor = tensor,
            Path = Paths[tensor],
            Operation = tensor.Source?.Name ?? "",
            Layer = tensor.Source?.Layer ?? LayerOf(tensor),
            IsExcerpt = worked.Length < result.Length,
            Worked = [.. worked.Select(i => new WorkedEntry<T>(NameOf(tensor, symbol, i, onGradient), i == entry ? numbers : numbersOf(i), result[i]))],
        };
    }

    /// <summary>The name of an entry: the textbook's, or symbol and place.</summary>
    private string NameOf(Tensor<T> tensor, string symbol, int index, bool onGradient) =>
        Paths.LabelOf(tensor, index) is { Length: > 0 } label ? (onGradient ? "∂L/∂" : "") + label : symbol + tensor.Place(index);

    private string LayerOf(Tensor<T> tensor) => tape.NameOf(tensor) is var path && path.LastIndexOf('.') is > 0 and var dot ? path[..dot] : "";

    /// <summary>The entries that a replay took as given instead of computing them by the formula: <c>, [0,2] given</c>.</summary>
    private string GivenEntries(Tensor<T> tensor, bool onGradient)
    {
        int[] given = [.. Enumerable.Range(0, tensor.Length).Where(index => tape.IsGiven(tensor, index, onGradient))];
        if (given.Length == 0) return "";
        string entries = string.Join(' ', given.Take(ShownEntries).Select(tensor.Place));
        string more = given.Length > ShownEntries ? $" and {given.Length - ShownEntries} more" : "";
        return tensor.Length == 1 ? $", {Given}" : $", {entries}{more} {Given}";
    }

    private string Put(string formula, Operation<T> step)
    {
        for (int i = 0; i < step.Inputs.Count; i++)
            formula = formula.Replace($"{{{i}}}", Symbols[step.Inputs[i]], StringComparison.Ordinal);
        if (step.Output == tape.Loss && BeginsAtOne) formula = WithoutGradient(formula);
        return WithoutIdentities(formula.Replace("{y}", Symbols[step.Output], StringComparison.Ordinal)
            .Replace("{dy}", Symbols.GradientOf(step.Output), StringComparison.Ordinal));
    }

    /// <summary>A formula without ∂L/∂L, which is 1: a factor that nobody writes.</summary>
    private static string WithoutGradient(string formula) => Unwrap(
        formula.Replace("{dy} · ", "", StringComparison.Ordinal).Replace("{dy}·", "", StringComparison.Ordinal).Replace("{dy}", "1", StringComparison.Ordinal));

    /// <summary>A formula without what says nothing: <c>h_0 = h_0</c>, where a start is called what the formula calls it.</summary>
    private static string WithoutIdentities(string formula) => !formula.Contains(" = ", StringComparison.Ordinal) ? formula
        : string.Join(", ", formula.Split(", ").Where(part => part.Split(" = ") is not [var left, var right] || left != right));

    /// <summary>A formula without parentheses around all of it.</summary>
    private static string Unwrap(string formula)
    {
        if (formula is not ['(', .., ')']) return formula;
        int depth = 0;
        for (int i = 0; i < formula.Length - 1; i++)
        {
            depth += formula[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth == 0) return formula;
        }
        return formula[1..^1];
    }

    private static string Join(List<string> parts)
    {
        string shown = string.Join(" + ", parts.Take(ShownContributions));
        return parts.Count > ShownContributions ? $"{shown} + … ({parts.Count - ShownContributions} more)" : shown;
    }

    private static int FirstNonZero(ReadOnlySpan<T> values)
    {
        int index = values.IndexOfAnyExcept(T.Zero);
        return Math.Max(index, 0);
    }
}
