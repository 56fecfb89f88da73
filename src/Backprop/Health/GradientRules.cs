using System.Globalization;

namespace Backprop.Health;

/// <summary>What the gradients of layers and time steps say.</summary>
internal static class GradientRules
{
    public static IEnumerable<TrainingWarning> Of(EpochHealth health, bool struggles) =>
        OfLayers([.. health.Layers.Where(layer => layer.GradientNorm is not null)], health.Epoch, struggles)
            .Concat(health.Recurrent.SelectMany(network => OfTime(network, health.Epoch, struggles)));

    private static IEnumerable<TrainingWarning> OfLayers(LayerHealth[] layers, int epoch, bool struggles)
    {
        if (layers.Length < 2 || layers[^1].GradientNorm is not > 0) yield break;
        double last = layers[^1].GradientNorm!.Value;
        double low = struggles ? HealthLimits.Vanishing : HealthLimits.VanishingAlways, high = struggles ? HealthLimits.Exploding : HealthLimits.ExplodingAlways;
        var first = layers[0];
        double share = first.GradientNorm!.Value / last;
        // Where nothing at all arrives, a layer between is dead or cut off on purpose, and says so itself.
        if (share > 0 && share < low)
            yield return new TrainingWarning(
                TrainingWarningKind.VanishingGradient, epoch, first.Layer, null, share, low,
                $"of the gradient at {layers[^1].Layer} only {Number(share)} arrives at {first.Layer}, {layers.Length - 1} layers with weights before it.",
                "Each layer on the way back multiplies the gradient by its weights and by the slope of its activation, and these factors are below 1 here.",
                "Take ReLU instead of sigmoid or tanh, He or Glorot initial weights, batch normalisation, residual connections, or fewer layers.");
        var worst = layers[..^1].MaxBy(layer => layer.GradientNorm)!;
        double growth = worst.GradientNorm!.Value / last;
        if (growth > high)
            yield return new TrainingWarning(
                TrainingWarningKind.ExplodingGradient, epoch, worst.Layer, null, growth, high,
                $"the gradient at {worst.Layer} is {Number(growth)} times that at {layers[^1].Layer}, where the way back begins.",
                "Each layer on the way back multiplies the gradient by its weights, and they are so large that it grows.",
                "Draw smaller initial weights (He or Glorot), clip the norm of the gradient, or take a smaller learning rate.");
    }

    private static IEnumerable<TrainingWarning> OfTime(RecurrentHealth network, int epoch, bool struggles)
    {
        string rate = Number(PerHop(network));
        if (struggles && network.Overall < HealthLimits.VanishingThroughTime)
        {
            int step = Beyond(network, product => product < HealthLimits.VanishingThroughTime);
            yield return new TrainingWarning(
                TrainingWarningKind.VanishingThroughTime, epoch, network.Layer, step, network.Overall, HealthLimits.VanishingThroughTime,
                $"one time step back multiplies the gradient by {rate}; less than {Number(HealthLimits.VanishingThroughTime)} of it is left at time step {step} of " +
                $"{network.TimeSteps}, and {Number(network.Overall)} at the first.",
                "Every time step multiplies the gradient by the recurrent weights and the slopes of the activations, and the product of so many small factors is nearly 0.",
                "Take an LSTM or a GRU, begin with orthogonal recurrent weights (of an LSTM with a forget bias of 1), or read shorter sequences.");
        }
        double high = struggles ? HealthLimits.ExplodingThroughTime : HealthLimits.ExplodingThroughTimeAlways;
        if (network.Overall > high)
        {
            int step = Beyond(network, product => product > high);
            yield return new TrainingWarning(
                TrainingWarningKind.ExplodingThroughTime, epoch, network.Layer, step, network.Overall, high,
                $"one time step back multiplies the gradient by {rate}; it has grown more than {Number(high)} times at time step {step} of " +
                $"{network.TimeSteps}, and {Number(network.Overall)} times at the first.",
                "Every time step multiplies the gradient by the recurrent weights, and they are so large that the product of so many factors explodes.",
                "Clip the norm of the gradient, draw smaller recurrent weights, or take a smaller learning rate.");
        }
    }

    /// <summary>The first time step, going back, at which the product of the factors is beyond a limit.</summary>
    private static int Beyond(RecurrentHealth network, Func<double, bool> isBeyond)
    {
        double product = 1;
        for (int hop = 0; hop < network.Factors.Count; hop++)
            if (isBeyond(product *= network.Factors[hop])) return network.TimeSteps - hop - 1;
        return 1;
    }

    /// <summary>The geometric mean of the factors.</summary>
    private static double PerHop(RecurrentHealth network) => Kernels.VectorMath.Power(network.Overall, 1.0 / network.Factors.Count);

    internal static string Number(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
