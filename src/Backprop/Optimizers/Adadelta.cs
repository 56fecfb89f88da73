using System.Numerics;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Optimizers
{
    /// <summary>Adadelta: each weight moves by its gradient times the root of its mean squared step over the root of its mean squared gradient, so that
    /// the step has the unit of the weight and needs no learning rate.</summary>
    /// <remarks>
    /// s ← ρ·s + (1 − ρ)·g², d = g·√(u + ε)/√(s + ε), u ← ρ·u + (1 − ρ)·d², w ← w − η·d. The first steps are small, about √ε.
    /// Source: Zeiler, ADADELTA: An Adaptive Learning Rate Method (2012), algorithm 1; the rule and the defaults are PyTorch's.
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    public sealed class Adadelta<T> : Optimizer<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        private const int SquaredMean = 0, SquaredStep = 1;

        /// <summary>Makes Adadelta.</summary>
        /// <param name="parameters">What it changes.</param>
        /// <param name="learningRate">η, a factor of the step, above 0; 1 is the published rule.</param>
        /// <param name="rho">ρ, how much of the means stays: 0 up to but not including 1.</param>
        /// <param name="epsilon">ε, above 0, inside both roots: it sets the size of the first steps.</param>
        /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
        public Adadelta(ParameterList<T> parameters, double learningRate = 1, double rho = 0.9, double epsilon = 1e-6)
            : base(parameters, learningRate, "squaredMean", "squaredStep")
        {
            Rho = Setting.Share("Adadelta", nameof(rho), rho, 0.9);
            Epsilon = Setting.AboveZero<T>("Adadelta", nameof(epsilon), epsilon, 1e-6);
        }

        /// <summary>ρ.</summary>
        public double Rho { get; }

        /// <summary>ε.</summary>
        public double Epsilon { get; }

        /// <inheritdoc/>
        public override string Type => "adadelta";

        private protected override bool AdjustsItself => true;

        /// <inheritdoc/>
        public override string Formula =>
            "s ← ρ·s + (1 − ρ)·({dw})², d = {dw}·√(u + ε)/√(s + ε), u ← ρ·u + (1 − ρ)·d², {w} ← {w} − η·d";

        /// <inheritdoc/>
        protected override IReadOnlyList<(string Key, object Value)> OwnSettings => [("rho", Rho), ("epsilon", Epsilon)];

        /// <inheritdoc/>
        protected override string SymbolOf(string memory) => memory == "squaredMean" ? "s" : "u";

        /// <inheritdoc/>
        public override string WithNumbers(int parameter, int index, T? before, Func<T, string> number)
        {
            ArgumentNullException.ThrowIfNull(number);
            T w = before ?? Parameters[parameter].Values[index], g = SlopeAt(parameter, index, w), epsilon = T.CreateTruncating(Epsilon);
            T s = Remembered(SquaredMean, parameter, index), u = Remembered(SquaredStep, parameter, index);
            string start = $"{Decayed(parameter, w, number)} − {number(T.CreateTruncating(LearningRate))}·";
            if (before is null) s = T.FusedMultiplyAdd(T.CreateTruncating(1 - Rho) * g, g, T.CreateTruncating(Rho) * s);
            else u = Before(u, g, s, epsilon);
            return $"{start}{Operand(g, number)}·√({number(u)} + {number(epsilon)})/√({number(s)} + {number(epsilon)})";
        }

        /// <summary>The mean squared step before the update that left u: u = ρ·u₀ + (1 − ρ)·g²·(u₀ + ε)/(s + ε), solved for u₀.</summary>
        private T Before(T u, T g, T s, T epsilon)
        {
            T share = T.CreateTruncating(1 - Rho) * g * g / (s + epsilon), divisor = T.CreateTruncating(Rho) + share;
            return divisor > T.Zero ? T.Max(T.Zero, (u - share * epsilon) / divisor) : T.Zero;
        }

        /// <inheritdoc/>
        protected override void Update(int parameter, Span<T> values, ReadOnlySpan<T> gradient)
        {
            var factors = new AdadeltaFactors<T>(
                T.CreateTruncating(Rho), T.CreateTruncating(1 - Rho), T.CreateTruncating(LearningRate), T.CreateTruncating(Epsilon));
            Updates.Adadelta(values, gradient, Memory(SquaredMean, parameter), Memory(SquaredStep, parameter), factors, Work, Adjustment(parameter));
        }
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <inheritdoc cref="Optimizers.Adadelta{T}(Tensors.ParameterList{T}, double, double, double)"/>
        public static Optimizers.Adadelta<T> Adadelta(
            Tensors.ParameterList<T> parameters, double learningRate = 1, double rho = 0.9, double epsilon = 1e-6) =>
            new(parameters, learningRate, rho, epsilon);
    }
}
