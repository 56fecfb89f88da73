using System.Globalization;
using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class AveragePool1dTests
{
    public static OperationCase[] Cases =>
    [
        new("AveragePool1d 2", x => x[0].AveragePool1d(2), x => x[0].AveragePool1d(2), [2, 2, 6]),
        new("AveragePool1d 3 stride 2 padding 1", x => x[0].AveragePool1d(3, 2, 1), x => x[0].AveragePool1d(3, 2, 1), [1, 2, 7]),
        new("AveragePool1d 2 stride 3", x => x[0].AveragePool1d(2, 3), x => x[0].AveragePool1d(2, 3), [1, 2, 8]),
        new("AveragePool1d in ceil mode", x => x[0].AveragePool1d(3, ceilMode: true), x => x[0].AveragePool1d(3, ceilMode: true), [2, 1, 7]),
        new("AveragePool1d of one number", x => x[0].AveragePool1d(1), x => x[0].AveragePool1d(1), [1, 1, 1]),
        new("AveragePool1d of an empty batch", x => x[0].AveragePool1d(2), x => x[0].AveragePool1d(2), [0, 1, 2]),
        new("AveragePool1d without its padding", x => x[0].AveragePool1d(3, 2, 1, true, false), x => x[0].AveragePool1d(3, 2, 1, true, false), [1, 2, 8]),
    ];

    [Fact]
    public void Every_window_of_a_sequence_gives_one_number()
    {
        var x = Parameter([1, 2, 5], 1, 5, 2, 2, 9, -1, -2, -3, -6, 0);
        using var tape = Record([x]);
        var y = x.AveragePool1d(2, ceilMode: true);
        Assert.Equal([1, 2, 3], y.Shape);
        Assert.Equal([3, 2, 9, -1.5, -4.5, 0], y.Values.ToArray());
        tape.Backward(y, Tensor([1, 2, 3], 2, 4, 6, 8, 10, 12));
        Assert.Equal([1, 1, 2, 2, 6, 4, 4, 5, 5, 12], x.Gradient.ToArray());
        Assert.Equal("(1 + 5)/2", tape.Steps[0].WithNumbers(0, number => number.ToString(CultureInfo.InvariantCulture)));
        Assert.Equal("AveragePool1d", tape.Steps[0].Name);
        Assert.Equal("mean of each 2 of {0}", tape.Steps[0].Formula);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        Refused("AveragePool1d: x [3, 4] needs three axes, [N, C, L]; one sequence of one channel is [1, 1, length]", () => Zeros([3, 4]).AveragePool1d(2));
        Refused("AveragePool1d: a window of 2 is larger than the sequences of [2, 3, 1]; it needs a smaller window, a larger padding or larger sequences",
            () => Zeros([2, 3, 1]).AveragePool1d(2));

        static void Refused(string message, Action act) => Assert.Equal(message, Assert.Throws<ShapeException>(act).Message);
    }

    [Fact]
    public void Numbers_outside_their_range_are_refused()
    {
        Refused("AveragePool1d: a window of 0 came, it needs at least 1.", () => Zeros([1, 1, 4]).AveragePool1d(0));
        Refused("AveragePool1d: a stride of 0 came, it is 1 or more.", () => Zeros([1, 1, 4]).AveragePool1d(2, 0));
        Refused("AveragePool1d: a padding of -1 came, it is 0 or more.", () => Zeros([1, 1, 4]).AveragePool1d(2, padding: -1));
        Refused("AveragePool1d: a padding of 2 came, it is less than the window of 2, so that every window has a number.",
            () => Zeros([1, 1, 4]).AveragePool1d(2, padding: 2, countPadding: false));

        static void Refused(string message, Action act) => Assert.Equal(message, Assert.Throws<ArgumentOutOfRangeException>(act).Message);
    }
}
