using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Reference;

/// <summary>The test vectors of Stanford's CS231n, whose inputs are equally spaced numbers.</summary>
public class CourseVectorsTests
{
    [Fact]
    public void Affine_layer()
    {
        var x = Spaced(-0.1, 0.5, [2, 4, 5, 6]);
        var z = x.Flatten().Linear(Spaced(-0.2, 0.3, [120, 3]), Spaced(-0.3, 0.1, [3]));
        Published.Same("1.49834967 1.70660132 1.91485297 3.25553199 3.5141327 3.77273342", z.Values);
    }

    [Fact]
    public void Recurrent_step()
    {
        var cell = RnnCell(Spaced(-0.1, 0.9, [10, 4]), Spaced(-0.3, 0.7, [4, 4]), Spaced(-0.2, 0.4, [4]));
        var state = cell.Step(Spaced(-0.4, 0.7, [3, 10]), Spaced(-0.2, 0.5, [3, 4]));
        Published.Same(
            """
            -0.58172089 -0.50182032 -0.41232771 -0.31410098
             0.66854692  0.79562378  0.87755553  0.92795967
             0.97934501  0.99144213  0.99646691  0.99854353
            """,
            state.Values);
    }

    [Fact]
    public void Recurrent_sequence()
    {
        var rnn = Rnn(RnnCell(Spaced(-0.2, 0.4, [4, 5]), Spaced(-0.4, 0.1, [5, 5]), Spaced(-0.7, 0.1, [5])), returnSequences: true);
        var (states, last) = rnn.Forward(Spaced(-0.1, 0.3, [2, 3, 4]), Spaced(-0.3, 0.1, [2, 5]));
        Published.Same(
            """
            -0.42070749 -0.27279261 -0.11074945  0.05740409  0.22236251
            -0.39525808 -0.22554661 -0.0409454   0.14649412  0.32397316
            -0.42305111 -0.24223728 -0.04287027  0.15997045  0.35014525
            -0.55857474 -0.39065825 -0.19198182  0.02378408  0.23735671
            -0.27150199 -0.07088804  0.13562939  0.33099728  0.50158768
            -0.51014825 -0.30524429 -0.06755202  0.17806392  0.40333043
            """,
            states.Values);
        Assert.Equal(states.Slice(1, 2, 1).Values.ToArray(), last.Values.ToArray());
    }

    [Fact]
    public void Embedding()
    {
        var rows = Spaced(0, 1, [5, 3]).Gather(Indices([2, 4], 0, 3, 1, 2, 2, 1, 0, 3));
        Published.Same(
            """
            0          0.07142857 0.14285714  0.64285714 0.71428571 0.78571429  0.21428571 0.28571429 0.35714286  0.42857143 0.5        0.57142857
            0.42857143 0.5        0.57142857  0.21428571 0.28571429 0.35714286  0          0.07142857 0.14285714  0.64285714 0.71428571 0.78571429
            """,
            rows.Values);
    }

    private static Tensor<double> Spaced(double first, double last, Shape shape) =>
        Tensor(shape, [.. Enumerable.Range(0, shape.Elements).Select(i => first + (last - first) * i / (shape.Elements - 1))]);
}
