using Backprop.Kernels;

namespace Backprop.Tests.Kernels;

public class CosineTests
{
    [Fact]
    public void Every_part_of_half_a_turn_is_right_to_the_last_digits()
    {
        for (int i = 0; i <= 5000; i++) Assert.Equal(Math.Cos(Math.PI * i / 5000), Cosine.OfHalfTurns(i / 5000.0), 5e-16);
    }

    [Fact]
    public void Turns_go_on_and_backwards()
    {
        for (int i = -5000; i <= 5000; i++)
        {
            double x = i / 1000.0;
            var (right, up) = Cosine.Direction(x);
            Assert.Equal(Math.Cos(Math.PI * x), right, 3e-15);
            Assert.Equal(Math.Sin(Math.PI * x), up, 3e-15);
        }
        Assert.Equal((-1, 0), Cosine.Direction(-3));
        Assert.Equal((0, -1), Cosine.Direction(1.5));
    }

    [Fact]
    public void Quarters_are_exact()
    {
        Assert.Equal(1, Cosine.OfHalfTurns(0));
        Assert.Equal(0, Cosine.OfHalfTurns(0.5));
        Assert.Equal(-1, Cosine.OfHalfTurns(1));
        Assert.Equal(Math.Sqrt(0.5), Cosine.OfHalfTurns(0.25), 2e-16);
    }
}
