using System.Numerics;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Optimizers;

/// <summary>The size of a gradient.</summary>
public static class GradientNorms
{
    extension<T>(ParameterList<T> parameters) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>The norm of all gradients together, √Σ g², over the trainable parameters that the last backward pass reached; 0 where there are
        /// none.</summary>
        public double GradientNorm()
        {
            double sum = 0;
            for (int i = 0; i < parameters.Count; i++)
                if (parameters[i] is { Trainable: true, HasGradient: true } parameter) sum += SumOfSquares(parameter.Gradient);
            return double.Sqrt(sum);
        }
    }

    /// <summary>In lanes; a sum that is too large for a float is taken again in doubles.</summary>
    private static double SumOfSquares<T>(ReadOnlySpan<T> values) where T : unmanaged, IFloatingPointIeee754<T>
    {
        double sum = double.CreateTruncating(Reduce.SumOfSquares(values));
        if (!double.IsPositiveInfinity(sum)) return sum;
        sum = 0;
        foreach (T value in values) sum += double.CreateTruncating(value) * double.CreateTruncating(value);
        return sum;
    }
}
