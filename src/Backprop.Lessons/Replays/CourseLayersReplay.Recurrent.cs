using Backprop.Layers;
using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Lessons.Replays;

// The recurrent layers.
internal sealed partial class CourseLayersReplay
{
    /// <summary>The course's gates stand in the order i, f, o, g.</summary>
    private static readonly int[] CourseOrder = [0, 1, 3, 2];

    private static void RecurrentStep(ReplaySheet sheet)
    {
        var cell = RnnCell(Spaced.Over([10, 4], -0.1, 0.9), Spaced.Over([4, 4], -0.3, 0.7), Spaced.Over([4], -0.2, 0.4));
        sheet.Begin("RNN, one time step");
        sheet.AddAll(
            "h",
            """
            -0.58172089 -0.50182032 -0.41232771 -0.31410098
             0.66854692  0.79562378  0.87755553  0.92795967
             0.97934501  0.99144213  0.99646691  0.99854353
            """,
            cell.Step(Spaced.Over([3, 10], -0.4, 0.7), Spaced.Over([3, 4], -0.2, 0.5)));
    }

    private static void RecurrentSequence(ReplaySheet sheet)
    {
        var rnn = Rnn(RnnCell(Spaced.Over([4, 5], -0.2, 0.4), Spaced.Over([5, 5], -0.4, 0.1), Spaced.Over([5], -0.7, 0.1)), returnSequences: true);
        sheet.Begin("RNN, three time steps");
        sheet.AddAll(
            "h",
            """
            -0.42070749 -0.27279261 -0.11074945  0.05740409  0.22236251
            -0.39525808 -0.22554661 -0.0409454   0.14649412  0.32397316
            -0.42305111 -0.24223728 -0.04287027  0.15997045  0.35014525
            -0.55857474 -0.39065825 -0.19198182  0.02378408  0.23735671
            -0.27150199 -0.07088804  0.13562939  0.33099728  0.50158768
            -0.51014825 -0.30524429 -0.06755202  0.17806392  0.40333043
            """,
            rnn.Forward(Spaced.Over([2, 3, 4], -0.1, 0.3), Spaced.Over([2, 5], -0.3, 0.1)).Output);
    }

    private static void MemoryStep(ReplaySheet sheet)
    {
        var cell = Memory(Spaced.Over([4, 20], -2.1, 1.3), Spaced.Over([5, 20], -0.7, 2.2), Spaced.Over([20], 0.3, 0.7));
        var state = cell.Step(Spaced.Over([3, 4], -0.4, 1.2), new(Spaced.Over([3, 5], -0.3, 0.7), Spaced.Over([3, 5], -0.4, 0.9)));
        sheet.Begin("LSTM, one time step");
        sheet.AddAll(
            "h",
            """
            0.24635157 0.28610883 0.32240467 0.35525807 0.38474904
            0.49223563 0.55611431 0.61507696 0.66844003 0.7159181
            0.56735664 0.66310127 0.74419266 0.80889665 0.858299
            """,
            state.Hidden);
        sheet.AddAll(
            "c",
            """
            0.32986176 0.39145139 0.451556   0.51014116 0.56717407
            0.66382255 0.76674007 0.87195994 0.97902709 1.08751345
            0.74192008 0.90592151 1.07717006 1.25120233 1.42395676
            """,
            state.Cell);
    }

    private static void MemorySequence(ReplaySheet sheet)
    {
        var lstm = Lstm(Memory(Spaced.Over([5, 16], -0.2, 0.9), Spaced.Over([4, 16], -0.3, 0.6), Spaced.Over([16], 0.2, 0.7)), returnSequences: true);
        var start = new LstmState<double>(Spaced.Over([2, 4], -0.4, 0.8), Zeros([2, 4]));
        sheet.Begin("LSTM, three time steps");
        sheet.AddAll(
            "h",
            """
            0.01764008 0.01823233 0.01882671 0.0194232
            0.11287491 0.12146228 0.13018446 0.13902939
            0.31358768 0.33338627 0.35304453 0.37250975
            0.45767879 0.4761092  0.4936887  0.51041945
            0.6704845  0.69350089 0.71486014 0.7346449
            0.81733511 0.83677871 0.85403753 0.86935314
            """,
            lstm.Forward(Spaced.Over([2, 3, 5], -0.4, 0.6), start).Output);
    }

    private static LstmCell<double> Memory(Tensor<double> inputWeight, Tensor<double> recurrentWeight, Tensor<double> bias) =>
        LstmCell(InOurOrder(inputWeight), InOurOrder(recurrentWeight), InOurOrder(bias));

    private static Tensor<double> InOurOrder(Tensor<double> gates)
    {
        int units = gates.Shape[^1] / 4;
        int[] columns = [.. CourseOrder.SelectMany(gate => Enumerable.Range(gate * units, units))];
        return Tensor(gates.Shape, [.. Enumerable.Range(0, gates.Length).Select(i => gates.Values[i / columns.Length * columns.Length + columns[i % columns.Length]])]);
    }
}
