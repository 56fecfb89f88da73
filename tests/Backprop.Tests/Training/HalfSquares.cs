using Backprop.Tensors;

namespace Backprop.Tests.Training;

/// <summary>½ Σ (y − t)², for tests of the loop that need no loss of the library; counts how often it was applied, which a replay does not do.</summary>
internal sealed class HalfSquares
{
    public int Applied { get; private set; }

    public Tensor<double> Loss(Tensor<double> y, Tensor<double> t)
    {
        Applied++;
        return new Op(y, t).Apply();
    }

    private sealed class Op(Tensor<double> y, Tensor<double> t) : Operation<double>(y, t)
    {
        public override string Formula => "½ Σ ({0} − {1})²";

        public override string GradientFormula(int input) => "{dy}·({0} − {1})";

        protected override Shape InferShape() => [];

        protected override void Forward()
        {
            double sum = 0;
            for (int i = 0; i < y.Length; i++) sum += 0.5 * (y.Values[i] - t.Values[i]) * (y.Values[i] - t.Values[i]);
            Result[0] = sum;
        }

        protected override void Backward()
        {
            if (!Wants(0)) return;
            for (int i = 0; i < y.Length; i++)
            {
                double share = OutputGradient[0] * (y.Values[i] - t.Values[i]);
                if (Accumulate(0)) GradientOf(0)[i] += share;
                else GradientOf(0)[i] = share;
            }
        }

        public override IEnumerable<Term<double>> Terms(int input, int index) => [];

        public override string WithNumbers(int index, Func<double, string> number) => "";
    }
}
