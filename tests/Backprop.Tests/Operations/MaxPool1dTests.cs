using System.Globalization;
using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class MaxPool1dTests
{
    public static OperationCase[] Cases =>
    [
        new("MaxPool1d 2", x => x[0].MaxPool1d(2), x => x[0].MaxPool1d(2), [2, 2, 6]) { Value = (_, index) => (index * 37 + 11) % 101 / 50.0 - 1 },
        new("MaxPool1d 3 stride 2 padding 1", x => x[0].MaxPool1d(3, 2, 1), x => x[0].MaxPool1d(3, 2, 1), [1, 2, 7]) { Value = (_, index) => (index * 37 + 11) % 101 / 50.0 - 1 },
        new("MaxPool1d 2 stride 3", x => x[0].MaxPool1d(2, 3), x => x[0].MaxPool1d(2, 3), [1, 2, 8]) { Value = (_, index) => (index * 37 + 11) % 101 / 50.0 - 1 },
        new("MaxPool1d in ceil mode", x => x[0].MaxPool1d(3, ceilMode: true), x => x[0].MaxPool1d(3, ceilMode: true), [2, 1, 7]) { Value = (_, index) => (index * 37 + 11) % 101 / 50.0 - 1 },
        new("MaxPool1d of one number", x => x[0].MaxPool1d(1), x => x[0].MaxPool1d(1), [1, 1, 1]) { Value = (_, index) => (index * 37 + 11) % 101 / 50.0 - 1 },
        new("MaxPool1d of an empty batch", x => x[0].MaxPool1d(2), x => x[0].MaxPool1d(2), [0, 1, 2]) { Value = (_, index) => (index * 37 + 11) % 101 / 50.0 - 1 },
    ];

    [Fact]
    public void Every_window_of_a_sequence_gives_one_number()
    {
        var x = Parameter([1, 2, 5], 1, 5, 2, 2, 9, -1, -2, -3, -6, 0);
        using var tape = Record([x]);
        var y = x.MaxPool1d(2, ceilMode: true);
        Assert.Equal([1, 2, 3], y.Shape);
        Assert.Equal([5, 2, 9, -1, -3, 0], y.Values.ToArray());
        tape.Backward(y, Tensor([1, 2, 3], 1, 2, 3, 4, 5, 6));
        Assert.Equal([0, 1, 2, 0, 3, 4, 0, 5, 0, 6], x.Gradient.ToArray());
        Assert.Equal("max(1, 5)", tape.Steps[0].WithNumbers(0, number => number.ToString(CultureInfo.InvariantCulture)));
        Assert.Equal("MaxPool1d", tape.Steps[0].Name);
        Assert.Equal("max of each 2 of {0}", tape.Steps[0].Formula);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        Refused("MaxPool1d: x [3, 4] needs three axes, [N, C, L]; one sequence of one channel is [1, 1, length]", () => Zeros([3, 4]).MaxPool1d(2));
        Refused("MaxPool1d: a window of 2 is larger than the sequences of [2, 3, 1]; it needs a smaller window, a larger padding or larger sequences",
            () => Zeros([2, 3, 1]).MaxPool1d(2));
        Refused("MaxPool1d: x [1, 1, 0] has no numbers in a sequence, and nothing can win", () => Zeros([1, 1, 0]).MaxPool1d(2, 1, 1));

        static void Refused(string message, Action act) => Assert.Equal(message, Assert.Throws<ShapeException>(act).Message);
    }

    [Fact]
    public void Numbers_outside_their_range_are_refused()
    {
        Refused("MaxPool1d: a window of 0 came, it needs at least 1.", () => Zeros([1, 1, 4]).MaxPool1d(0));
        Refused("MaxPool1d: a stride of 0 came, it is 1 or more.", () => Zeros([1, 1, 4]).MaxPool1d(2, 0));
        Refused("MaxPool1d: a padding of -1 came, it is 0 or more.", () => Zeros([1, 1, 4]).MaxPool1d(2, padding: -1));
        Refused("MaxPool1d: a padding of 2 came, it is less than the window of 2, so that every window has a number.",
            () => Zeros([1, 1, 4]).MaxPool1d(2, padding: 2));

        static void Refused(string message, Action act) => Assert.Equal(message, Assert.Throws<ArgumentOutOfRangeException>(act).Message);
    }
}
