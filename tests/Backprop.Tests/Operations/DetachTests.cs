using Backprop.Operations;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class DetachTests
{
    public static OperationCase[] Cases =>
    [
        new("Detach", x => x[0].Detach(), x => x[0].Detach(), [2, 3]),
        new("Detach of an empty batch", x => x[0].Detach(), x => x[0].Detach(), [0, 3]),
    ];

    [Fact]
    public void The_gradient_stops_but_the_value_goes_on()
    {
        var (a, b) = (Parameter([1, 1], 3), Parameter([1, 1], 4));
        using var tape = Record([a, b]);
        var product = a.Detach().MatMul(b);
        tape.Backward(product);
        Assert.Equal(12, product.Value);
        Assert.Equal(3, b.Gradient[0]);
        Assert.False(a.HasGradient);
    }

    [Fact]
    public void A_replay_follows_the_detached_value()
    {
        var a = Parameter([1], 3);
        using var tape = Record([a]);
        var detached = a.Detach();
        a.Set(0, 5);
        tape.Replay();
        Assert.Equal(5, detached.Value);
    }
}
