using System.Numerics;
using Backprop.Kernels;

namespace Backprop.Explaining;

/// <summary>What becomes of a gradient on its way back through time.</summary>
public enum FlowKind
{
    /// <summary>It neither vanishes nor explodes.</summary>
    Neither,

    /// <summary>Less than a tenth of it is left at the end of the way back.</summary>
    Vanishing,

    /// <summary>More than ten times as much arrives at the end of the way back.</summary>
    Exploding,

    /// <summary>None flows from a time step to the one before: there is one time step only, or no gradient.</summary>
    None,

    /// <summary>It has numbers that are not finite.</summary>
    NotFinite,
}

/// <summary>How the norm of a gradient changes from time step to time step on its way back.</summary>
/// <remarks>
/// One time step multiplies it by ‖part of ∂L/∂h_t that arrives from t + 1‖ / ‖∂L/∂h_(t+1)‖. The mean over the time steps is the geometric one, so where
/// only the last state is read it is the root of ‖∂L/∂h_1‖ / ‖∂L/∂h_T‖. A network with cells is measured on ∂L/∂c_t, which carries its gradient, and what
/// arrives there comes by the forget gate and by h_t.
/// The verdict is on the whole way, the product of these factors: below 0.1 is called vanishing, above 10 exploding. So 2 time steps of 0.89 are neither, and
/// 100 of 0.92, which leave a four-thousandth, vanish.
/// Source: Bengio, Simard, Frasconi, Learning Long-Term Dependencies with Gradient Descent is Difficult (1994); Pascanu, Mikolov, Bengio, On the Difficulty of
/// Training Recurrent Neural Networks (2013), §2: a product of as many Jacobians as time steps shrinks or grows exponentially, by a factor below or above 1.
/// How far from 1 deserves the word they do not say: a power of ten either way is a choice made here.
/// </remarks>
/// <param name="Kind">The verdict.</param>
/// <param name="PerTimeStep">By what one time step multiplies the norm on average.</param>
/// <param name="Overall">By what all of them together multiply it.</param>
/// <param name="From">The state that the way back begins at: <c>h_3</c>.</param>
/// <param name="To">The state that it ends at: <c>h_1</c>.</param>
public sealed record GradientFlow(FlowKind Kind, double PerTimeStep, double Overall, string From, string To)
{
    /// <summary>A gradient vanishes where <see cref="Overall"/> is below it.</summary>
    public const double VanishingBelow = 0.1;

    /// <summary>A gradient explodes where <see cref="Overall"/> is above it.</summary>
    public const double ExplodingAbove = 10;

    private const int Digits = 3;

    /// <summary>The verdict in a plain sentence.</summary>
    public string Conclusion => Kind switch
    {
        FlowKind.None => "Nothing flows back through time here: no gradient goes from a time step to the one before.",
        FlowKind.NotFinite => "The gradient has numbers that are not finite: nothing can be said of its way back.",
        FlowKind.Vanishing when Overall == 0 => $"Vanishing: of the gradient at {From} nothing at all arrives at {To}.",
        _ => $"{Word}: one time step back multiplies the gradient's norm by {NumberText.Of(PerTimeStep, Digits)} on average, the whole way from {From} to {To} " +
            $"by {NumberText.Of(Overall, Digits)}.",
    };

    private string Word => Kind == FlowKind.Neither ? "Neither vanishing nor exploding" : Kind.ToString();

    /// <summary>Follows a gradient back.</summary>
    /// <param name="states">The gradients of what carries it, h_t or c_t, t = 1 … T.</param>
    /// <param name="arriving">Says of a state what arrives at it from the time step behind it.</param>
    internal static GradientFlow Of<T>(IReadOnlyList<StateGradient<T>> states, Func<int, IReadOnlyList<T>> arriving) where T : unmanaged, IFloatingPointIeee754<T>
    {
        double sum = 0;
        int hops = 0, first = 0;
        for (int t = states.Count - 1; t >= 1; t--)
        {
            double before = states[t].TotalNorm;
            // Where nothing is, nothing can be lost.
            if (before == 0) continue;
            if (hops++ == 0) first = t;
            double factor = Norm.Of(arriving(t - 1)) / before;
            if (!double.IsFinite(factor)) return new(FlowKind.NotFinite, double.NaN, double.NaN, states[first].Symbol, states[0].Symbol);
            sum += factor == 0 ? double.NegativeInfinity : VectorMath.Log(factor);
        }
        if (hops == 0) return new(FlowKind.None, double.NaN, double.NaN, states[^1].Symbol, states[0].Symbol);
        double overall = VectorMath.Exp(sum);
        var kind = overall < VanishingBelow ? FlowKind.Vanishing : overall > ExplodingAbove ? FlowKind.Exploding : FlowKind.Neither;
        return new(kind, VectorMath.Exp(sum / hops), overall, states[first].Symbol, states[0].Symbol);
    }
}
