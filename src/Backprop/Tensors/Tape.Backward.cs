namespace Backprop.Tensors;

// The way back: from the loss to every parameter that it depends on.
public sealed partial class Tape<T>
{
    private readonly List<Operation<T>> active = [];
    private readonly HashSet<Parameter<T>> accumulated = [];
    private Parameter<T>[] reached = [];
    private Parameter<T>[] unreached = [];
    private long[] gradientVersions = [];
    private Tensor<T>? planned;
    private bool plannedToAdd;

    /// <summary>The loss of the last backward pass, if there was one.</summary>
    public Tensor<T>? Loss { get; private set; }

    /// <summary>Whether a backward pass has run since the last forward run, so that the gradients belong to the values.</summary>
    public bool HasRunBackward { get; private set; }

    /// <summary>The steps of the last backward pass that a gradient flowed through, in forward order.</summary>
    public IReadOnlyList<Operation<T>> BackwardSteps => active;

    /// <summary>Whether the last backward pass added to a gradient that a parameter had before it.</summary>
    public bool HasAccumulated(Parameter<T> parameter) => HasRunBackward && accumulated.Contains(parameter);

    /// <summary>The first parameter whose gradient is no longer the one that this tape's last backward pass left, if any: another tape has
    /// written or removed it.</summary>
    public Parameter<T>? FindForeignGradient()
    {
        if (!HasRunBackward) return null;
        for (int i = 0; i < reached.Length; i++)
            if (!reached[i].HasGradient || reached[i].GradientVersion != gradientVersions[i]) return reached[i];
        return null;
    }

    /// <summary>Whether the last replay took an entry as given, by a <see cref="Pin{T}"/>.</summary>
    /// <param name="tensor">A tensor of the tape.</param>
    /// <param name="index">The entry, in row-major order.</param>
    /// <param name="onGradient">Whether the gradient's entry is meant rather than the value's.</param>
    public bool IsGiven(Tensor<T> tensor, int index, bool onGradient = false) =>
        pins is not null && pins[tensor].Any(pin => pin.Index == index && pin.OnGradient == onGradient);

    /// <summary>Fills the gradients: walks the tape from the loss to its beginning.</summary>
    /// <param name="loss">A single number, computed on this tape.</param>
    /// <param name="accumulate">Whether the parameters' gradients add to earlier ones instead of replacing them.</param>
    /// <remarks>A parameter that the loss does not depend on has no gradient afterwards. The tape is sealed.</remarks>
    /// <exception cref="ShapeException">The loss is not a single number.</exception>
    /// <exception cref="InvalidOperationException">The loss is not of this tape or depends on no trainable parameter; Backward has run since the last
    /// forward run; a parameter was changed since.</exception>
    public void Backward(Tensor<T> loss, bool accumulate = false)
    {
        ArgumentNullException.ThrowIfNull(loss);
        if (loss.Length != 1)
            throw new ShapeException(
                "Backward", $"{loss.Shape} came, the loss is a single number; take its Sum or Mean, or give Backward the gradient of each output", loss.Shape);
        Prepare(loss, accumulate);
        loss.WritableGradient[0] = T.One;
        RunBackward();
        Commit();
    }

    /// <summary>Fills the gradients from a given gradient of an output: the gradient of Σ output·outputGradient.</summary>
    /// <param name="output">A tensor computed on this tape.</param>
    /// <param name="outputGradient">The gradient that the walk begins with, of the same shape.</param>
    /// <param name="accumulate">Whether the parameters' gradients add to earlier ones instead of replacing them.</param>
    /// <inheritdoc cref="Backward(Tensor{T}, bool)" path="/exception"/>
    public void Backward(Tensor<T> output, Tensor<T> outputGradient, bool accumulate = false)
    {
        BackwardWithoutCommit(output, outputGradient, accumulate);
        Commit();
    }

