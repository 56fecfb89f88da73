using System.Numerics;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Losses
{
    internal sealed class MultiClassHingeOp<T>(Tensor<T> scores, Indices target, double margin, Reduction reduction) : Operation<T>(scores)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly T margin = T.CreateTruncating(margin);

        private int Classes => scores.Shape[^1];

        private int Samples => target.Shape.Elements;

        private bool Divides => reduction == Reduction.Mean && Samples > 1;

        private T Divisor => Divides ? T.CreateTruncating(Samples) : T.One;

        private string Division => Divides ? $" / {Samples}" : "";

        public override Indices Indices => target;

        public override string Formula => $"Σ max(0, {{0}} − {{0}}[class] + {FormulaText.Of(double.CreateTruncating(margin))}){Division}";

        public override string GradientFormula(int input) => $"{{dy}} · ([1 over the margin] − [their number at the class]){Division}";

        protected override Shape InferShape()
        {
            RowsOfClasses.Check(Name, "scores", scores.Shape, target.Shape, reduction);
            return [];
        }

        protected internal override void Validate() => target.Check(Name, Classes);

        protected override void Forward()
        {
            T sum = T.Zero;
            for (int i = 0; i < scores.Length; i++)
                if (!IsClass(i)) sum += T.Max(T.Zero, Excess(i));
            Result[0] = sum / Divisor;
        }

        protected override void Backward()
        {
            if (!Wants(0)) return;
            var gradient = GradientOf(0);
            T factor = OutputGradient[0] / Divisor;
            for (int i = 0; i < gradient.Length; i++)                                     // ds (+)= dL/N·slope
            {
                T value = factor * T.CreateTruncating(Slope(i));
                gradient[i] = Accumulate(0) ? gradient[i] + value : value;
            }
        }

        public override IEnumerable<Term<T>> Terms(int input, int index)
        {
            var slope = Factor.Number(IsClass(index) ? "−number over the margin" : "over the margin", T.CreateTruncating(Slope(index)));
            var gradient = Factor.GradientOf(Output, 0);
            yield return (Divides ? new Term<T>(gradient, Factor.Number($"1/{Samples}", T.One / Divisor), slope) : new Term<T>(gradient, slope)) with
            {
                Zero = slope.Value == T.Zero ? new("within the margin") : null,
            };
        }

        public override string WithNumbers(int index, Func<T, string> number)
        {
            ArgumentNullException.ThrowIfNull(number);
            int[] others = [.. Enumerable.Range(0, scores.Length).Where(i => !IsClass(i))];
            if (others.Length == 0) return "0";
            string sum = Sum(others.Length, i => $"max(0, {number(scores.Values[others[i]])} − {number(scores.Values[OfClass(others[i])])} + {number(margin)})");
            return Divides ? $"{sum.AsFactor()}{Division}" : sum;
        }

        public override Tensor<T> Unfold(IReadOnlyList<Tensor<T>> inputs)
        {
            // At the class itself the excess is the margin: it is taken off again.
            var right = inputs[0].Pick(target).Reshape([Samples, 1]).Repeat(1, Classes);
            var excess = (inputs[0].Reshape([Samples, Classes]) - right.Reshape([Samples, Classes]) + double.CreateTruncating(margin)).Relu();
            var sum = excess.Sum() - double.CreateTruncating(margin) * Samples;
            return Divides ? sum / (double)Samples : sum;
        }

        private int OfClass(int index) => index / Classes * Classes + target.Values[index / Classes];

        private bool IsClass(int index) => index == OfClass(index);

        private T Excess(int index) => scores.Values[index] - scores.Values[OfClass(index)] + margin;

        /// <summary>1 for a class over the margin, minus their number for the right class.</summary>
        private int Slope(int index)
        {
            if (!IsClass(index)) return Excess(index) > T.Zero ? 1 : 0;
            int over = 0, first = index / Classes * Classes;
            for (int i = first; i < first + Classes; i++)
                if (i != index && Excess(i) > T.Zero) over--;
            return over;
        }
    }
}

namespace Backprop
{
    public static partial class Nn<T>
    {
        /// <summary>The hinge loss of classes, L = 1/N·Σ max(0, s_j − s_class + margin) over the wrong classes j: nothing where the right class leads by the
        /// margin.</summary>
        /// <param name="scores">s, any numbers; the highest one is the answer.</param>
        /// <param name="target">The right classes, from 0.</param>
        /// <param name="margin">By how much the right class must lead, finite and above 0.</param>
        /// <param name="reduction">Mean over samples and time, or Sum.</param>
        /// <remarks>
        /// Shapes: s [N, C] with target [N], or s [N, T, C] with target [N, T] → a single number [].
        /// Backward: ds_j = 1/N for each wrong class over the margin, ds_class = −(their number)/N; without N for Sum.
        /// PyTorch's multi_margin_loss divides by C as well; here, as in the source and in Stanford's CS231n, it does not.
        /// Source: Weston, Watkins, Support Vector Machines for Multi-Class Pattern Recognition (1999).
        /// </remarks>
        /// <exception cref="Tensors.ShapeException">There is not one class per row of scores, or the mean is over no sample.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A class is outside 0 … C − 1, or the margin is no number above 0.</exception>
        public static Tensors.Tensor<T> MultiClassHinge(
            Tensors.Tensor<T> scores, Tensors.Indices target, double margin = 1, Losses.Reduction reduction = Losses.Reduction.Mean)
        {
            ArgumentNullException.ThrowIfNull(target);
            if (!(margin > 0 && double.IsFinite(margin)))
                throw new ArgumentOutOfRangeException(nameof(margin), FormattableString.Invariant($"MultiClassHinge: margin {margin} came; it is a finite number above 0, usually 1."));
            return new Losses.MultiClassHingeOp<T>(scores, target, margin, reduction).Apply();
        }
    }
}
