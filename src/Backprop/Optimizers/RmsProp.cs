using System.Numerics;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Optimizers
{
    /// <summary>RMSprop: each weight moves by its gradient over the root of its mean squared gradient.</summary>
    /// <remarks>
    /// s ← α·s + (1 − α)·g², w ← w − η·g/(√s + ε); with momentum v ← μ·v + g/(√s + ε), w ← w − η·v. s begins at 0 and is not corrected for that,
    /// so that the first steps are large: η/√(1 − α) at the first.
    /// Source: Tieleman, Hinton, Lecture 6.5 of Neural Networks for Machine Learning (2012); the rules and the defaults are PyTorch's.
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    public sealed class RmsProp<T> : Optimizer<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        private const int SquaredMean = 0, Velocity = 1;

        /// <summary>Makes RMSprop.</summary>
        /// <param name="parameters">What it changes.</param>
        /// <param name="learningRate">η, per step, above 0; 0.01 down to 0.001 suits most networks.</param>
        /// <param name="alpha">α, how much of the mean squared gradient stays: 0 up to but not including 1.</param>
        /// <param name="momentum">μ, 0 (none) up to but not including 1.</param>
        /// <param name="epsilon">ε, keeps the quotient finite, above 0; outside the root.</param>
        /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
        public RmsProp(ParameterList<T> parameters, double learningRate = 0.01, double alpha = 0.99, double momentum = 0, double epsilon = 1e-8)
            : base(parameters, learningRate, momentum == 0 ? ["squaredMean"] : ["squaredMean", "velocity"])
        {
            Alpha = Setting.Share("RmsProp", nameof(alpha), alpha, 0.99);
            Momentum = Setting.Share("RmsProp", nameof(momentum), momentum, 0);
            Epsilon = Setting.AboveZero<T>("RmsProp", nameof(epsilon), epsilon, 1e-8);
        }

        /// <summary>α.</summary>
        public double Alpha { get; }

        /// <summary>μ; 0 where there is no momentum.</summary>
        public double Momentum { get; }

        /// <summary>ε.</summary>
        public double Epsilon { get; }

        /// <inheritdoc/>
        public override string Type => "rmsprop";

        private protected override bool AdjustsItself => true;

        /// <inheritdoc/>
        public override string Formula => "s ← α·s + (1 − α)·({dw})², " +
            (Momentum == 0 ? "{w} ← {w} − η·{dw}/(√s + ε)" : "v ← μ·v + {dw}/(√s + ε), {w} ← {w} − η·v");

        /// <inheritdoc/>
        protected override IReadOnlyList<(string Key, object Value)> OwnSettings => [("alpha", Alpha), ("momentum", Momentum), ("epsilon", Epsilon)];

        /// <inheritdoc/>
        protected override string SymbolOf(string memory) => memory == "squaredMean" ? "s" : "v";

        /// <inheritdoc/>
        public override string WithNumbers(int parameter, int index, T? before, Func<T, string> number)
        {
            ArgumentNullException.ThrowIfNull(number);
            T w = before ?? Parameters[parameter].Values[index], g = SlopeAt(parameter, index, w), s = Remembered(SquaredMean, parameter, index);
            T epsilon = T.CreateTruncating(Epsilon);
            if (before is null) s = T.FusedMultiplyAdd(T.CreateTruncating(1 - Alpha) * g, g, T.CreateTruncating(Alpha) * s);
            string start = $"{Decayed(parameter, w, number)} − {number(T.CreateTruncating(LearningRate))}·";
            if (Momentum == 0) return $"{start}{Operand(g, number)}/(√{number(s)} + {number(epsilon)})";
            T v = Remembered(Velocity, parameter, index);
            return start + Operand(before is null ? T.FusedMultiplyAdd(T.CreateTruncating(Momentum), v, g / (T.Sqrt(s) + epsilon)) : v, number);
        }

        /// <inheritdoc/>
        protected override void Update(int parameter, Span<T> values, ReadOnlySpan<T> gradient)
        {
            var factors = new RmsPropFactors<T>(
                T.CreateTruncating(Alpha), T.CreateTruncating(1 - Alpha), T.CreateTruncating(LearningRate), T.CreateTruncating(Epsilon));
            var squares = Memory(SquaredMean, parameter);
            var adjustment = Adjustment(parameter);
            if (Momentum == 0) Updates.RmsProp(values, gradient, squares, factors, Work, adjustment);
            else Updates.RmsPropWithMomentum(values, gradient, squares, Memory(Velocity, parameter), factors, T.CreateTruncating(Momentum), Work, adjustment);
        }
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <inheritdoc cref="Optimizers.RmsProp{T}(Tensors.ParameterList{T}, double, double, double, double)"/>
        public static Optimizers.RmsProp<T> RmsProp(
            Tensors.ParameterList<T> parameters, double learningRate = 0.01, double alpha = 0.99, double momentum = 0, double epsilon = 1e-8) =>
            new(parameters, learningRate, alpha, momentum, epsilon);
    }
}
