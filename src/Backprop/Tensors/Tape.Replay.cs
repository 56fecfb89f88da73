namespace Backprop.Tensors;

// The tape as a program: the same steps on the same buffers, with other numbers.
public sealed partial class Tape<T>
{
    private ILookup<Tensor<T>, Pin<T>>? pins;

    /// <summary>Copies new inputs into the recorded ones and runs the same steps again; without any, runs them on the present inputs
    /// and parameters.</summary>
    /// <param name="inputs">As many as were recorded, of the same shapes, or none.</param>
    /// <remarks>Nothing is allocated. The tape is sealed. The recorded input tensors hold the new values afterwards.</remarks>
    /// <exception cref="ShapeException">An input has another shape than the recorded one.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is out of range; nothing was changed.</exception>
    public void Replay(params ReadOnlySpan<IInput> inputs)
    {
        pins = null;
        TakeInputs(inputs);
        RunForward();
    }

    /// <summary>Runs the same steps again with given numbers in the place of computed ones; the backward pass that follows keeps to them.</summary>
    /// <param name="pins">The given numbers. The next replay knows nothing of them.</param>
    /// <exception cref="ArgumentException">A pin's tensor is not of this tape, or its value is not computed here (set an input or a parameter instead).</exception>
    /// <exception cref="ArgumentOutOfRangeException">A pin's index lies outside its tensor.</exception>
    public void Replay(IReadOnlyCollection<Pin<T>> pins)
    {
        ArgumentNullException.ThrowIfNull(pins);
        foreach (var pin in pins)
        {
            bool computed = pin.Tensor.Source?.Tape == this;
            if (!computed && !(pin.OnGradient && pin.Tensor is Parameter<T> parameter && Parameters.Contains(parameter)))
                throw new ArgumentException(
                    $"Replay: a pin replaces what this tape computes; {Describe(pin.Tensor)} is not computed here. Give Replay a new input, or Set the parameter.");
            if ((uint)pin.Index >= (uint)pin.Tensor.Length)
                throw new ArgumentOutOfRangeException(
                    null, $"Replay: a pin's index {pin.Index} is outside {Describe(pin.Tensor)}; indices go from 0 to {pin.Tensor.Length - 1}.");
        }
        this.pins = pins.ToLookup(pin => pin.Tensor);
        RunForward();
    }

    private void RunForward()
    {
        _ = Arena;
        Seal();
        HasRunBackward = false;
        foreach (var step in steps)
        {
            step.RunForward();
            if (pins is not null) ApplyPins(step.Output, gradients: false);
        }
    }

    private void TakeInputs(ReadOnlySpan<IInput> inputs)
    {
        if (inputs.Length == 0) return;
        if (inputs.Length != Inputs.Count)
            throw new ArgumentException($"Replay: {inputs.Length} inputs came, the tape was recorded with {Inputs.Count}.");
        for (int i = 0; i < inputs.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(inputs[i], nameof(inputs));
            if (inputs[i].GetType() != Inputs[i].GetType() && (inputs[i] is Indices || Inputs[i] is Indices))
                throw new ArgumentException($"Replay: input {i} is {(inputs[i] is Indices ? "Indices" : "a tensor")}, the tape was recorded with the other kind.");
            if (inputs[i].Shape != Inputs[i].Shape)
                throw new ShapeException(
                    "Replay", $"input {i} is {inputs[i].Shape}, recorded was {Inputs[i].Shape}; another shape needs a recording of its own",
                    inputs[i].Shape, Inputs[i].Shape);
        }
        TakeIndices(inputs);
        for (int i = 0; i < inputs.Length; i++)
            if (inputs[i] is Tensor<T> tensor && tensor != Inputs[i]) ((Tensor<T>)Inputs[i]).Set(tensor.Values);
    }

    /// <summary>Indices go first: one out of range is found before anything else changes, and they are put back.</summary>
    private void TakeIndices(ReadOnlySpan<IInput> inputs)
    {
        bool any = false;
        for (int i = 0; i < inputs.Length; i++)
        {
            if (inputs[i] is not Indices indices) continue;
            ((Indices)Inputs[i]).Exchange(indices);
            any = true;
        }
        if (!any) return;
        try
        {
            foreach (var step in steps) step.Validate();
        }
        catch
        {
            foreach (var input in Inputs) (input as Indices)?.Undo();
            throw;
        }
    }

    private void ApplyPins(Tensor<T> tensor, bool gradients)
    {
        foreach (var pin in pins![tensor])
            if (pin.OnGradient == gradients) (gradients ? tensor.WritableGradient : tensor.Writable)[pin.Index] = pin.Number;
    }

    private string Describe(Tensor<T> tensor) => NameOf(tensor) is { Length: > 0 } name ? $"'{name}' {tensor.Shape}" : $"a tensor {tensor.Shape}";
}
