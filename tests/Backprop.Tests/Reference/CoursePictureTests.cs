using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Reference;

/// <summary>The forward vectors for pictures of the course CS231n, whose inputs are equally spaced.</summary>
public class CoursePictureTests
{
    [Fact]
    public void Convolution_with_stride_2_and_padding_1() => Published.Same(
        """
        -0.08759809 -0.10987781 -0.18387192 -0.2109216
        0.21027089 0.21661097 0.22847626 0.23004637
        0.50813986 0.54309974 0.64082444 0.67101435
        -0.98053589 -1.03143541 -1.19128892 -1.24695841
        0.69108355 0.66880383 0.59480972 0.56776003
        2.36270298 2.36904306 2.38090835 2.38247847
        """,
        Spaced(-0.1, 0.5, [2, 3, 4, 4]).Conv2d(Spaced(-0.2, 0.3, [3, 3, 4, 4]), Spaced(-0.1, 0.2, [3]), 2, 1).Values);

    [Fact]
    public void Max_pooling_of_2_by_2() => Published.Same(
        """
        -0.26315789 -0.24842105 -0.20421053 -0.18947368
        -0.14526316 -0.13052632 -0.08631579 -0.07157895
        -0.02736842 -0.01263158 0.03157895 0.04631579
        0.09052632 0.10526316 0.14947368 0.16421053
        0.20842105 0.22315789 0.26736842 0.28210526
        0.32631579 0.34105263 0.38526316 0.4
        """,
        Spaced(-0.3, 0.4, [2, 3, 4, 4]).MaxPool2d(2).Values);

    private static Tensor<double> Spaced(double first, double last, Shape shape) =>
        Tensor(shape, [.. Enumerable.Range(0, shape.Elements).Select(i => first + (last - first) * i / (shape.Elements - 1))]);
}
