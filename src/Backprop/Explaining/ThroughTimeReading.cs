using System.Numerics;
using Backprop.Tensors;

namespace Backprop.Explaining;

/// <summary>Takes the gradients of a tape's recurrent networks apart into the terms that they are sums of.</summary>
internal sealed class ThroughTimeReading<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Tape<T> tape;
    private readonly Symbols<T> symbols;
    private readonly ILookup<Tensor<T>, (Operation<T> Step, int Input)> uses;

    public ThroughTimeReading(Tape<T> tape)
    {
        this.tape = tape;
        symbols = new(tape);
        uses = tape.BackwardSteps.SelectMany(step => step.Inputs.Select((input, i) => (Tensor: input, Use: (step, i)))).ToLookup(pair => pair.Tensor, pair => pair.Use);
    }

    public NetworkThroughTime<T> Of(Recurrence<T> recurrence) => new()
    {
        Layer = tape.Steps.First(step => step.Recurrence == recurrence).Layer,
        ReadsFromEnd = recurrence.ReadsFromEnd,
        States = [.. Enumerable.Range(1, recurrence.TimeSteps).Select(t => StateAt(recurrence, recurrence.States[t], t))],
        Cells = recurrence.Cells.Count == 0 ? [] : [.. Enumerable.Range(1, recurrence.TimeSteps).Select(t => StateAt(recurrence, recurrence.Cells[t], t))],
        Weights = [.. tape.Parameters.Where(parameter => parameter is { Trainable: true, HasGradient: true } && uses[parameter].Any(use => use.Step.Recurrence == recurrence))
            .Select(parameter => WeightOf(recurrence, parameter))],
    };

    private StateGradient<T> StateAt(Recurrence<T> recurrence, Tensor<T> state, int t)
    {
        T[] direct = new T[state.Length], fromNext = new T[state.Length];
        foreach (var use in uses[state]) Add(use, use.Step.Recurrence == recurrence && use.Step.Time > t ? fromNext : direct);
        return new(t, symbols[state], state.Shape, state.HasGradient ? state.Gradient.ToArray() : new T[state.Length], direct, fromNext);
    }

    private WeightThroughTime<T> WeightOf(Recurrence<T> recurrence, Parameter<T> parameter)
    {
        T[][] parts = [.. Enumerable.Range(0, recurrence.TimeSteps).Select(_ => new T[parameter.Length])];
        T[]? outside = null;
        foreach (var use in uses[parameter])
            Add(use, use.Step.Recurrence == recurrence ? parts[use.Step.Time!.Value - 1] : outside ??= new T[parameter.Length]);
        T[] gradient = parameter.Gradient.ToArray();
        T[] last = outside is null ? parts[^1] : [.. parts[^1].Zip(outside, (a, b) => a + b)];
        return new(
            tape.NameOf(parameter), symbols[parameter], parameter.Shape, gradient, [.. parts.Select((part, i) => ShareOf(i + 1, part))],
            outside is null ? null : ShareOf(null, outside), ComparedGradient<T>.Of(last, gradient), null);

        TimeShare<T> ShareOf(int? time, T[] part) => new(time, part, Norm.Of(part), Norm.Projection(part, gradient));
    }

    private static void Add((Operation<T> Step, int Input) use, T[] sum)
    {
        for (int index = 0; index < sum.Length; index++)
            foreach (var term in use.Step.Terms(use.Input, index)) sum[index] += term.Value;
    }
}
