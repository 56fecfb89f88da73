using Backprop.Tensors;

namespace Backprop.Checking;

/// <summary>A place where a mistake can be made: one input of one step, or of the same step at every time step.</summary>
/// <param name="Steps">The steps, in the order of the tape.</param>
/// <param name="Input">The input whose gradient they contribute to.</param>
/// <param name="Where">What the place is called: <c>Tanh of hidden</c>.</param>
/// <param name="Tensor">What the tensor at the input is called.</param>
/// <param name="Remedy">The right formula, in those names.</param>
internal sealed record Site(IReadOnlyList<Operation<double>> Steps, int Input, string Where, string Tensor, string Remedy)
{
    /// <summary>The first of the steps; they are alike.</summary>
    public Operation<double> Step => Steps[0];

    /// <summary>The tensor at the input of the first step.</summary>
    public Tensor<double> Target => Step.Inputs[Input];

    /// <summary>Whether the tensor is a parameter, so that its gradient goes no further.</summary>
    public bool IsParameter => Target is Parameter<double>;

    /// <summary>A mistake that changes all the steps alike.</summary>
    public Mistake Mistake(MistakeKind kind, string sentence, Action<Contribution> change, string? remedy = null) =>
        new(kind, Where, sentence, remedy ?? Remedy, Steps.Select(step => ((step, Input), change)));
}
