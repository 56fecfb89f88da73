using Backprop.Operations;
using Backprop.Optimizers;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Optimizers;

/// <summary>Penalties on weights and clipping of gradients, for every optimizer alike.</summary>
public class AdjustmentTests
{
    [Fact]
    public void Each_penalty_by_hand()
    {
        Assert.Equal(2 - 0.1 * (3 + 0.5 * 2), After(sgd => sgd.L2 = 0.5), 15);
        Assert.Equal(2 - 0.1 * (3 + 0.5), After(sgd => sgd.L1 = 0.5), 15);
        Assert.Equal((1 - 0.1 * 0.5) * 2 - 0.1 * 3, After(sgd => sgd.WeightDecay = 0.5), 15);

        static double After(Action<Optimizer<double>> set)
        {
            var w = Parameter([1, 1], 2);
            var sgd = Sgd([w], 0.1);
            set(sgd);
            w.Give(3);
            sgd.Step();
            return w.Values[0];
        }
    }

    [Fact]
    public void The_slope_of_L1_has_the_sign_of_the_weight_and_is_0_at_0()
    {
        var w = Parameter([1, 3], 2, -2, 0);
        var sgd = Sgd([w], 1);
        sgd.L1 = 0.5;
        w.Give(0, 0, 0);
        sgd.Step();
        Assert.Equal([1.5, -1.5, 0], w.Values.ToArray());
    }

    [Fact]
    public void Biases_and_the_vectors_of_norms_are_left_out_and_a_rule_can_say_otherwise()
    {
        var (weight, bias) = (Parameter([1, 1], 1), Parameter([1], 1));
        var sgd = Sgd(new ParameterList<double>([("linear1.weight", weight), ("linear1.bias", bias)]), 1);
        sgd.WeightDecay = 0.5;
        Step();
        Assert.Equal((0.5, 1), (weight.Value, bias.Value));
        sgd.Penalizes = (path, _) => path == "linear1.bias";
        Step();
        Assert.Equal((0.5, 0.5), (weight.Value, bias.Value));
        Assert.Throws<ArgumentNullException>(() => sgd.Penalizes = null!);

        void Step()
        {
            weight.Give(0);
            bias.Give(0);
            sgd.Step();
        }
    }

    [Fact]
    public void A_gradient_that_is_too_long_is_shortened_for_all_parameters_alike()
    {
        var (a, b, frozen, unreached) = (Parameter([1], 0), Parameter([1], 0), Parameter([1], 0), Parameter([1], 0));
        var sgd = Sgd([a, b, frozen, unreached], 1);
        Assert.Equal(double.NaN, sgd.GradientNorm);
        sgd.MaxGradientNorm = 2;
        a.Give(3);
        b.Give(-4);
        frozen.Give(100);
        frozen.Trainable = false;
        Assert.Equal(5, sgd.Parameters.GradientNorm());
        sgd.Step();
        Assert.Equal(5, sgd.GradientNorm);
        Assert.Equal(-3 * 2 / 5.000001, a.Value, 15);
        Assert.Equal(4 * 2 / 5.000001, b.Value, 15);
        Assert.Equal([3], a.Gradient.ToArray());

        a.Give(0.3);
        b.Give(0.4);
        (double before, double other) = (a.Value, b.Value);
        sgd.Step();
        Assert.Equal((before - 0.3, other - 0.4), (a.Value, b.Value));
    }

    [Fact]
    public void The_norm_of_floats_does_not_overflow()
    {
        var w = Nn<float>.Parameter([2], 1, 1);
        w.Give(3e30f, 4e30f);
        ParameterList<float> parameters = [w];
        Assert.Equal(5e30, parameters.GradientNorm(), 1e24);
        Assert.Equal(0, new ParameterList<float>([]).GradientNorm());
    }

    [Fact]
    public void Single_entries_are_cut_at_a_bound()
    {
        var w = Parameter([3], 0, 0, 0);
        var sgd = Sgd([w], 1);
        sgd.MaxGradient = 0.5;
        w.Give(0.3, -7, double.NaN);
        sgd.Step();
        Assert.Equal([-0.3, 0.5, double.NaN], w.Values.ToArray());
    }

