using System.Numerics;
using Backprop.Explaining;
using Backprop.Optimizers;
using Backprop.Tensors;

namespace Backprop.Cli.Explain;

/// <summary>What trains, by which rule and settings, in a line of a heading.</summary>
internal static class OptimizerText
{
    /// <summary>The rule and all of its settings in the letters of its formula; what is off is left out: <c>adam, η 0.1, β₁ 0.9, β₂ 0.999, ε 1e-8</c>.</summary>
    public static string Of<T>(Optimizer<T> optimizer) where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Adam whose weights decay beside the gradient is AdamW.
        string type = optimizer is Adam<T> { WeightDecay: > 0 } ? "adamw" : optimizer.Type;
        var settings = optimizer.Settings.Where(setting => setting.Value is not (0.0 or false))
            .Select(setting => setting.Value is double number ? $"{Symbol(setting.Key)} {NumberText.Of(number)}" : setting.Key);
        return string.Join(", ", [type, $"η {NumberText.Of(optimizer.LearningRate)}", .. settings]);
    }

    /// <summary>How many weights and biases there are, and what a layer gathers beside them: <c>19 parameters, 6 running statistics</c>.</summary>
    public static string Counts<T>(ParameterList<T> parameters) where T : unmanaged, IFloatingPointIeee754<T>
    {
        long all = parameters.Elements, running = 0, kept = 0;
        for (int i = 0; i < parameters.Count; i++)
            if (parameters[i].Trainable) continue;
            else if (parameters.Names[i].Contains("running", StringComparison.Ordinal)) running += parameters[i].Length;
            else kept += parameters[i].Length;
        string statistics = running > 0 ? FormattableString.Invariant($", {running:N0} running statistics") : "";
        string untrained = kept > 0 ? FormattableString.Invariant($", {kept:N0} of them not trained") : "";
        return FormattableString.Invariant($"{all - running:N0} {(all - running == 1 ? "parameter" : "parameters")}{untrained}{statistics}");
    }

    private static string Symbol(string setting) => setting switch
    {
        "momentum" => "μ",
        "beta1" => "β₁",
        "beta2" => "β₂",
        "epsilon" => "ε",
        "alpha" => "α",
        "rho" => "ρ",
        "weightDecay" => "λ",
        "l1" => "λ₁",
        "l2" => "λ₂",
        "maxGradient" => "gradients up to",
        "maxGradientNorm" => "norm of the gradients up to",
        _ => setting,
    };
}
