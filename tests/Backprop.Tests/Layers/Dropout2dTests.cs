using Backprop.Layers;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Layers;

public class Dropout2dTests
{
    public static LayerCase[] Cases =>
    [
        new("Dropout2d", random => Dropout2d(0.4, random), [2, 5, 2, 2]),
        new("Dropout2d between layers", random => Sequential(Conv2d(1, 4, 2, random), Dropout2d(0.5, random, "drop"), Conv2d(4, 1, 2, random)), [2, 1, 4, 4]),
    ];

    [Fact]
    public void The_seed_is_drawn_and_a_copy_goes_on_at_the_same_step()
    {
        var layer = Dropout2d(0.3, new Random(5));
        Assert.Equal(new Random(5).Next(), layer.Masks.Seed);
        layer.Masks.Step = 12;
        var copy = (Dropout2d<double>)layer.Copy(parameter => parameter);
        Assert.Equal((0.3, layer.Masks.Seed, 12), (copy.Rate, copy.Masks.Seed, copy.Masks.Step));
        Assert.Equal([("rate", (object)0.25), ("seed", 9)], Dropout2d(0.25, seed: 9).Settings);
    }
}
