using Backprop.Tensors;

namespace Backprop.Checking;

/// <summary>The gradients that a backward pass gives with a mistake in it.</summary>
public sealed class MistakenPass
{
    private readonly Dictionary<Tensor<double>, double[]> gradients;

    internal MistakenPass(Mistake mistake, Dictionary<Tensor<double>, double[]> gradients) => (Mistake, this.gradients) = (mistake, gradients);

    /// <summary>The mistake.</summary>
    public Mistake Mistake { get; }

    /// <summary>The tensors that have a gradient: parameters, and what the tape computed.</summary>
    public IReadOnlyCollection<Tensor<double>> Tensors => gradients.Keys;

    /// <summary>The gradient of a parameter, or of a tensor that the tape computed, row-major.</summary>
    /// <exception cref="KeyNotFoundException">The tensor has no gradient on this tape.</exception>
    public ReadOnlySpan<double> GradientOf(Tensor<double> tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return gradients.TryGetValue(tensor, out double[]? gradient) ? gradient
            : throw new KeyNotFoundException($"The tensor {(tensor.Name.Length > 0 ? $"'{tensor.Name}' " : "")}{tensor.Shape} has no gradient on this tape.");
    }
}