    [Fact]
    public void An_optimizer_of_ones_own_gets_the_adjusted_gradient()
    {
        var (ours, own) = (Parameter([2, 2], 1, -2, 3, 4), Parameter([2, 2], 1, -2, 3, 4));
        foreach (var (optimizer, w) in new (Optimizer<double>, Parameter<double>)[] { (Sgd([ours], 0.1), ours), (new OwnSgd([own]), own) })
        {
            (optimizer.WeightDecay, optimizer.L1, optimizer.L2, optimizer.MaxGradient, optimizer.MaxGradientNorm) = (0.01, 0.02, 0.03, 0.7, 1.5);
            w.Give(1, 2, -0.5, 0.25);
            optimizer.Step();
        }
        Assert.Equal(ours.Values.ToArray(), own.Values.ToArray());
        Assert.NotEqual([0.9, -2.2, 3.05, 3.975], ours.Values.ToArray());
    }

    [Fact]
    public void The_formula_says_what_acts_on_a_parameter()
    {
        var (weight, bias) = (Parameter([1, 1], 1), Parameter([1], 1));
        var sgd = Sgd([weight, bias], 0.1, 0.9, nesterov: true);
        Assert.Equal(sgd.Formula, sgd.FormulaOf(0));
        (sgd.WeightDecay, sgd.L1, sgd.L2) = (0.01, 0.02, 0.03);
        Assert.Equal(
            "v ← μ·v + ({dw} + λ₂·{w} + λ₁·sign {w}), {w} ← (1 − η·λ)·{w} − η·(({dw} + λ₂·{w} + λ₁·sign {w}) + μ·v)", sgd.FormulaOf(0));
        Assert.Equal(sgd.Formula, sgd.FormulaOf(1));
        Assert.Equal([("momentum", 0.9), ("nesterov", true), ("weightDecay", 0.01), ("l1", 0.02), ("l2", 0.03)], sgd.Settings);

        var adagrad = Adagrad([weight]);
        (adagrad.L2, adagrad.MaxGradient, adagrad.MaxGradientNorm) = (0.1, 0.5, 1);
        Assert.Equal(
            "s ← s + (clip(c·{dw}, ±0.5) + λ₂·{w})², {w} ← {w} − η·(clip(c·{dw}, ±0.5) + λ₂·{w})/(√s + ε)", adagrad.FormulaOf(0));
        Assert.Equal([("epsilon", 1e-10), ("l2", 0.1), ("maxGradient", 0.5), ("maxGradientNorm", (object)1.0)], adagrad.Settings);
    }

    [Fact]
    public void AdamW_is_Adam_that_decays()
    {
        var adam = AdamW([], weightDecay: 0.05);
        Assert.Equal([("beta1", 0.9), ("beta2", 0.999), ("epsilon", 1e-8), ("weightDecay", 0.05)], adam.Settings);
        Assert.Equal(0.01, AdamW([]).WeightDecay);
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        var sgd = Sgd([], 0.1);
        foreach (double wrong in new[] { -0.1, double.NaN, double.PositiveInfinity })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => sgd.WeightDecay = wrong);
            Assert.Throws<ArgumentOutOfRangeException>(() => sgd.L1 = wrong);
            Assert.Throws<ArgumentOutOfRangeException>(() => sgd.L2 = wrong);
        }
        foreach (double wrong in new[] { 0, -1, double.NaN })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => sgd.MaxGradient = wrong);
            Assert.Throws<ArgumentOutOfRangeException>(() => sgd.MaxGradientNorm = wrong);
        }
        Assert.StartsWith(
            "Optimizer: L2 -1 came; it is 0 (none) or a finite number above it, usually 0.0001.",
            Assert.Throws<ArgumentOutOfRangeException>(() => sgd.L2 = -1).Message, StringComparison.Ordinal);
    }

    private sealed class OwnSgd(ParameterList<double> parameters) : Optimizer<double>(parameters, 0.1)
    {
        public override string Type => "own";

        public override string Formula => "{w} ← {w} − η·{dw}";

        public override string WithNumbers(int parameter, int index, double? before, Func<double, string> number) => "";

        protected override void Update(int parameter, Span<double> values, ReadOnlySpan<double> gradient)
        {
            for (int i = 0; i < values.Length; i++) values[i] = double.FusedMultiplyAdd(-LearningRate, gradient[i], values[i]);
        }
    }
}
