using Backprop.Checking;
using Backprop.Tensors;

namespace Backprop.Lessons.Museum;

/// <summary>The gradient that a training step went down, beside the right one.</summary>
public sealed class ClaimedGradient
{
    /// <summary>What is below this part of a gradient's largest entry is rounding and has no sign.</summary>
    private const double Rounding = 1e-12;

    private readonly HandWritten network;
    private readonly double[][] claimed, before, right;

    /// <summary>Holds gradients against those of the tape.</summary>
    /// <param name="network">The network, with the weights that it had before the step.</param>
    /// <param name="claimed">For each of its parameters the gradient that the step went down, row-major.</param>
    /// <param name="before">The same of the step before; empty for the first.</param>
    internal ClaimedGradient(HandWritten network, double[][] claimed, double[][] before)
    {
        (this.network, this.claimed, this.before) = (network, claimed, before);
        using var tape = Record();
        tape.Backward(network.Loss());
        right = [.. network.Parameters.Select(parameter => parameter.HasGradient ? parameter.Gradient.ToArray() : new double[parameter.Length])];
    }

    /// <summary>The cosine of the angle between all entries and the right ones: 1 where the step goes straight down; NaN where there is no gradient.</summary>
    public double Cosine() => Cosine([.. claimed.SelectMany(part => part)], [.. right.SelectMany(part => part)]);

    /// <summary>The same for one parameter alone, by its position.</summary>
    public double Cosine(int parameter) => Cosine(claimed[parameter], right[parameter]);

    /// <summary>The share of the entries that have the wrong sign.</summary>
    public double WrongSigns() => WrongSigns([.. claimed.SelectMany(part => part)], [.. right.SelectMany(part => part)]);

    /// <summary>The same for one parameter alone, by its position.</summary>
    public double WrongSigns(int parameter) => WrongSigns(claimed[parameter], right[parameter]);

    /// <summary>What the doctor says: which parameters have a wrong gradient, and what explains it.</summary>
    public Diagnosis Examine()
    {
        using var tape = Record();
        return Doctor.Examine(tape, network.Loss(), ByPath(claimed), before.Length > 0 ? ByPath(before) : null);
    }

    private Dictionary<string, double[]> ByPath(double[][] gradients) =>
        network.Parameters.Names.Zip(gradients).ToDictionary(pair => pair.First, pair => pair.Second);

    private Tape<double> Record() => Nn<double>.Record(network.Parameters, [.. network.Inputs]);

    private static double Cosine(double[] claimed, double[] right) => Dot(claimed, right) / Math.Sqrt(Dot(claimed, claimed) * Dot(right, right));

    private static double WrongSigns(double[] claimed, double[] right)
    {
        double least = Rounding * right.Max(Math.Abs);
        return claimed.Zip(right).Count(pair => Math.Min(Math.Abs(pair.First), Math.Abs(pair.Second)) > least && pair.First * pair.Second < 0) / (double)right.Length;
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
