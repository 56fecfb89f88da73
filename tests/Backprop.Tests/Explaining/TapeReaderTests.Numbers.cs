using Backprop.Explaining;
using Backprop.Operations;
using Backprop.Randomness;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Explaining;

// The numbers put in are those of the formula.
public partial class TapeReaderTests
{
    private static string[] All(Tape<double> tape, string symbol) =>
        [.. TapeReader<double>.Attach(tape, new() { Entries = 4 }).Steps.Single(step => step.Symbol == symbol).Worked.Select(entry => entry.Numbers)];

    [Fact]
    public void The_numbers_of_a_loss_s_gradient_stand_in_its_formula()
    {
        var (w, y) = (new Parameter<double>([2], [0.5, -0.25], "w"), Tensor([2], 0.01, 1));
        Assert.Equal(("−(y − ŷ)", "−(0.01 − 0.5)"), OfLoss(prediction => HalfSquaredError(prediction, y)));
        Assert.Equal(("−2(y − ŷ) / 2", "−2(0.01 − 0.5) / 2"), OfLoss(prediction => MeanSquaredError(prediction, y)));
        Assert.Equal(("(ŷ − y)/(ŷ(1 − ŷ)) / 2", "(0.5 − 0.01)/(0.5·(1 − 0.5)) / 2"), OfLoss(prediction => BinaryCrossEntropy(prediction.Abs(), y), "∂L/∂ŷ"));

        (string, string) OfLoss(Func<Tensor<double>, Tensor<double>> lossOf, string symbol = "∂L/∂ŷ")
        {
            using var tape = Record([w], w, y);
            tape.Backward(lossOf(w.Scale(1)));
            var line = Line(tape, symbol);
            return (line.Formula, line.Numbers);
        }
    }

    [Fact]
    public void The_numbers_of_an_activation_s_gradient_stand_in_its_formula()
    {
        var w = new Parameter<double>([2], [0.5, -0.25], "w");
        using var tape = Record([w]);
        tape.Backward((w.Tanh() * Tensor([2], -3, 2)).Sum());
        var line = Line(tape, "∂L/∂w");
        Assert.Equal("(−3)·(1 − 0.462117²)", line.Numbers);
        Assert.Equal("2·(1 − (−0.244919)²)", All(tape, "∂L/∂w")[1]);
    }

    [Fact]
    public void Several_uses_are_added_each_by_its_own_formula()
    {
        var w = new Parameter<double>([1], [0.5], "w");
        using var tape = Record([w]);
        tape.Backward((w.Square() - w).Sum());
        Assert.Equal("1·2·0.5 + (−1)", Line(tape, "∂L/∂w").Numbers);
    }

    [Fact]
    public void The_gradient_of_softmax_and_cross_entropy_takes_1_from_the_share_of_the_class()
    {
        var w = new Parameter<double>([1, 2], [0, 0], "w");
        var classes = Indices([1], 1);
        using var tape = Record([w], w, classes);
        tape.Backward(SoftmaxCrossEntropy(w, classes));
        Assert.Equal(["0.5", "0.5 − 1"], All(tape, "∂L/∂x"));
    }

    [Fact]
    public void A_constant_whole_number_is_called_by_its_value()
    {
        var w = new Parameter<double>([1], [0.5], "w");
        using var tape = Record([w]);
        tape.Backward((1 - w).Sum());
        var reader = TapeReader<double>.Attach(tape);
        Assert.Equal("1 − w", reader.Steps[0].Formula);
        Assert.DoesNotContain(reader.Legend, entry => entry.Meaning == "constant");
    }

    [Fact]
    public void The_gates_of_a_gru_are_r_z_and_n()
    {
        var gru = Gru(1, 2, new SeededRandom(1)).Unroll(_ => null);
        var x = Tensor([1, 1, 1], 0.5);
        using var tape = Record(gru.Parameters, x);
        tape.Backward(gru.Forward(x).Sum());
        var steps = TapeReader<double>.Attach(tape).Steps;
        Assert.Equal("σ(zr_1)", steps.Single(step => step.Symbol == "r_1").Formula);
        Assert.Equal("σ(zz_1)", steps.Single(step => step.Symbol == "z_1").Formula);
        Assert.Equal("tanh(zn_1)", steps.Single(step => step.Symbol == "n_1").Formula);
        Assert.Contains("1 − z_1", steps.Select(step => step.Formula));
        Assert.Contains("∂L/∂z_1", steps.Select(step => step.Symbol));
        Assert.Contains("δz_1", steps.Select(step => step.Symbol));
    }
}