    /// <summary>The backward pass alone, for a check that must leave running statistics and dropout as they are.</summary>
    internal void BackwardWithoutCommit(Tensor<T> output, Tensor<T> outputGradient, bool accumulate = false)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(outputGradient);
        if (output.Shape != outputGradient.Shape)
            throw new ShapeException(
                "Backward", $"the output gradient {outputGradient.Shape} needs the output's shape {output.Shape}", output.Shape, outputGradient.Shape);
        Prepare(output, accumulate);
        outputGradient.Values.CopyTo(output.WritableGradient);
        RunBackward();
    }

    /// <summary>A backward pass whose steps <paramref name="run"/> runs: the place where a check plants mistakes. It changes nothing on the side, and may
    /// follow another without a forward run between them.</summary>
    internal void BackwardBy(Tensor<T> output, Tensor<T> outputGradient, Action<Operation<T>> run)
    {
        HasRunBackward = false;
        Prepare(output, accumulate: false);
        outputGradient.Values.CopyTo(output.WritableGradient);
        // The terms of a step read the gradient of its output while the pass is under way.
        HasRunBackward = true;
        for (int i = active.Count - 1; i >= 0; i--)
        {
            if (pins is not null) ApplyPins(active[i].Output, gradients: true);
            run(active[i]);
        }
        for (int i = 0; i < reached.Length; i++)
        {
            if (pins is not null) ApplyPins(reached[i], gradients: true);
            reached[i].HasGradient = true;
            gradientVersions[i] = reached[i].GradientVersion;
        }
    }

    /// <summary>Takes the last backward pass for not run: its gradients were those of a check.</summary>
    internal void ForgetBackward()
    {
        HasRunBackward = false;
        planned = null;
        foreach (var parameter in Parameters) parameter.HasGradient = false;
    }

    private void Prepare(Tensor<T> loss, bool accumulate)
    {
        _ = Arena;
        if (loss.Tape != this || loss.Source is null)
            throw new InvalidOperationException(
                "Backward: the loss was not computed on this tape. Compute it after Record, from watched parameters or inputs.");
        if (!loss.WantsGradient)
            throw new InvalidOperationException(
                "Backward: the loss depends on no trainable parameter of this tape, so there is nothing to differentiate. " +
                "Are the model's parameters given to Record?");
        if (HasRunBackward)
            throw new InvalidOperationException(
                "Backward: it has run on this tape already. Replay the tape first, or record a new one; to add up gradients say accumulate: true there.");
        if (!hasRunForward)
            throw new InvalidOperationException("Backward: the last replay stopped half-way, so there is nothing whole to differentiate. Replay with values in range first.");
        ThrowIfChanged("Backward");
        Seal();
        if (planned != loss || accumulate || plannedToAdd) Plan(loss, accumulate);
        if (!accumulate)
            foreach (var parameter in unreached) parameter.HasGradient = false;
        Loss = loss;
    }

    private void RunBackward()
    {
        for (int i = active.Count - 1; i >= 0; i--)
        {
            if (pins is not null) ApplyPins(active[i].Output, gradients: true);
            active[i].RunBackward();
        }
        for (int i = 0; i < reached.Length; i++)
        {
            if (pins is not null) ApplyPins(reached[i], gradients: true);
            reached[i].HasGradient = true;
            gradientVersions[i] = ++reached[i].GradientVersion;
        }
        HasRunBackward = true;
    }

    private void Commit()
    {
        if (!Training) return;
        foreach (var step in steps) step.Commit();
    }

    /// <summary>Finds the steps between the parameters and the loss, and for each contribution to a gradient whether it is the first.</summary>
    private void Plan(Tensor<T> loss, bool accumulate)
    {
        foreach (var step in steps) step.Output.HasGradient = false;
        loss.HasGradient = true;
        active.Clear();
        accumulated.Clear();
        var found = new HashSet<Parameter<T>>();
        var written = new HashSet<Tensor<T>> { loss };
        HoldGradient(loss);
        for (int i = steps.Count - 1; i >= 0; i--)
        {
            var step = steps[i];
            if (!step.PassesOn || !written.Contains(step.Output)) continue;
            active.Add(step);
            for (int input = 0; input < step.Inputs.Count; input++)
            {
                if (!step.WantsInput(input)) continue;
                var tensor = step.Inputs[input];
                HoldGradient(tensor);
                bool first = written.Add(tensor);
                if (tensor is Parameter<T> parameter)
                {
                    found.Add(parameter);
                    if (first && accumulate && parameter.HasGradient)
                    {
                        first = false;
                        accumulated.Add(parameter);
                    }
                }
                else tensor.HasGradient = true;
                step.PlanContribution(input, adds: !first);
            }
        }
        active.Reverse();
        reached = [.. found];
        gradientVersions = new long[reached.Length];
        unreached = [.. Parameters.Where(parameter => !found.Contains(parameter))];
        planned = loss;
        plannedToAdd = accumulate;
    }

    private void HoldGradient(Tensor<T> tensor)
    {
        if (tensor is Parameter<T> parameter) parameter.HoldGradient();
        else if (!tensor.HoldsGradientMemory)
        {
            var (buffer, offset) = Arena.Take(tensor.Length);
            tensor.LendGradient(buffer, offset);
        }
    }

    private void ThrowIfChanged(string operation)
    {
        for (int i = 0; i < trainable.Length; i++)
            if (Parameters[i].Trainable != trainable[i])
                throw new InvalidOperationException(
                    $"{operation}: Trainable of '{Parameters.Names[i]}' has changed since the recording. Record a new tape.");
        if (FindChanged() is { } changed)
            throw new InvalidOperationException(
                $"{operation}: the values of {Describe(changed)} have changed since the forward run that this tape holds, so its gradient would be wrong. " +
                "Call Backward before Step or Set, or Replay first.");
    }
}
