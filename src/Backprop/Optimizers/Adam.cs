using System.Numerics;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Optimizers
{
    /// <summary>Adam: each weight moves by its mean gradient over the root of its mean squared gradient.</summary>
    /// <remarks>
    /// m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g², m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ), w ← w − η·m̂/(√v̂ + ε), where t counts the
    /// updates of that parameter.
    /// Source: Kingma, Ba, Adam: A Method for Stochastic Optimization (2015), algorithm 1; the defaults are PyTorch's.
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    public sealed class Adam<T> : Optimizer<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        private const int Mean = 0, SquaredMean = 1;
        private readonly (double Beta1, double Beta2)[] powers;

        /// <summary>Makes Adam.</summary>
        /// <param name="parameters">What it changes.</param>
        /// <param name="learningRate">η, per step, above 0; 0.001 suits most networks.</param>
        /// <param name="beta1">β₁, how much of the mean gradient stays: 0 up to but not including 1.</param>
        /// <param name="beta2">β₂, how much of the mean squared gradient stays: 0 up to but not including 1.</param>
        /// <param name="epsilon">ε, keeps the quotient finite, above 0; outside the root.</param>
        /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
        public Adam(ParameterList<T> parameters, double learningRate = 0.001, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8)
            : base(parameters, learningRate, "mean", "squaredMean")
        {
            Beta1 = Setting.Share("Adam", nameof(beta1), beta1, 0.9);
            Beta2 = Setting.Share("Adam", nameof(beta2), beta2, 0.999);
            Epsilon = Setting.AboveZero<T>("Adam", nameof(epsilon), epsilon, 1e-8);
            powers = new (double, double)[parameters.Count];
            powers.AsSpan().Fill((1, 1));
        }

        /// <summary>β₁.</summary>
        public double Beta1 { get; }

        /// <summary>β₂.</summary>
        public double Beta2 { get; }

        /// <summary>ε.</summary>
        public double Epsilon { get; }

        /// <inheritdoc/>
        public override string Type => "adam";

        private protected override bool AdjustsItself => true;

        /// <inheritdoc/>
        public override string Formula =>
            "m ← β₁·m + (1 − β₁)·{dw}, v ← β₂·v + (1 − β₂)·({dw})², m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ), {w} ← {w} − η·m̂/(√v̂ + ε)";

        /// <inheritdoc/>
        protected override IReadOnlyList<(string Key, object Value)> OwnSettings => [("beta1", Beta1), ("beta2", Beta2), ("epsilon", Epsilon)];

        /// <inheritdoc/>
        public override IReadOnlyList<OptimizerQuantity<T>> Quantities(int parameter)
        {
            T mean = T.CreateTruncating(1 - powers[parameter].Beta1), squaredMean = T.CreateTruncating(1 - powers[parameter].Beta2);
            T[] m = Memory(Mean, parameter).ToArray(), v = Memory(SquaredMean, parameter).ToArray();
            T[] corrected = [.. m.Select(value => value / mean)], corrected2 = [.. v.Select(value => value / squaredMean)];
            T rate = T.CreateTruncating(LearningRate), epsilon = T.CreateTruncating(Epsilon);
            return
            [
                new("m", "mean", m), new("v", "squaredMean", v), new("m̂", "correctedMean", corrected), new("v̂", "correctedSquaredMean", corrected2),
                new("η·m̂/(√v̂ + ε)", "step", [.. corrected.Zip(corrected2, (own, square) => rate * own / (T.Sqrt(square) + epsilon))]),
            ];
        }

        /// <inheritdoc/>
        public override string WithNumbers(int parameter, int index, T? before, Func<T, string> number)
        {
            ArgumentNullException.ThrowIfNull(number);
            T w = before ?? Parameters[parameter].Values[index], g = SlopeAt(parameter, index, w), m = Remembered(Mean, parameter, index), v = Remembered(SquaredMean, parameter, index);
            var (beta1, beta2) = powers[parameter];
            if (before is null)
            {
                (beta1, beta2) = (beta1 * Beta1, beta2 * Beta2);
                m = T.CreateTruncating(Beta1) * m + T.CreateTruncating(1 - Beta1) * g;
                v = T.CreateTruncating(Beta2) * v + T.CreateTruncating(1 - Beta2) * g * g;
            }
            T corrected = m / T.CreateTruncating(1 - beta1), corrected2 = v / T.CreateTruncating(1 - beta2);
            return $"{Decayed(parameter, w, number)} − {number(T.CreateTruncating(LearningRate))}·{Operand(corrected, number)}" +
                $"/(√{number(corrected2)} + {number(T.CreateTruncating(Epsilon))})";
        }

        /// <inheritdoc/>
        protected override void Update(int parameter, Span<T> values, ReadOnlySpan<T> gradient)
        {
            NextPowers(parameter);
            var (beta1, beta2) = powers[parameter];
            var factors = new AdamFactors<T>(
                T.CreateTruncating(Beta1), T.CreateTruncating(1 - Beta1), T.CreateTruncating(Beta2), T.CreateTruncating(1 - Beta2),
                T.CreateTruncating(LearningRate / (1 - beta1)), T.CreateTruncating(1 / double.Sqrt(1 - beta2)), T.CreateTruncating(Epsilon));
            Updates.Adam(values, gradient, Memory(Mean, parameter), Memory(SquaredMean, parameter), factors, Work, Adjustment(parameter));
        }

        /// <inheritdoc/>
        protected override void Restore(int parameter, long updates)
        {
            powers[parameter] = (1, 1);
            for (long t = 0; t < updates && powers[parameter] != (0, 0); t++) NextPowers(parameter);
        }

        /// <summary>β₁ᵗ and β₂ᵗ are running products: a power function gives other bits on other machines. A denormal one is as good as 0.</summary>
        private void NextPowers(int parameter)
        {
            var (beta1, beta2) = powers[parameter];
            powers[parameter] = (Next(beta1, Beta1), Next(beta2, Beta2));

            static double Next(double power, double beta) => power * beta is var next && next < 1e-300 ? 0 : next;
        }
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <inheritdoc cref="Optimizers.Adam{T}(Tensors.ParameterList{T}, double, double, double, double)"/>
        public static Optimizers.Adam<T> Adam(
            Tensors.ParameterList<T> parameters, double learningRate = 0.001, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8) =>
            new(parameters, learningRate, beta1, beta2, epsilon);

        /// <summary>Adam with decoupled weight decay: before each step a weight shrinks by η·weightDecay, whatever its gradient.</summary>
        /// <param name="parameters">What it changes; biases and other vectors do not decay, see Penalizes.</param>
        /// <param name="learningRate">η, per step, above 0; 0.001 suits most networks.</param>
        /// <param name="weightDecay">0 or more; 0.01 is usual.</param>
        /// <param name="beta1">β₁, how much of the mean gradient stays: 0 up to but not including 1.</param>
        /// <param name="beta2">β₂, how much of the mean squared gradient stays: 0 up to but not including 1.</param>
        /// <param name="epsilon">ε, keeps the quotient finite, above 0; outside the root.</param>
        /// <remarks>Source: Loshchilov, Hutter, Decoupled Weight Decay Regularization (2019), algorithm 2; the rule and the defaults are PyTorch's.</remarks>
        /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
        public static Optimizers.Adam<T> AdamW(
            Tensors.ParameterList<T> parameters, double learningRate = 0.001, double weightDecay = 0.01, double beta1 = 0.9, double beta2 = 0.999,
            double epsilon = 1e-8) => new(parameters, learningRate, beta1, beta2, epsilon) { WeightDecay = weightDecay };
    }
}
