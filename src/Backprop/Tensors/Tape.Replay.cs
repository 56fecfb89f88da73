namespace Backprop.Tensors;

// The tape as a program: the same steps on the same buffers, with other numbers.
public sealed partial class Tape<T>
{
    private ILookup<Tensor<T>, Pin<T>>? pins;
    private bool hasRunForward = true;

    /// <summary>Copies new inputs into the recorded ones and runs the same steps again; without any, runs them on the present inputs
    /// and parameters.</summary>
    /// <param name="inputs">As many as were recorded, of the same shapes, or none.</param>
    /// <remarks>Nothing is allocated. The tape is sealed. The recorded input tensors hold the new values afterwards.</remarks>
    /// <exception cref="ShapeException">An input has another shape than the recorded one.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is out of range; of the inputs given nothing was taken.</exception>
    public void Replay(params ReadOnlySpan<IInput> inputs)
    {
        pins = null;
        TakeInputs(inputs);
        RunForward();
    }

    /// <summary>Runs the same steps again with given numbers in the place of computed ones; the backward pass that follows keeps to them.</summary>
    /// <param name="pins">The given numbers. The next replay knows nothing of them.</param>
    /// <exception cref="ArgumentException">A pin's tensor is not of this tape, its value is not computed here (set an input or a parameter instead), or no
    /// gradient is computed for it.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A pin's index lies outside its tensor.</exception>
    public void Replay(IReadOnlyCollection<Pin<T>> pins)
    {
        ArgumentNullException.ThrowIfNull(pins);
        foreach (var pin in pins)
        {
            bool computed = pin.Tensor.Source?.Tape == this;
            bool differentiated = computed ? pin.Tensor.WantsGradient : pin.Tensor is Parameter<T> { Trainable: true } parameter && Parameters.Contains(parameter);
            if (pin.OnGradient && !differentiated)
                throw new ArgumentException($"Replay: a pin replaces a gradient of {Describe(pin.Tensor)}, for which this tape computes none.");
            if (!pin.OnGradient && !computed)
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
        hasRunForward = false;
        foreach (var step in steps)
        {
            step.Validate();
            step.RunForward();
            if (pins is not null) ApplyPins(step.Output, gradients: false);
        }
        hasRunForward = true;
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
        // Recorded inputs that change places are copied first, so that none is overwritten before it is read.
        var sources = inputs;
        for (int i = 0; i < inputs.Length; i++)
        {
            if (inputs[i] is Tensor<T> tensor) _ = tensor.Values;
            if (inputs[i] != Inputs[i] && Inputs.Contains(inputs[i])) sources = inputs.ToArray().Select(Copy).ToArray();
        }
        TakeIndices(sources);
        for (int i = 0; i < sources.Length; i++)
            if (sources[i] is Tensor<T> tensor && tensor != Inputs[i]) ((Tensor<T>)Inputs[i]).Set(tensor.Values);
    }

    private static IInput Copy(IInput input) => input is Tensor<T> tensor ? tensor.Copy() : new Indices(input.Shape, ((Indices)input).Values);

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

    /// <summary>What a tensor or indices are called in a message: the name, if they have one, and the shape.</summary>
    public string Describe(IInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        string name = input is Tensor<T> tensor ? NameOf(tensor) : ((Indices)input).Name;
        return name.Length > 0 ? $"'{name}' {input.Shape}" : input is Indices ? $"indices {input.Shape}" : $"a tensor {input.Shape}";
    }
}
