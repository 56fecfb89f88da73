using Backprop.Tensors;

namespace Backprop.Checking;

/// <summary>What one step of a backward pass contributes to the gradient of one of its inputs, for a mistake to change.</summary>
internal sealed class Contribution(Operation<double> step, int input, Contribution?[] ofStep)
{
    private readonly double[] earlier = step.JoinsEarlier(input) ? step.Inputs[input].WritableGradient.ToArray() : [];

    /// <summary>The step.</summary>
    public Operation<double> Step => step;

    /// <summary>The tensor whose gradient it is part of.</summary>
    public Tensor<double> Tensor => step.Inputs[input];

    /// <summary>Its entries, row-major.</summary>
    public double[] Values { get; set; } = [];

    /// <summary>Whether it replaces what came earlier instead of joining it.</summary>
    public bool Overwrites { get; set; }

    /// <summary>What the same step contributes to another input.</summary>
    public Contribution? Of(int other) => ofStep[other];

    /// <summary>The gradient of the tensor as it stands with this contribution.</summary>
    public double[] Sum => [.. Values.Select((value, i) => value + (Overwrites || earlier.Length == 0 ? 0 : earlier[i]))];

    /// <summary>Works the contribution out once more with other numbers in the place of some that the step reads.</summary>
    public void Recompute<TNumber>(Span<TNumber> place, ReadOnlySpan<TNumber> other)
    {
        var own = place.ToArray();
        other.CopyTo(place);
        Compute();
        own.CopyTo(place);
    }

    /// <summary>Runs the step on cleared gradients and takes what it gives.</summary>
    public void Compute()
    {
        for (int i = 0; i < step.Inputs.Count; i++)
            if (step.WantsInput(i)) step.Inputs[i].WritableGradient.Clear();
        step.RunBackward();
        Values = Tensor.WritableGradient.ToArray();
    }

    /// <summary>Puts the sum where the next steps read it.</summary>
    public void Write() => Sum.CopyTo(Tensor.WritableGradient);
}
