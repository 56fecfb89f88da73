using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class ReverseTests
{
    public static OperationCase[] Cases =>
    [
        new("Reverse the last axis", t => t[0].Reverse(1), t => t[0].Reverse(1), [2, 3]),
        new("Reverse time", t => t[0].Reverse(1), t => t[0].Reverse(1), [2, 3, 2]),
        new("Reverse time without padding", t => t[0].Reverse(1, Padded.Lengths([2, 0, 3])), t => t[0].Reverse(1, Padded.Lengths([2, 0, 3])), [3, 3, 2]),
        new("Reverse an axis of one", t => t[0].Reverse(0), t => t[0].Reverse(0), [1, 3]),
        new("Reverse nothing", t => t[0].Reverse(1), t => t[0].Reverse(1), [0, 3, 2]),
    ];

    [Fact]
    public void Padding_stays_behind()
    {
        var x = Tensor([2, 3], 1, 2, 3, 4, 5, 6);
        Assert.Equal([3, 2, 1, 6, 5, 4], x.Reverse(1).Values.ToArray());
        Assert.Equal([4, 5, 6, 1, 2, 3], x.Reverse(0).Values.ToArray());
        Assert.Equal([2, 1, 3, 4, 5, 6], x.Reverse(1, Indices([2], 2, 1)).Values.ToArray());
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Refused("Reverse: axis 0 and the lengths [2] came, x [2, 3] needs axis 1 and [2]", () => Zeros([2, 3]).Reverse(0, Indices([2], 1, 1)));
        Refused("Reverse: axis 1 and the lengths [3] came, x [2, 3] needs axis 1 and [2]", () => Zeros([2, 3]).Reverse(1, Indices([3], 1, 1, 1)));
        Assert.Throws<ShapeException>(() => Zeros([2, 3]).Reverse(2));
        Assert.Equal("Reverse: index 4 at [1] is outside 0 … 3", Assert.Throws<ArgumentOutOfRangeException>(() => Zeros([2, 3]).Reverse(1, Indices([2], 1, 4))).Message);

        static void Refused(string message, Action act) => Assert.Equal(message, Assert.Throws<ShapeException>(act).Message);
    }
}
