using Backprop.Checking;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Layers;

public class RnnCellTests
{
    [Fact]
    public void A_step_is_worked_out_by_hand()
    {
        var cell = RnnCell(Tensor([1, 2], 0.5, -1), Tensor([2, 2], 1, 2, 3, 4), Tensor([2], 0.1, 0.2));
        var state = cell.Step(Tensor([1, 1], 2), Tensor([1, 2], 0.1, -0.2));
        // z = [2·0.5 + 0.1·1 − 0.2·3 + 0.1, −2 + 0.1·2 − 0.2·4 + 0.2] = [0.6, −2.4]
        Assert.Equal(Math.Tanh(0.6), state[0, 0], 1e-15);
        Assert.Equal(Math.Tanh(-2.4), state[0, 1], 1e-15);
    }

    [Fact]
    public void Weights_are_drawn_in_order_and_biases_zero()
    {
        var cell = RnnCell(2, 3, new Random(7));
        var random = new Random(7);
        Assert.Equal(GlorotUniform().Parameter("", [2, 3], 2, 3, random).Values.ToArray(), cell.InputWeight.Values.ToArray());
        Assert.Equal(Orthogonal().Parameter("", [3, 3], 3, 3, random).Values.ToArray(), cell.RecurrentWeight.Values.ToArray());
        Assert.Equal(new double[3], cell.Bias!.Values.ToArray());
        Assert.Equal(["inputWeight", "recurrentWeight", "bias"], cell.Parameters.Names);
        Assert.Equal(["inputWeight", "recurrentWeight"], RnnCell(2, 3, random, bias: false).Parameters.Names);
    }

    [Fact]
    public void Two_steps_have_the_right_gradients()
    {
        var (cell, x) = (RnnCell(2, 3, new Random(7)), Parameter([1, 2], 0.4, -0.7));
        var report = GradientCheck.Of(() => cell.Step(x, cell.Step(x, cell.Start(1))), [x, .. cell.Parameters]);
        Assert.True(report.Verdict == Verdict.Right, report.ToString());
        Assert.Equal(4, report.Parameters.Count);
    }

    [Fact]
    public void The_state_begins_at_zero()
    {
        var start = RnnCell(2, 3, new Random(7)).Start(4);
        Assert.Equal([4, 3], start.Shape);
        Assert.Equal(new double[12], start.Values.ToArray());
        Assert.Equal("h_0", start.Name);
    }

    [Theory]
    [InlineData(0, 1, "RnnCell: inputs is 0, 1 or more is needed.")]
    [InlineData(1, 0, "RnnCell: units is 0, 1 or more is needed.")]
    public void Sizes_below_one_are_refused(int inputs, int units, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentOutOfRangeException>(() => RnnCell(inputs, units, new Random(1))).Message);

    [Fact]
    public void Given_shapes_that_do_not_belong_together_are_refused()
    {
        Refused("RnnCell: the input weight [2] came, [inputs, units] is needed", () => RnnCell(Zeros([2]), Zeros([2, 2])));
        Refused("RnnCell: the recurrent weight [2, 3] came, [3, 3] is needed", () => RnnCell(Zeros([2, 3]), Zeros([2, 3])));
        Refused("RnnCell: the bias [1, 3] came, [3] is needed", () => RnnCell(Zeros([2, 3]), Zeros([3, 3]), Zeros([1, 3])));
    }

    [Fact]
    public void A_step_with_other_shapes_is_refused()
    {
        var cell = RnnCell(2, 3, new Random(7));
        Refused("RnnCell: x_t [4, 3] came, [N, 2] is needed", () => cell.Step(Zeros([4, 3]), cell.Start(4)));
        Refused("RnnCell: x_t [2] came, [N, 2] is needed", () => cell.Step(Zeros([2]), cell.Start(1)));
        Refused("RnnCell: the state [3, 3] came, x_t [4, 2] needs [4, 3]", () => cell.Step(Zeros([4, 2]), cell.Start(3)));
    }

    private static void Refused(string message, Action act) => Assert.Equal(message, Assert.Throws<ShapeException>(act).Message);
}
