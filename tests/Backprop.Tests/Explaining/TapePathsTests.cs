using Backprop.Explaining;
using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Explaining;

public class TapePathsTests
{
    private static readonly Dictionary<string, IReadOnlyList<string>> Labels = new()
    {
        ["hidden.weight"] = ["w1", "w3", "w2", "w4"],
        ["hidden.bias"] = ["b", "b"],
    };

    private static (Tape<double> Tape, TapePaths<double> Paths) Recorded()
    {
        var (x, y) = (Tensor([1, 2], 0.05, 0.1), Tensor([1, 1], 0.5));
        var random = new Random(1);
        var model = Sequential(Linear(2, 2, random, name: "hidden"), Sigmoid(name: "squash"), Linear(2, 1, random, name: "output"));
        var tape = Record(model.Parameters, x, y);
        tape.Backward(MeanSquaredError(model.Forward(x), y));
        return (tape, new(tape, new(tape), Labels));
    }

    [Theory]
    [InlineData("hidden.weight[0,1]", "hidden.weight[0,1]")]
    [InlineData(" hidden.weight [ 0 , 1 ] ", "hidden.weight[0,1]")]
    [InlineData("W1[0,1]", "hidden.weight[0,1]")]
    [InlineData("W₁[0,1]", "hidden.weight[0,1]")]
    [InlineData("∂L/∂W1[1,0]", "hidden.weight[1,0]")]
    [InlineData("w2", "hidden.weight[1,0]")]
    [InlineData("∂L/∂w2", "hidden.weight[1,0]")]
    [InlineData("z1[0,1]", "hidden[0,1]")]
    [InlineData("δ1[0,1]", "hidden[0,1]")]
    [InlineData("δ1[1]", "hidden[0,1]")]
    [InlineData("hidden[0,1]", "hidden[0,1]")]
    [InlineData("hidden.input[0,1]", "x[0,1]")]
    [InlineData("output.input[0,1]", "squash[0,1]")]
    [InlineData("a1[0,1]", "squash[0,1]")]
    [InlineData("output.bias", "output.bias[0]")]
    [InlineData("ŷ", "output[0,0]")]
    [InlineData("y", "y[0,0]")]
    [InlineData("loss", "loss")]
    [InlineData("L", "loss")]
    public void An_entry_is_found_by_path_symbol_and_textbook_s_name(string text, string path)
    {
        var (tape, paths) = Recorded();
        using var disposed = tape;
        var found = paths.Find(text);
        Assert.Equal(path, paths.Of(found.Tensor, found.Index));
        Assert.Equal(found, paths.Find(path));
    }

    [Theory]
    [InlineData("hidden.weight", "'hidden.weight' has 4 entries; say which: indices go from [0,0] to [1,1]")]
    [InlineData("hidden.weight[0]", "'hidden.weight[0]' has one index, its shape [2, 2] needs 2: indices go from [0,0] to [1,1]")]
    [InlineData("hidden.weight[0,0,1]", "'hidden.weight[0,0,1]' has 3 indices, its shape [2, 2] needs 2: indices go from [0,0] to [1,1]")]
    [InlineData("W1[0,2]", "'W1[0,2]' lies outside the shape [2, 2]: indices go from [0,0] to [1,1]")]
    [InlineData("W1[0,-1]", "'W1[0,-1]' lies outside the shape [2, 2]: indices go from [0,0] to [1,1]")]
    [InlineData("W1[0,a]", "'W1[0,a]' lies outside the shape [2, 2]: indices go from [0,0] to [1,1]")]
    [InlineData("b", "'b' is the name of hidden.bias[0] and of hidden.bias[1]; say which by its path")]
    public void Indices_that_do_not_fit_are_refused_with_their_range(string text, string message)
    {
        var (tape, paths) = Recorded();
        using var disposed = tape;
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => paths.Find(text)).Message);
    }

    [Fact]
    public void What_has_no_such_name_is_refused_with_those_that_there_are()
    {
        var (tape, paths) = Recorded();
        using var disposed = tape;
        Assert.Equal(
            "there is no 'hiden.weight'; there are x, y, hidden, squash, output, loss, hidden.weight, hidden.bias, output.weight, output.bias",
            Assert.Throws<KeyNotFoundException>(() => paths.Find("hiden.weight[0,1]")).Message);
        Assert.Equal("hiden.weight", TapePaths<double>.NameIn("hiden.weight[0,1]"));
    }

    [Fact]
    public void Columns_with_names_are_found_by_them()
    {
        var layer = Lstm(2, 3, new Random(1), unrolled: true);
        var x = Tensor([1, 2, 2], 1, 2, 0.5, 3);
        using var tape = Record(layer.Parameters, x);
        tape.Backward(layer.Forward(x).Sum());
        var paths = new TapePaths<double>(tape, new(tape));
        var found = paths.Find("inputWeight.g[1,2]");
        Assert.Equal("inputWeight[1,8]", paths.Of(found.Tensor, found.Index));
        Assert.Equal(found, paths.Find("Wx.g[1,2]"));
        Assert.Throws<ArgumentException>(() => paths.Find("Wx.g[1,3]"));
        Assert.Throws<KeyNotFoundException>(() => paths.Find("Wx.q[1,2]"));
    }
}
