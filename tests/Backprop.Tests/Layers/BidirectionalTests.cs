using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Layers;

public class BidirectionalTests
{
    public static LayerCase[] Cases =>
    [
        new("Bidirectional to the last states", random => Bidirectional(Lstm(2, 3, random), Lstm(2, 2, random)), [2, 4, 2]),
        new("Bidirectional to all states", random => Bidirectional(
            Gru(2, 3, random, returnSequences: true), Gru(2, 3, random, returnSequences: true), name: "both"), [2, 3, 2]),
    ];

    private const int T = 5;

    private static Tensor<double> Sequences => Tensor([2, T, 3], [.. Enumerable.Range(0, 30).Select(i => Math.Sin(1.3 * i + 0.2))]);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_second_half_is_what_the_reversed_sequence_gives(bool all)
    {
        var random = new Random(3);
        var both = Bidirectional(Lstm(3, 4, random, returnSequences: all), Lstm(3, 2, random, returnSequences: all));
        var y = both.Forward(Sequences);
        Assert.Equal(all ? [2, T, 6] : [2, 6], y.Shape);
        Assert.Equal(both.FromStart.Forward(Sequences).Values.ToArray(), y.Slice(y.Shape.Rank - 1, 0, 4).Values.ToArray());
        var backward = both.FromEnd.Forward(Sequences.Reverse(1));
        Assert.Equal((all ? backward.Reverse(1) : backward).Values.ToArray(), y.Slice(y.Shape.Rank - 1, 4, 2).Values.ToArray());
    }

    [Fact]
    public void A_sequence_with_padding_is_read_from_its_own_end()
    {
        var random = new Random(3);
        var both = Bidirectional(Rnn(3, 4, random, returnSequences: true), Rnn(3, 4, random, returnSequences: true));
        var y = both.Forward(Sequences, Indices([2], 2, T));
        var alone = both.Forward(Sequences.Slice(0, 0, 1).Slice(1, 0, 2));
        Assert.Equal(alone.Values.ToArray(), y.Values[..16].ToArray());
        Assert.Equal(new double[3 * 8], y.Values[16..(T * 8)].ToArray());
    }

    [Fact]
    public void Paths_say_the_direction() => Assert.Equal(
        ["forward.inputWeight", "forward.recurrentWeight", "backward.inputWeight", "backward.recurrentWeight"],
        Bidirectional(Rnn(3, 4, new Random(3), bias: false), Rnn(3, 4, new Random(3), bias: false)).Parameters.Names);

    [Fact]
    public void Networks_that_do_not_belong_together_are_refused()
    {
        var rnn = Rnn(3, 4, new Random(3));
        Assert.StartsWith(
            "Bidirectional: both networks read the same and give alike; forward reads 3 numbers and gives the last state, backward reads 3 and gives all states.",
            Assert.Throws<ArgumentException>(() => Bidirectional(rnn, Rnn(3, 4, new Random(3), returnSequences: true))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Bidirectional(rnn, Rnn(2, 4, new Random(3))));
        Assert.Throws<ArgumentException>(() => Bidirectional(rnn, rnn));
    }
}
