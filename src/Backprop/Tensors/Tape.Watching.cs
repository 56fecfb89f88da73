namespace Backprop.Tensors;

// Who is watched: parameters and inputs point at their open tape, and so does everything that is computed from them.
public sealed partial class Tape<T>
{
    /// <summary>The open tape that watches one of an operation's operands; null where none does.</summary>
    internal static Tape<T>? WatchingOver(Operation<T> operation)
    {
        foreach (var input in operation.Inputs)
            if (input.Tape is { ShapesOnly: true } dry) return dry;
        Tape<T>? open = operation.Indices is IInput { Watcher: Tape<T> { IsOpen: true } watcher } ? watcher : null;
        Tensor<T>? stale = null;
        foreach (var input in operation.Inputs)
        {
            if (input.Tape is not { } tape) continue;
            if (!tape.IsOpen) stale = input;
            else if (open is not null && open != tape)
                throw new InvalidOperationException(
                    $"{operation.Name}: its operands are on two open tapes. Take one off with Copy(), or record both with one tape.");
            else open = tape;
        }
        if (open is null) return null;
        if (stale is not null)
            throw new InvalidOperationException(
                $"{operation.Name}: an operand {stale.Shape} belongs to a tape that is sealed. Take it off with Copy(), so that it becomes a constant here.");
        if (open.thread != Environment.CurrentManagedThreadId)
            throw new InvalidOperationException(
                $"{operation.Name}: the tape is open on another thread, and only that one may record. " +
                "To predict while a model trains, use the snapshot of model.Predictor().");
        return open;
    }

    internal void Append(Operation<T> step)
    {
        foreach (var input in step.Inputs)
            if (input.Tape != this && !constants.Contains(input)) constants.Add(input);
        NoteVersions(step);
        step.Layer = layers.TryPeek(out string? layer) ? layer : "";
        steps.Add(step);
    }

    /// <summary>Says that the steps to come are those of a layer within the present one.</summary>
    internal void Enter(string layer) => layers.Push(layers.TryPeek(out string? outer) ? $"{outer}.{layer}" : layer);

    /// <summary>Says that the layer entered last is done.</summary>
    internal void Leave() => layers.Pop();

    private void Watch()
    {
        foreach (var parameter in Parameters)
            if (parameter.Tape is not null)
                throw new InvalidOperationException(
                    $"Record: the parameter '{Parameters.NameOf(parameter)}' is on another open tape. Finish that one with Backward or Dispose first: " +
                    "write `using var tape = Record(…)`, and an exception cannot leave it open; CloseTapes() of the parameters closes one that was lost.");
        if (Inputs.Distinct().Count() < Inputs.Count) throw new ArgumentException("Record: an input came twice; a replay would not know which values it takes.");
        foreach (var input in Inputs)
            if (input.Watcher is Tape<T> { IsOpen: true } || input.Watcher is not null and not Tape<T>)
                throw new InvalidOperationException(
                    $"Record: an input {input.Shape} is on another open tape. Finish that one with Backward or Dispose, or use a copy.");
            else if (input is Tensor<T> { Source: not null })
                throw new InvalidOperationException(
                    $"Record: an input {input.Shape} was computed on a tape. Take it off with Copy().");
        foreach (var parameter in Parameters) parameter.Tape = this;
        foreach (var input in Inputs) input.Watcher = this;
    }

    private void Seal()
    {
        if (!IsOpen) return;
        IsOpen = false;
        foreach (var parameter in Parameters) parameter.Tape = null;
        foreach (var input in Inputs) input.Watcher = null;
    }
}
