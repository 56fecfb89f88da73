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
public sealed class TapeReader<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int ShownContributions = 4;

    private readonly Tape<T> tape;
    private readonly T[][] before;
    private readonly long[] versions;

    private TapeReader(Tape<T> tape)
    {
        this.tape = tape;
        Symbols = new Symbols<T>(tape);
        Steps = [.. tape.Steps.Select(ReadForward), .. tape.HasRunBackward ? ReadBackward() : []];
        before = [.. tape.Parameters.Select(parameter => parameter.Values.ToArray())];
        versions = [.. tape.Parameters.Select(parameter => parameter.Version)];
        Legend = ReadLegend();
    }

    /// <summary>What the tensors are called.</summary>
    public Symbols<T> Symbols { get; }

    /// <summary>The forward pass, the loss and, where it has run, the backward pass, in the order of calculation.</summary>
    public IReadOnlyList<ReadStep<T>> Steps { get; }

    /// <summary>What each symbol of a parameter, an input or a constant stands for, and its shape.</summary>
    public IReadOnlyList<(string Symbol, string Meaning, Shape Shape)> Legend { get; }

    /// <summary>Reads a tape and keeps what an update will overwrite. Call it after Backward and before Step.</summary>
    /// <exception cref="InvalidOperationException">A parameter has been written since the forward run: what the tape shows would not be what was computed.</exception>
    public static TapeReader<T> Attach(Tape<T> tape)
    {
        ArgumentNullException.ThrowIfNull(tape);
        if (tape.FindChanged() is { } changed)
            throw new InvalidOperationException(
                $"The values of {tape.Describe(changed)} have changed since the forward run that this tape holds. Read before Step, or attach the reader before it.");
        return new TapeReader<T>(tape);
    }

    /// <summary>The update that an optimizer has made since the reader was attached: a line per parameter that changed.</summary>
    /// <exception cref="InvalidOperationException">No parameter has changed: Step comes first.</exception>
    public IReadOnlyList<ReadStep<T>> Update(Optimizer<T> optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        var lines = new List<ReadStep<T>>();
        for (int i = 0; i < tape.Parameters.Count; i++)
        {
            var parameter = tape.Parameters[i];
            int position = optimizer.Parameters.ToList().IndexOf(parameter);
            if (position < 0 || parameter.Version == versions[i] || !parameter.HasGradient) continue;
            int entry = FirstNonZero(parameter.Gradient);
            string symbol = Symbols[parameter];
            string formula = optimizer.Formula.Replace("{w}", symbol, StringComparison.Ordinal)
                .Replace("{dw}", Symbols.GradientOf(parameter), StringComparison.Ordinal);
            lines.Add(new ReadStep<T>(
                Phase.Update, symbol, formula, parameter.Shape.Position(entry), optimizer.WithNumbers(position, entry, before[i][entry], NumberText.Operand),
                parameter.Values[entry], parameter.Shape, parameter.Values.ToArray()));
        }
        return lines.Count > 0 ? lines
            : throw new InvalidOperationException("No parameter has changed since the reader was attached: call the optimizer's Step first.");
    }

    private ReadStep<T> ReadForward(Operation<T> step)
    {
        var output = step.Output;
        string numbers = output.Length > 0 ? step.WithNumbers(0, NumberText.Operand) : "";
        return new ReadStep<T>(
            output == tape.Loss ? Phase.Loss : Phase.Forward, Symbols[output], Put(step.Formula, step), output.Shape.Position(0), numbers,
            output.Length > 0 ? output.Values[0] : T.Zero, output.Shape, output.Values.ToArray());
    }

    private IEnumerable<ReadStep<T>> ReadBackward()
    {
        var firstReader = new Dictionary<Tensor<T>, Operation<T>>();
        foreach (var step in tape.BackwardSteps)
            foreach (var input in step.Inputs) firstReader.TryAdd(input, step);
        foreach (var step in tape.BackwardSteps.Reverse())
        {
            // A gradient is complete, and can be read, once the walk has passed every step that reads the tensor.
            if (step.Output != tape.Loss) yield return ReadGradient(step.Output);
            foreach (var parameter in step.Inputs.OfType<Parameter<T>>().Distinct())
                if (parameter.HasGradient && firstReader[parameter] == step) yield return ReadGradient(parameter);
        }
    }

    private ReadStep<T> ReadGradient(Tensor<T> tensor)
    {
        int entry = FirstNonZero(tensor.Gradient);
        var formulas = new List<string>();
        var terms = new List<Term<T>>();
        foreach (var step in tape.BackwardSteps)
            for (int input = 0; input < step.Inputs.Count; input++)
            {
                if (step.Inputs[input] != tensor) continue;
                formulas.Add(Put(step.GradientFormula(input), step));
                terms.AddRange(step.Terms(input, entry));
            }
        return new ReadStep<T>(
            Phase.Backward, Symbols.GradientOf(tensor), Join(formulas), tensor.Shape.Position(entry), Products(terms), tensor.Gradient[entry],
            tensor.Shape, tensor.Gradient.ToArray());
    }

    private string Put(string formula, Operation<T> step)
    {
        for (int i = 0; i < step.Inputs.Count; i++)
            formula = formula.Replace($"{{{i}}}", Symbols[step.Inputs[i]], StringComparison.Ordinal);
        // ∂L/∂L is 1: a factor that nobody writes.
        if (step.Output == tape.Loss)
            formula = Unwrap(formula.Replace("{dy} · ", "", StringComparison.Ordinal).Replace("{dy}·", "", StringComparison.Ordinal)
                .Replace("{dy}", "1", StringComparison.Ordinal));
        return formula.Replace("{y}", Symbols[step.Output], StringComparison.Ordinal)
            .Replace("{dy}", Symbols.GradientOf(step.Output), StringComparison.Ordinal);
    }

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

    private static string Products(List<Term<T>> terms) =>
        Join([.. terms.Select(term => string.Join("·", term.Factors.Select(factor => NumberText.Operand(factor.Value))))]);

    private List<(string, string, Shape)> ReadLegend()
    {
        var legend = new List<(string, string, Shape)>();
        for (int i = 0; i < tape.Inputs.Count; i++)
            if (tape.Inputs[i] is Tensor<T> input) legend.Add((Symbols[input], i == 1 ? "target" : "input", input.Shape));
            else legend.Add(i == 1 ? ("y", "classes", tape.Inputs[i].Shape) : (i == 0 ? "x" : $"x{i}", "indices", tape.Inputs[i].Shape));
        foreach (var parameter in tape.Parameters) legend.Add((Symbols[parameter], tape.NameOf(parameter), parameter.Shape));
        foreach (var constant in tape.Constants) legend.Add((Symbols[constant], "constant", constant.Shape));
        return legend;
    }

    private static int FirstNonZero(ReadOnlySpan<T> values)
    {
        int index = values.IndexOfAnyExcept(T.Zero);
        return Math.Max(index, 0);
    }
}
