using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Operations;

public class MatMulTests
{
    public static OperationCase[] Cases =>
    [
        new("MatMul [2,3]·[3,4]", x => x[0].MatMul(x[1]), x => x[0].MatMul(x[1]), [2, 3], [3, 4]),
        new("MatMul [1,1]·[1,1]", x => x[0].MatMul(x[1]), x => x[0].MatMul(x[1]), [1, 1], [1, 1]),
        new("MatMul [1,5]·[5,1]", x => x[0].MatMul(x[1]), x => x[0].MatMul(x[1]), [1, 5], [5, 1]),
        new("MatMul [3,1]·[1,2]", x => x[0].MatMul(x[1]), x => x[0].MatMul(x[1]), [3, 1], [1, 2]),
        new("MatMul of a matrix with itself", x => x[0].MatMul(x[0]), x => x[0].MatMul(x[0]), [3, 3]),
    ];

    [Fact]
    public void Product_is_rows_times_columns()
    {
        var product = Tensor([2, 3], 1, 2, 3, 4, 5, 6).MatMul(Tensor([3, 2], 7, 8, 9, 10, 11, 12));
        Assert.Equal([58, 64, 139, 154], product.Values.ToArray());
    }

    [Fact]
    public void An_empty_batch_gives_an_empty_product() =>
        Assert.Equal([0, 2], Zeros([0, 3]).MatMul(Zeros([3, 2])).Shape);

    [Fact]
    public void Columns_that_are_not_rows_are_refused()
    {
        var error = Assert.Throws<ShapeException>(() => Zeros([64, 256]).MatMul(Zeros([400, 120])));
        Assert.Equal("MatMul: A [64, 256] · B [400, 120] needs two matrices, A with as many columns as B has rows", error.Message);
        Assert.Equal([[64, 256], [400, 120]], error.Shapes);
    }

    [Fact]
    public void A_vector_is_refused() => Assert.Throws<ShapeException>(() => Zeros([3]).MatMul(Zeros([3, 1])));
}
