using Backprop.Tensors;

namespace Backprop.Checking;

/// <summary>What strikes the eye on a tape whose gradient may be right: units that are dead or all alike, softmax over softmax.</summary>
internal static class Observations
{
    public static IEnumerable<string> Of(Sites sites)
    {
        foreach (var step in sites.Steps)
        {
            if (step.Name == "Relu" && DeadUnits(step) is > 0 and var dead)
                yield return $"{sites.Describe([step])}: {dead} of {Units(step.Output.Shape)} units are 0 for every sample here, so what lies below them gets no gradient.";
            if (step.Name is "SoftmaxCrossEntropy" && step.Inputs[0].Source is { Name: "Softmax" })
                yield return "Softmax is applied twice: SoftmaxCrossEntropy applies it itself. The gradient is that of this loss, but the loss is not the cross-entropy; " +
                    "give it the scores before Softmax.";
        }
        foreach (var parameter in sites.Steps.SelectMany(step => step.Inputs).OfType<Parameter<double>>().Distinct())
            if (parameter.HasGradient && AreAlike(parameter.Shape, parameter.Values) && AreAlike(parameter.Shape, parameter.Gradient))
                yield return $"The {parameter.Shape[^1]} units of {sites.NameOf(parameter)} have equal weights and equal gradients: they stay equal however long they are trained. " +
                    "Draw the weights at random.";
    }

    private static int Units(Shape shape) => shape.Rank == 4 ? shape[1] : shape[^1];

    /// <summary>Columns, or channels, that are 0 wherever one looks.</summary>
    private static int DeadUnits(Operation<double> step)
    {
        var shape = step.Output.Shape;
        if (shape.Rank < 2 || step.Output.Length == 0) return 0;
        int units = Units(shape), inner = shape.Rank == 4 ? shape[2] * shape[3] : 1;
        var alive = new bool[units];
        for (int i = 0; i < step.Output.Length; i++) alive[i / inner % units] |= step.Output.Values[i] != 0;
        return alive.Count(unit => !unit);
    }

    /// <summary>Whether all columns of a matrix of several are equal.</summary>
    private static bool AreAlike(Shape shape, ReadOnlySpan<double> values)
    {
        if (shape.Rank != 2 || shape[1] < 2) return false;
        for (int i = 0; i < values.Length; i++)
            if (values[i] != values[i / shape[1] * shape[1]]) return false;
        return values.Length > 0;
    }
}
