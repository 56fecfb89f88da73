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
    public void Memory_step()
    {
        var cell = LstmCell(InOurOrder(Spaced(-2.1, 1.3, [4, 20])), InOurOrder(Spaced(-0.7, 2.2, [5, 20])), InOurOrder(Spaced(0.3, 0.7, [20])));
        var state = cell.Step(Spaced(-0.4, 1.2, [3, 4]), new(Spaced(-0.3, 0.7, [3, 5]), Spaced(-0.4, 0.9, [3, 5])));
        Published.Same(
            """
            0.24635157 0.28610883 0.32240467 0.35525807 0.38474904
            0.49223563 0.55611431 0.61507696 0.66844003 0.7159181
            0.56735664 0.66310127 0.74419266 0.80889665 0.858299
            """,
            state.Hidden.Values);
        Published.Same(
            """
            0.32986176 0.39145139 0.451556   0.51014116 0.56717407
            0.66382255 0.76674007 0.87195994 0.97902709 1.08751345
            0.74192008 0.90592151 1.07717006 1.25120233 1.42395676
            """,
            state.Cell.Values);
    }

    [Fact]
    public void Memory_sequence()
    {
        var lstm = Lstm(
            LstmCell(InOurOrder(Spaced(-0.2, 0.9, [5, 16])), InOurOrder(Spaced(-0.3, 0.6, [4, 16])), InOurOrder(Spaced(0.2, 0.7, [16]))),
            returnSequences: true);
        var (states, last) = lstm.Forward(Spaced(-0.4, 0.6, [2, 3, 5]), new LstmState<double>(Spaced(-0.4, 0.8, [2, 4]), Zeros([2, 4])));
        Published.Same(
            """
            0.01764008 0.01823233 0.01882671 0.0194232
            0.11287491 0.12146228 0.13018446 0.13902939
            0.31358768 0.33338627 0.35304453 0.37250975
            0.45767879 0.4761092  0.4936887  0.51041945
            0.6704845  0.69350089 0.71486014 0.7346449
            0.81733511 0.83677871 0.85403753 0.86935314
            """,
            states.Values);
        Assert.Equal(states.Slice(1, 2, 1).Values.ToArray(), last.Hidden.Values.ToArray());
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

    /// <summary>The course's gates stand in the order i, f, o, g.</summary>
    private static Tensor<double> InOurOrder(Tensor<double> gates)
    {
        int units = gates.Shape[^1] / 4;
        int[] columns = [.. new[] { 0, 1, 3, 2 }.SelectMany(gate => Enumerable.Range(gate * units, units))];
        return Tensor(gates.Shape, [.. Enumerable.Range(0, gates.Length).Select(i => gates.Values[i / columns.Length * columns.Length + columns[i % columns.Length]])]);
    }

    private static Tensor<double> Spaced(double first, double last, Shape shape) =>
        Tensor(shape, [.. Enumerable.Range(0, shape.Elements).Select(i => first + (last - first) * i / (shape.Elements - 1))]);
}
