using System.Numerics;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Optimizers
{
    /// <summary>Adagrad: each weight moves by its gradient over the root of the sum of all its squared gradients so far.</summary>
    /// <remarks>
    /// s ← s + g², w ← w − η·g/(√s + ε). What is seldom reached keeps large steps; all steps become smaller with time.
    /// Source: Duchi, Hazan, Singer, Adaptive Subgradient Methods for Online Learning and Stochastic Optimization (2011), figure 1; the defaults are
    /// PyTorch's.
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    public sealed class Adagrad<T> : Optimizer<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        private const int SquaredSum = 0;

        /// <summary>Makes Adagrad.</summary>
        /// <param name="parameters">What it changes.</param>
        /// <param name="learningRate">η, per step, above 0; 0.01 is usual.</param>
        /// <param name="epsilon">ε, keeps the quotient finite, above 0; outside the root.</param>
        /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
        public Adagrad(ParameterList<T> parameters, double learningRate = 0.01, double epsilon = 1e-10) : base(parameters, learningRate, "squaredSum") =>
            Epsilon = Setting.AboveZero<T>("Adagrad", nameof(epsilon), epsilon, 1e-10);

        /// <summary>ε.</summary>
        public double Epsilon { get; }

        /// <inheritdoc/>
        public override string Type => "adagrad";

        private protected override bool AdjustsItself => true;

        /// <inheritdoc/>
        public override string Formula => "s ← s + ({dw})², {w} ← {w} − η·{dw}/(√s + ε)";

        /// <inheritdoc/>
        protected override IReadOnlyList<(string Key, object Value)> OwnSettings => [("epsilon", Epsilon)];

        /// <inheritdoc/>
        protected override string SymbolOf(string memory) => "s";

        /// <inheritdoc/>
        public override string WithNumbers(int parameter, int index, T? before, Func<T, string> number)
        {
            ArgumentNullException.ThrowIfNull(number);
            T w = before ?? Parameters[parameter].Values[index], g = SlopeAt(parameter, index, w), s = Remembered(SquaredSum, parameter, index);
            if (before is null) s = T.FusedMultiplyAdd(g, g, s);
            return $"{Decayed(parameter, w, number)} − {number(T.CreateTruncating(LearningRate))}·{Operand(g, number)}" +
                $"/(√{number(s)} + {number(T.CreateTruncating(Epsilon))})";
        }

        /// <inheritdoc/>
        protected override void Update(int parameter, Span<T> values, ReadOnlySpan<T> gradient) => Updates.Adagrad(
            values, gradient, Memory(SquaredSum, parameter), T.CreateTruncating(LearningRate), T.CreateTruncating(Epsilon), Work, Adjustment(parameter));
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <inheritdoc cref="Optimizers.Adagrad{T}(Tensors.ParameterList{T}, double, double)"/>
        public static Optimizers.Adagrad<T> Adagrad(Tensors.ParameterList<T> parameters, double learningRate = 0.01, double epsilon = 1e-10) =>
            new(parameters, learningRate, epsilon);
    }
}
