using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Layers;

public class BranchesTests
{
    public static LayerCase[] Cases =>
    [
        new("Branches of rows", random => Branches(1, Linear(3, 2, random), Sequential(Linear(3, 4, random), Tanh())), [2, 3]),
        new("Branches of pictures",
            random => Branches("inception", 1, Conv2d(2, 1, 1, random), Conv2d(2, 2, 3, random, padding: 1, name: "wide"), AveragePool2d(3, 1, 1)), [2, 2, 4, 3]),
        new("Branches along the width", random => Branches(3, Conv2d(1, 1, 1, random), Upsample2d((1, 2))), [1, 1, 2, 3]),
    ];

    [Fact]
    public void What_the_branches_compute_is_joined() => Assert.Equal(
        [2, 4, 3, 6, 9],
        Branches(1, Linear(Tensor([1, 2], 2, 4)), Linear(Tensor([1, 3], 3, 6, 9))).Forward(Tensor([1, 1], 1)).Values.ToArray());

    [Fact]
    public void Parameters_and_rows_are_called_by_their_branch()
    {
        var random = new Random(1);
        var model = Branches(1, Linear(2, 3, random), Linear(2, 1, random, name: "gate"));
        Assert.Equal(["linear1.weight", "linear1.bias", "gate.weight", "gate.bias"], model.Parameters.Names);
        var table = model.Describe([4, 2]);
        Assert.Equal(["branches.linear1", "branches.gate", "branches"], table.Rows.Select(row => row.Name));
        Assert.Equal([4, 4], table.Output);
        Assert.Equal(4L * 2 * 4, table.MultiplyAdds);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var random = new Random(1);
        Assert.Equal("Branches: axis 0 came, it is 1 or more; axis 0 counts the samples.",
            Assert.Throws<ArgumentOutOfRangeException>(() => Branches(0, Tanh())).Message);
        Assert.StartsWith("Branches: no layer came, at least one is needed.", Assert.Throws<ArgumentException>(() => Branches(1)).Message, StringComparison.Ordinal);
        Assert.StartsWith("Branches: two layers are called 'a'; give each a name of its own.",
            Assert.Throws<ArgumentException>(() => Branches(1, Tanh("a"), Relu("a"))).Message, StringComparison.Ordinal);
        Assert.Equal("linear2: Linear: x [1, 2] · W [3, 1] needs 3 columns in x",
            Assert.Throws<ShapeException>(() => Branches(1, Linear(2, 1, random), Linear(3, 1, random)).Forward(Zeros([1, 2]))).Message);
        Assert.Equal("Concat: tensor 1 is [1, 1, 2, 2], all need the shape of the first, [1, 1, 4, 4], but for axis 1",
            Assert.Throws<ShapeException>(() => Branches(1, Tanh(), MaxPool2d(2)).Forward(Zeros([1, 1, 4, 4]))).Message);
    }
}
