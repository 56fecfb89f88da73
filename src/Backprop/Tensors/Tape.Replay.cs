using System.Runtime.InteropServices;
using Backprop.Kernels;

namespace Backprop.Tensors;

// The tape as a program: the same steps on the same buffers, with other numbers.
public sealed partial class Tape<T>
{
    private ILookup<Tensor<T>, Pin<T>>? pins;
    private bool hasRunForward = true;
    private IEpilogue?[]? epilogues;

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
        RenewVersions();
        if (pins is null) RunFused();
        else
            foreach (var step in steps)
            {
                step.Validate();
                step.RunForward();
                ApplyPins(step.Output, gradients: false);
            }
        hasRunForward = true;
    }

    /// <summary>Runs the steps, those that can along with the one before them. Both write what they wrote when they were recorded.</summary>
    private void RunFused()
    {
        epilogues ??= FindEpilogues();
        var all = CollectionsMarshal.AsSpan(steps);
        for (int i = 0; i < all.Length; i++)
        {
            all[i].Validate();
            var epilogue = epilogues[i];
            all[i].RunForward(epilogue);
            if (epilogue is not null) i++;
        }
    }

    /// <summary>For each step the next one, where it can run along.</summary>
    private IEpilogue?[] FindEpilogues()
    {
        var found = new IEpilogue?[steps.Count];
        for (int i = 0; i < steps.Count - 1; i++)
            if (steps[i].TakesEpilogue && steps[i + 1].AsEpilogue is { } next && steps[i + 1].Inputs[0] == steps[i].Output) found[i] = next;
        return found;
    }

    private void TakeInputs(ReadOnlySpan<IInput> given)
    {
        if (given.Length == 0) return;
        if (given.Length != inputs.Length)
            throw new ArgumentException($"Replay: {given.Length} inputs came, the tape was recorded with {inputs.Length}.");
        bool anyIndices = false, changePlaces = false;
        for (int i = 0; i < given.Length; i++)
        {
            CheckInput(i, given[i]);
            anyIndices |= given[i] is Indices;
            changePlaces |= given[i] != inputs[i] && Array.IndexOf(inputs, given[i]) >= 0;
        }
        // Recorded inputs that change places are copied first, so that none is overwritten before it is read.
        if (changePlaces) given = given.ToArray().Select(Copy).ToArray();
        if (anyIndices) TakeIndices(given);
        for (int i = 0; i < given.Length; i++)
            if (inputs[i] is not Indices && given[i] != inputs[i]) ((Tensor<T>)inputs[i]).Set(((Tensor<T>)given[i]).Values);
    }

    private void CheckInput(int i, IInput given)
    {
        ArgumentNullException.ThrowIfNull(given, "inputs");
        var tensor = given as Tensor<T>;
        if (inputs[i] is Indices ? given is not Indices : tensor is null)
            throw new ArgumentException($"Replay: input {i} is {KindOf(given)}, the tape was recorded with {KindOf(inputs[i])}.");
        if (given.Shape != inputs[i].Shape)
            throw new ShapeException(
                "Replay", $"input {i} is {given.Shape}, recorded was {inputs[i].Shape}; another shape needs a recording of its own",
                given.Shape, inputs[i].Shape);
        // Values that went with their tape are found out before any input is taken.
        if (tensor is not null) _ = tensor.Values;
    }

    private static string KindOf(IInput input) =>
        input switch { Indices => "Indices", Tensor<T> => "a tensor", _ => "a tensor of numbers of another type" };

    private static IInput Copy(IInput input) => input is Tensor<T> tensor ? tensor.Copy() : new Indices(input.Shape, ((Indices)input).Values);

    /// <summary>Indices go first: one out of range is found before anything else changes, and they are put back.</summary>
    private void TakeIndices(ReadOnlySpan<IInput> given)
    {
        for (int i = 0; i < given.Length; i++)
            if (given[i] is Indices indices) ((Indices)inputs[i]).Exchange(indices);
        try
        {
            foreach (var step in steps) step.Validate();
        }
        catch
        {
            foreach (var input in inputs) (input as Indices)?.Undo();
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
