using Backprop.Layers;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Layers;

public class DropoutTests
{
    public static LayerCase[] Cases =>
    [
        new("Dropout", random => Dropout(0.4, random), [2, 5]),
        new("Dropout between layers", random => Sequential(Linear(3, 4, random), Dropout(0.5, random, "drop"), Linear(4, 2, random)), [2, 3]),
    ];

    [Fact]
    public void The_seed_is_drawn_and_a_copy_goes_on_at_the_same_step()
    {
        var layer = Dropout(0.3, new Random(5));
        Assert.Equal(new Random(5).Next(), layer.Masks.Seed);
        layer.Masks.Step = 12;
        var copy = (Dropout<double>)layer.Copy(parameter => parameter);
        Assert.Equal((0.3, layer.Masks.Seed, 12), (copy.Rate, copy.Masks.Seed, copy.Masks.Step));
        copy.Masks.Step++;
        Assert.Equal(12, layer.Masks.Step);
    }

    [Fact]
    public void Training_that_is_taken_up_at_its_step_goes_on_with_the_same_bits()
    {
        double[] whole = Train(Build(), 0, 6);
        var half = Build();
        Train(half, 0, 3);
        var second = Build();
        foreach (var (to, from) in second.Parameters.Zip(half.Parameters)) to.Set(from.Values);
        Assert.Equal(whole[3..], Train(second, 3, 6));

        static Sequential<double> Build()
        {
            var random = new Random(2);
            return Sequential(Linear(2, 8, random), Tanh(), Dropout(0.5, random), Linear(8, 1, random));
        }

        static double[] Train(Sequential<double> model, int from, int to)
        {
            var (x, y) = (Tensor([4, 2], 0, 0, 0, 1, 1, 0, 1, 1), Tensor([4, 1], 0, 1, 1, 0));
            ((Dropout<double>)model.Layers[2]).Masks.Step = from;
            var optimizer = Sgd(model.Parameters, 0.3);
            using var tape = Record(model.Parameters, x, y);
            var loss = MeanSquaredError(model.Forward(x), y);
            var losses = new List<double>();
            for (int step = from; step < to; step++)
            {
                tape.Replay();
                losses.Add(loss.Value);
                tape.Backward(loss);
                optimizer.Step();
            }
            return [.. losses];
        }
    }

    [Fact]
    public void Settings_make_an_equal_layer() => Assert.Equal([("rate", (object)0.25), ("seed", 9)], Dropout(0.25, seed: 9).Settings);
}
