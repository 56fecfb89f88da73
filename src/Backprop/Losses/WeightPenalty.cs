using System.Numerics;
using Backprop.Kernels;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Losses
{
    internal sealed class WeightPenaltyOp<T>(double lambda, Tensor<T>[] weights) : Operation<T>(weights) where T : unmanaged, IFloatingPointIeee754<T>
    {
        private string Letter => FormulaText.Of(lambda);

        private T Lambda => T.CreateTruncating(lambda);

        public override string Formula => $"½·{Letter}·{(weights.Length == 1 ? Squares(0) : $"({string.Join(" + ", Enumerable.Range(0, weights.Length).Select(Squares))})")}";

        public override string GradientFormula(int input) => $"{{dy}} · {Letter}·{{{input}}}";

        private static string Squares(int input) => $"Σ {{{input}}}²";

        protected override Shape InferShape() => [];

        protected override void Forward()
        {
            T sum = T.Zero;
            foreach (var weight in weights) sum += Reduce.SumOfSquares(weight.Values);
            Result[0] = T.CreateTruncating(0.5) * Lambda * sum;
        }

        protected override void Backward()
        {
            T factor = OutputGradient[0] * Lambda;
            for (int i = 0; i < weights.Length; i++)
                if (Wants(i)) Elementwise.Scale(factor, weights[i].Values, GradientOf(i), Accumulate(i), Work);   // dW (+)= dL·λ·W
        }

        public override IEnumerable<Term<T>> Terms(int input, int index)
        {
            yield return new Term<T>(Factor.GradientOf(Output, 0), Factor.Number("λ", Lambda), Factor.Of(weights[input], index));
        }

        public override string WithNumbers(int index, Func<T, string> number)
        {
            var values = weights.SelectMany(weight => weight.Values.ToArray()).ToArray();
            return $"½·{number(Lambda)}·({Sum(values.Length, i => $"{number(values[i])}²")})";
        }

        public override Tensor<T> Unfold(IReadOnlyList<Tensor<T>> inputs)
        {
            var sum = inputs[0].Square().Sum();
            foreach (var input in inputs.Skip(1)) sum += input.Square().Sum();
            return sum.Scale(lambda / 2);
        }
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <summary>A penalty on large weights, R = ½·λ·Σ w² over all of them: a part of the loss, to be added to that of the data.</summary>
        /// <param name="lambda">λ, 0 or more; 0.0001 to 0.01 is usual.</param>
        /// <param name="weights">The weights, one tensor or more; biases are usually left out.</param>
        /// <remarks>
        /// <para>Shapes: any → a single number [].</para>
        /// <para>Backward: dW = λ·W. The setting L2 of an optimizer makes the same step and leaves the loss as it is.</para>
        /// <para>Source: Krogh, Hertz, A Simple Weight Decay Can Improve Generalization (1992), equation 2.</para>
        /// </remarks>
        /// <exception cref="ArgumentOutOfRangeException">λ is negative or not finite.</exception>
        /// <exception cref="ArgumentException">There is no weight.</exception>
        public static Tensors.Tensor<T> WeightPenalty(double lambda, params Tensors.Tensor<T>[] weights)
        {
            ArgumentNullException.ThrowIfNull(weights);
            if (!(lambda >= 0 && double.IsFinite(lambda)))
                throw new ArgumentOutOfRangeException(
                    nameof(lambda), FormattableString.Invariant($"WeightPenalty: λ {lambda} came; it is 0 (none) or a finite number above it, usually 0.001."));
            if (weights.Length == 0) throw new ArgumentException("WeightPenalty: no weight came, at least one is needed.", nameof(weights));
            return new Losses.WeightPenaltyOp<T>(lambda, [.. weights]).Apply();
        }
    }
}
