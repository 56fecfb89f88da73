using Backprop.Checking;
using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Checking;

/// <summary>The check itself, checked: planted faults are found, right gradients are never called wrong.</summary>
public class GradientCheckTests
{
    /// <summary>A function of one element with whatever derivative the test plants.</summary>
    private sealed class PlantedOp(Tensor<double> x, Func<double, double> value, Func<double, int, double> derivative) : Operation<double>(x)
    {
        public override string Formula => "f({0})";

        public override string GradientFormula(int input) => "{dy}·f′({0})";

        protected override Shape InferShape() => x.Shape;

        protected override void Forward()
        {
            for (int i = 0; i < x.Length; i++) Result[i] = value(x.Values[i]);
        }

        protected override void Backward()
        {
            for (int i = 0; i < x.Length; i++)
                GradientOf(0)[i] = OutputGradient[i] * derivative(x.Values[i], i) + (Accumulate(0) ? GradientOf(0)[i] : 0);
        }

        public override IEnumerable<Term<double>> Terms(int input, int index) => [];

        public override string WithNumbers(int index, Func<double, string> number) => "";
    }

    private static GradientReport Check(Func<double, double> value, Func<double, int, double> derivative, params double[] at)
    {
        var x = new Parameter<double>([at.Length], at, "x");
        return GradientCheck.Of(() => new PlantedOp(x, value, derivative).Apply(), [x]);
    }

    [Fact]
    public void A_right_gradient_is_right()
    {
        var report = Check(x => x * x * x, (x, _) => 3 * x * x, 0.5, -2, 7);
        Assert.Equal(Verdict.Right, report.Verdict);
        Assert.StartsWith("3 of 3 parameters right, worst relative error ", report.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2.001 / 2)]
    [InlineData(-1)]
    [InlineData(0.5)]
    [InlineData(2)]
    [InlineData(0)]
    [InlineData(1.0002)]
    [InlineData(double.NaN)]
    public void A_wrong_factor_is_found(double factor)
    {
        var report = Check(x => x * x, (x, _) => factor * 2 * x, 0.5, -2, 7);
        Assert.Equal(Verdict.Wrong, report.Verdict);
        Assert.Equal("x", report.Worst!.Name);
    }

