using Backprop.Kernels;

namespace Backprop.Tensors;

// The life of an operation on its tape: recorded once, run many times.
public abstract partial class Operation<T>
{
    private readonly List<Kept<T>> kept = [];
    private readonly bool[] wants;
    private readonly bool[] adds;
    private readonly bool[] clears;

    /// <summary>The tape that this operation stands on; null where nothing was watched.</summary>
    public Tape<T>? Tape { get; private set; }

    /// <summary>The path of the layer within a container that recorded this step: <c>conv1</c>, <c>block.linear2</c>; empty for a step outside of any,
    /// and for those of a layer whose input the tape does not watch.</summary>
    public string Layer { get; internal set; } = "";

    /// <summary>The recurrent network, taken apart into time steps, that this step belongs to; null for a step of none.</summary>
    public Recurrence<T>? Recurrence { get; internal set; }

    /// <summary>Its time step there, from 1; null for a step of no recurrent network.</summary>
    public int? Time { get; internal set; }

    /// <summary>Runs the operation: infers the shape, computes the output, and, where an operand is watched by an open tape, records
    /// the step on it.</summary>
    /// <returns>The output.</returns>
    /// <exception cref="ShapeException">The inputs do not fit.</exception>
    /// <exception cref="InvalidOperationException">The operands belong to different tapes, or the tape is open on another thread.</exception>
    public Tensor<T> Apply()
    {
        if (output is not null) throw new InvalidOperationException($"{Name} has run already: an operation is applied once.");
        var shape = InferShape();
        Tape = Tape<T>.WatchingOver(this);
        if (Tape is { ShapesOnly: true })
        {
            output = new PlainTensor<T>(shape, null, 0, "") { Tape = Tape };
            Tape.Append(this);
            return output;
        }
        Validate();
        if (Tape is not null)
            for (int i = 0; i < inputs.Length; i++) wants[i] = PassesGradient && inputs[i].Tape == Tape && inputs[i].WantsGradient;
        output = NewTensor(shape, Tape);
        Prepare();
        Forward();
        if (Tape is not null)
        {
            output.Source = this;
            output.WantsGradient = wants.Contains(true);
            Tape.Append(this);
        }
        return output;
    }

    /// <summary>Whether a gradient flows through this step to something that wants it.</summary>
    internal bool PassesOn => wants.Contains(true);

    /// <summary>Whether the output stands for a constant, whatever it was computed from.</summary>
    internal bool HoldsConstant => !PassesGradient;

    internal bool WantsInput(int input) => wants[input];

    /// <summary>Whether the next step can run along as an epilogue, part by part.</summary>
    internal virtual bool TakesEpilogue => false;

    /// <summary>This step as one that can run along with the step before it; null where it cannot.</summary>
    internal virtual IEpilogue? AsEpilogue => null;

    /// <summary>The next step, to be run along with this one; null where it runs by itself.</summary>
    private protected IEpilogue? Epilogue { get; private set; }

    internal void RunForward() => RunForward(null);

    internal void RunForward(IEpilogue? epilogue)
    {
        Epilogue = epilogue;
        Forward();
    }

    /// <summary>Notes for an input whether an earlier contribution is there to add to.</summary>
    internal void PlanContribution(int input, bool adds)
    {
        clears[input] = !adds && !ReachesAll(input);
        this.adds[input] = adds || clears[input];
    }

    /// <summary>Whether the contribution to an input's gradient joins an earlier one.</summary>
    internal bool JoinsEarlier(int input) => adds[input] && !clears[input];

    internal void RunBackward()
    {
        for (int i = 0; i < clears.Length; i++)
            if (clears[i]) inputs[i].WritableGradient.Clear();
        Backward();
    }

    /// <summary>Gives up output and kept tensors: the tape is gone.</summary>
    internal void Release()
    {
        output?.Release();
        foreach (var entry in kept) entry.Values?.Release();
    }

    private static PlainTensor<T> NewTensor(Shape shape, Tape<T>? tape)
    {
        if (tape is null) return new PlainTensor<T>(shape, new T[shape.Elements], 0, "");
        var (buffer, offset) = tape.Arena.Take(shape.Elements);
        return new PlainTensor<T>(shape, buffer, offset, "") { Tape = tape };
    }
}
