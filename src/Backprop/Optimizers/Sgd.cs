using System.Globalization;
using System.Numerics;
using Backprop.Kernels;
using Backprop.Tensors;

namespace Backprop.Optimizers
{
    /// <summary>Stochastic gradient descent: w ← w − η·g; with momentum v ← μ·v + g and w ← w − η·v.</summary>
    /// <remarks>
    /// Nesterov's variant looks ahead: w ← w − η·(g + μ·v). The first velocity is g. Where a text multiplies g by η before it adds it to the
    /// velocity, its velocity is −η times ours.
    /// Source: Sutskever et al., On the importance of initialization and momentum in deep learning (2013); the rules and defaults are PyTorch's.
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    public sealed class Sgd<T> : Optimizer<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        private const int Velocity = 0;

        /// <summary>Makes stochastic gradient descent.</summary>
        /// <param name="parameters">What it changes.</param>
        /// <param name="learningRate">η, per step, above 0; 0.01 to 0.3 suits most networks.</param>
        /// <param name="momentum">μ, 0 (none) up to but not including 1; 0.9 is usual.</param>
        /// <param name="nesterov">Whether to look ahead; needs a momentum.</param>
        /// <exception cref="ArgumentOutOfRangeException">The learning rate or the momentum is out of range.</exception>
        /// <exception cref="ArgumentException">Nesterov's variant is asked for without a momentum.</exception>
        public Sgd(ParameterList<T> parameters, double learningRate, double momentum = 0, bool nesterov = false)
            : base(parameters, learningRate, momentum == 0 ? [] : ["velocity"])
        {
            Momentum = momentum is >= 0 and < 1 ? momentum : throw new ArgumentOutOfRangeException(
                nameof(momentum), string.Create(CultureInfo.InvariantCulture, $"Sgd: momentum {momentum} came; it is 0 (none) up to but not including 1, usually 0.9."));
            Nesterov = !nesterov || momentum > 0 ? nesterov
                : throw new ArgumentException("Sgd: nesterov came without a momentum, and looks ahead by it; give one, usually 0.9.", nameof(nesterov));
        }

        /// <summary>μ; 0 where there is no momentum.</summary>
        public double Momentum { get; }

        /// <summary>Whether the update looks ahead.</summary>
        public bool Nesterov { get; }

        /// <inheritdoc/>
        public override string Type => "sgd";

        private protected override bool AdjustsItself => true;

        /// <inheritdoc/>
        public override string Formula =>
            Momentum == 0 ? "{w} ← {w} − η·{dw}" : "v ← μ·v + {dw}, {w} ← {w} − η·" + (Nesterov ? "({dw} + μ·v)" : "v");

        /// <inheritdoc/>
        protected override IReadOnlyList<(string Key, object Value)> OwnSettings => [("momentum", Momentum), ("nesterov", Nesterov)];

        /// <inheritdoc/>
        protected override string SymbolOf(string memory) => "v";

        /// <inheritdoc/>
        public override string WithNumbers(int parameter, int index, T? before, Func<T, string> number)
        {
            ArgumentNullException.ThrowIfNull(number);
            T w = before ?? Parameters[parameter].Values[index], g = SlopeAt(parameter, index, w), momentum = T.CreateTruncating(Momentum);
            string step = Operand(g, number);
            if (Momentum != 0)
            {
                T v = Remembered(Velocity, parameter, index);
                if (before is null) v = T.FusedMultiplyAdd(momentum, v, g);
                step = Nesterov ? $"({number(g)} + {number(momentum)}·{Operand(v, number)})" : Operand(v, number);
            }
            return $"{Decayed(parameter, w, number)} − {number(T.CreateTruncating(LearningRate))}·{step}";
        }

        /// <inheritdoc/>
        protected override void Update(int parameter, Span<T> values, ReadOnlySpan<T> gradient)
        {
            T rate = T.CreateTruncating(LearningRate);
            if (Momentum == 0) Updates.Sgd(values, gradient, rate, Work, Adjustment(parameter));
            else Updates.Momentum(values, gradient, Memory(Velocity, parameter), rate, T.CreateTruncating(Momentum), Nesterov, Work, Adjustment(parameter));
        }
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <inheritdoc cref="Optimizers.Sgd{T}(Tensors.ParameterList{T}, double, double, bool)"/>
        public static Optimizers.Sgd<T> Sgd(Tensors.ParameterList<T> parameters, double learningRate, double momentum = 0, bool nesterov = false) =>
            new(parameters, learningRate, momentum, nesterov);
    }
}