    [Fact]
    public void The_worst_entry_is_named()
    {
        var report = Check(x => x * x, (x, i) => i == 1 ? 3 * x : 2 * x, 0.5, -2, 7);
        Assert.Equal(1, report.Worst!.Worst.Index);
        Assert.Contains("x[1]: wrong, gradient ", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_transpose_that_does_not_turn_back_is_found()
    {
        var x = new Parameter<double>([2, 2], [1, 2, 3, 4], "x");
        var report = GradientCheck.Of(() => new UnturnedOp(x).Apply(), [x]);
        Assert.Equal(Verdict.Wrong, report.Verdict);
    }

    private sealed class UnturnedOp(Tensor<double> x) : Operation<double>(x)
    {
        public override string Formula => "{0}ᵀ";

        public override string GradientFormula(int input) => "{dy}";

        protected override Shape InferShape() => x.Shape;

        protected override void Forward() => (Result[0], Result[1], Result[2], Result[3]) = (x.Values[0], x.Values[2], x.Values[1], x.Values[3]);

        protected override void Backward() => OutputGradient.CopyTo(GradientOf(0));

        public override IEnumerable<Term<double>> Terms(int input, int index) => [];

        public override string WithNumbers(int index, Func<double, string> number) => "";
    }

    [Fact]
    public void An_error_between_right_and_wrong_cannot_be_told()
    {
        var report = Check(x => x * x, (x, _) => 2 * x * (1 + 1e-5), 0.5, -2);
        Assert.Equal(Verdict.CannotTell, report.Verdict);
        Assert.Contains("between right (1e-6) and wrong (1e-4)", report.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e-7)]
    public void A_kink_cannot_be_told(double x)
    {
        var report = Check(v => Math.Max(v, 0), (v, _) => v > 0 ? 1 : 0, x);
        Assert.Equal(Verdict.CannotTell, report.Verdict);
        Assert.Contains("a kink", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Beside_a_kink_a_smaller_step_decides()
    {
        Assert.Equal(Verdict.Right, Check(v => Math.Max(v, 0), (v, _) => v > 0 ? 1 : 0, -3e-6).Verdict);
        Assert.NotEqual(Verdict.Right, Check(v => Math.Max(v, 0), (v, _) => 1, -3e-6).Verdict);
    }

    [Fact]
    public void Tiny_entries_beside_large_ones_are_not_called_wrong()
    {
        var report = Check(v => v > 5 ? 1e6 * v * v : 1e-7 * Math.Tanh(v), (v, _) => v > 5 ? 2e6 * v : 1e-7 * (1 - Math.Tanh(v) * Math.Tanh(v)), 0.3, 10, -0.7, 12);
        Assert.NotEqual(Verdict.Wrong, report.Verdict);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Steep_and_flat_functions_are_not_called_wrong(int kind)
    {
        Func<double, double> f = kind switch { 1 => v => Math.Exp(30 * v), 2 => v => Math.Sin(50 * v), _ => v => 1 / (1 + Math.Exp(-v)) };
        Func<double, int, double> d = kind switch
        {
            1 => (v, _) => 30 * Math.Exp(30 * v),
            2 => (v, _) => 50 * Math.Cos(50 * v),
            _ => (v, _) => Math.Exp(-v) / ((1 + Math.Exp(-v)) * (1 + Math.Exp(-v))),
        };
        Assert.Equal(Verdict.Right, Check(f, d, 0.1, 0.7, -0.3, kind == 3 ? 17 : 1).Verdict);
    }

    [Fact]
    public void A_parameter_that_no_gradient_reaches_is_wrong_where_the_output_depends_on_it()
    {
        var (a, b) = (new Parameter<double>([2], [2, 3], "a"), new Parameter<double>([2], [5, 7], "b"));
        var report = GradientCheck.Of(() => a * b.Detach(), [a, b]);
        Assert.Equal(Verdict.Wrong, report.Verdict);
        Assert.Equal("b", report.Worst!.Name);
        Assert.Equal(4, report.Checked);
        Assert.Contains("(no gradient reaches it)", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_that_the_output_does_not_depend_on_is_right()
    {
        var (a, b) = (new Parameter<double>([2], [2, 3], "a"), new Parameter<double>([2], [5, 7], "b"));
        var report = GradientCheck.Of(() => a.Square(), [a, b]);
        Assert.Equal(Verdict.Right, report.Verdict);
        Assert.StartsWith("4 of 4 parameters right", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_frozen_parameter_is_not_checked()
    {
        var (a, b) = (new Parameter<double>([2], [2, 3], "a"), new Parameter<double>([2], [5, 7], "b") { Trainable = false });
        var report = GradientCheck.Of(() => a * b, [a, b]);
        Assert.Equal(Verdict.Right, report.Verdict);
        Assert.Equal(["a"], report.Parameters.Select(parameter => parameter.Name));
    }

    [Fact]
    public void A_gradient_that_is_0_but_for_rounding_is_right()
    {
        // A bias before a batch normalisation changes nothing.
        for (int seed = 0; seed < 20; seed++)
        {
            var model = Sequential(Linear(2, 3, new Random(seed)), BatchNorm1d(3), Tanh(), Linear(3, 1, new Random(seed + 100)));
            var (x, y) = (Tensor([4, 2], 1, 0.2, 0.4, 1.1, 0.3, -0.7, 2, 0.1), Tensor([4, 1], 1, 0, 0.5, 3));
            using var tape = Record(model.Parameters, x, y);
            var report = GradientCheck.Of(tape, MeanSquaredError(model.Forward(x), y));
            Assert.True(report.Verdict == Verdict.Right, $"seed {seed}: {report}");
        }
    }

    [Fact]
    public void A_gradient_of_0_that_belongs_there_is_wrong()
    {
        var report = Check(x => 1e-3 * x, (_, i) => i == 0 ? 1e-17 : 1e-3, 0.5, 2);
        Assert.Equal(Verdict.Wrong, report.Verdict);
    }

    [Fact]
    public void A_gradient_below_what_rounding_of_the_output_makes_of_a_difference_cannot_be_told()
    {
        // The step is 6e-6: 1e6 is rounded to 1e-10, so that differences are known to about 1e-5 only, and are exactly 0 here.
        var report = Check(x => 1e6 + 1e-9 * x, (_, _) => 1e-9, 0.5);
        Assert.Equal(Verdict.CannotTell, report.Verdict);
        Assert.Equal(0, report.Worst!.Worst.Numeric);
        Assert.Equal(Verdict.Wrong, Check(x => 1e6 + x, (_, _) => 1.01, 0.5).Verdict);
    }

    [Theory]
    [InlineData(25)]
    [InlineData(28)]
    [InlineData(30)]
    [InlineData(33)]
    [InlineData(36)]
    [InlineData(37)]
    [InlineData(38)]
    [InlineData(1000)]
    public void A_saturated_loss_is_neither_wrong_nor_accused(double weight)
    {
        var w = new Parameter<double>([1, 1], [weight], "w");
        var diagnosis = Doctor.Examine(() => BinaryCrossEntropy(Tensor([1, 1], 1).MatMul(w).Sigmoid(), Tensor([1, 1], 0)), [w]);
        Assert.True(diagnosis.Verdict != Verdict.Wrong, diagnosis.ToString());
        Assert.Empty(diagnosis.Findings);
        Assert.Empty(diagnosis.Remarks);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(700)]
    public void A_loss_of_nearly_0_is_not_wrong(double score)
    {
        var scores = new Parameter<double>([1, 2], [score, 0], "scores");
        var report = GradientCheck.Of(() => SoftmaxCrossEntropy(scores, new Indices([1], 0)), [scores]);
        Assert.True(report.Verdict != Verdict.Wrong, report.ToString());
    }

    [Fact]
    public void Where_a_step_rounds_much_it_cannot_be_told()
    {
        // 1 − ŷ has two digits left.
        var w = new Parameter<double>([1, 1], [32], "w");
        Assert.Equal(Verdict.CannotTell, GradientCheck.Of(() => BinaryCrossEntropy(Tensor([1, 1], 1).MatMul(w).Sigmoid(), Tensor([1, 1], 0)), [w]).Verdict);
    }

    [Fact]
    public void Numbers_that_are_not_finite_are_never_right()
    {
        var w = new Parameter<double>([1, 2], [1e308, 1], "w");
        var report = GradientCheck.Of(() => Tensor([1, 1], 1e10).MatMul(w).Square().Mean(), [w]);
        Assert.Equal(Verdict.CannotTell, report.Verdict);
        Assert.Contains("not finite", report.Worst!.Worst.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_single_output_is_compared_by_is_its_own_gradient()
    {
        var w = new Parameter<double>([2], [0.1, 0.7], "w");
        var report = GradientCheck.Of(() => (w * w).Sum(), [w]);
        var worst = report.Worst!.Worst;
        Assert.Equal(2 * w.Values[worst.Index], worst.Analytic);
        var unused = GradientCheck.Of(() => (w * Tensor([2], 0, 0)).Sum(), [w]).Worst!.Worst;
        Assert.False(double.IsNegative(unused.Analytic) || double.IsNegative(unused.Numeric));
    }

    [Fact]
    public void A_single_output_that_ignores_the_gradient_it_is_given_is_wrong()
    {
        var w = new Parameter<double>([1], [0.5], "w");
        Assert.Equal(Verdict.Wrong, GradientCheck.Of(() => new DeafOp(w).Apply(), [w]).Verdict);
    }

    private sealed class DeafOp(Tensor<double> x) : Operation<double>(x)
    {
        public override string Formula => "{0}²";

        public override string GradientFormula(int input) => "2·{0}";

        protected override Shape InferShape() => x.Shape;

        protected override void Forward() => Result[0] = x.Values[0] * x.Values[0];

        protected override void Backward() => GradientOf(0)[0] = 2 * x.Values[0] + (Accumulate(0) ? GradientOf(0)[0] : 0);

        public override IEnumerable<Term<double>> Terms(int input, int index) => [];

        public override string WithNumbers(int index, Func<double, string> number) => "";
    }

    [Fact]
    public void Large_tensors_are_sampled()
    {
        var x = new Parameter<double>([50, 50], [.. Enumerable.Range(0, 2500).Select(i => Math.Sin(i))], "x");
        var report = GradientCheck.Of(() => x.Square(), [x]);
        Assert.InRange(report.Parameters[0].Checked, 50, 200);
        Assert.Contains($"({report.Checked} sampled)", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_check_leaves_values_as_they_were_and_no_gradients()
    {
        var w = Parameter([2, 1], 0.5, -1);
        var x = Tensor([1, 2], 3, 5);
        using var tape = Record([w], x);
        var y = x.MatMul(w);
        GradientCheck.Of(tape, y);
        Assert.Equal([0.5, -1], w.Values.ToArray());
        Assert.Equal(-3.5, y.Value);
        Assert.False(w.HasGradient);
        tape.Backward(y);
        Assert.Equal([3, 5], w.Gradient.ToArray());
    }

    [Fact]
    public void Random_small_networks_are_right()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var (w1, w2) = (Draw([3, 4]), Draw([4, 2]));
            var x = Draw([5, 3]);
            var report = GradientCheck.Of(() => x.MatMul(w1).Tanh().MatMul(w2).Sigmoid().Log().Mean(), [w1, w2, x]);
            Assert.True(report.Verdict == Verdict.Right, $"seed {seed}: {report}");

            Parameter<double> Draw(Shape shape) => new(shape, [.. Enumerable.Range(0, shape.Elements).Select(_ => random.NextDouble() * 4 - 2)], "p");
        }
    }
}
