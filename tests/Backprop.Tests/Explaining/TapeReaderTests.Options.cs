using Backprop.Explaining;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Explaining;

public partial class TapeReaderTests
{
    private static readonly ReadingOptions<double> ThreeDigits = new()
    {
        Number = value => NumberText.Operand(value, 3),
        Entries = 4,
        Labels = new Dictionary<string, IReadOnlyList<string>> { ["weight"] = ["w1", "w3", "w2", "w4"] },
    };

    [Fact]
    public void Options_say_which_entries_are_worked_out_how_numbers_are_written_and_what_weights_are_called()
    {
        var (x, y) = (Tensor([1, 2], 0.05, 0.1), Tensor([1, 2], 0.01, 0.99));
        var layer = Linear(Tensor([2, 2], 0.15, 0.25, 0.2, 0.3), Tensor([2], 0.35, 0.35));
        using var tape = Record(layer.Parameters, x, y);
        tape.Backward(HalfSquaredError(layer.Forward(x), y));
        var reader = TapeReader<double>.Attach(tape, ThreeDigits);
        var z = reader.Steps[0];
        Assert.Equal(["ŷ[0,0]", "ŷ[0,1]"], z.Worked.Select(entry => entry.Name));
        Assert.Equal("0.05·0.25 + 0.1·0.3 + 0.35", z.Worked[1].Numbers);
        Assert.Equal("Linear", z.Operation);
        var gradient = reader.Steps.Single(step => step.Path == "weight");
        Assert.Equal(["∂L/∂w1", "∂L/∂w3", "∂L/∂w2", "∂L/∂w4"], gradient.Worked.Select(entry => entry.Name));
        Assert.Equal("0.1·(−0.598)", gradient.Worked[3].Numbers);
    }

    [Fact]
    public void A_change_has_the_values_before_the_gradient_and_the_optimizer_s_quantities()
    {
        var w = Parameter([2], 1, -2);
        var optimizer = Sgd([w], 0.1, momentum: 0.5);
        for (int step = 0; step < 2; step++)
        {
            using var tape = Record([w]);
            tape.Backward(WeightPenalty(1, w));
            var reader = TapeReader<double>.Attach(tape);
            double[] before = w.Values.ToArray();
            optimizer.Step();
            var change = Assert.Single(reader.Changes(optimizer));
            Assert.Equal(before, change.Before);
            Assert.Equal(before, change.Gradient);
            Assert.Equal(w.Values.ToArray(), change.Step.Values);
            var velocity = Assert.Single(change.Quantities);
            Assert.Equal(("v", "velocity"), (velocity.Symbol, velocity.Name));
            Assert.Equal(step == 0 ? before[0] : 0.5 + 0.9, velocity.Values[0]);
        }
    }
}
