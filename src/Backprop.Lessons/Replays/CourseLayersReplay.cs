using Backprop.Operations;
using static Backprop.Nn<double>;

namespace Backprop.Lessons.Replays;

/// <summary>The checks of layers in CS231n's assignments, whose inputs are equally spaced numbers.</summary>
internal sealed partial class CourseLayersReplay : ReplayLesson
{
    public override string Name => "cs231n-layers";

    public override string Summary => "dense, convolution, pooling, RNN, LSTM, embedding";

    public override Publication Publication { get; } = new("The staff of CS231n", "Assignments 2 and 3", 2016, "https://cs231n.github.io/assignments2016/assignment2/");

    public override string Remark => "The inputs are equally spaced numbers; the figures stand in the assignments' notebooks.";

    protected override void Play(ReplaySheet sheet)
    {
        Dense(sheet);
        Convolution(sheet);
        Pooling(sheet);
        RecurrentStep(sheet);
        RecurrentSequence(sheet);
        MemoryStep(sheet);
        MemorySequence(sheet);
        Embedding(sheet);
    }

    private static void Dense(ReplaySheet sheet)
    {
        sheet.Begin("dense layer, 120 inputs");
        sheet.AddAll(
            "out", "1.49834967 1.70660132 1.91485297 3.25553199 3.5141327 3.77273342",
            Spaced.Over([2, 4, 5, 6], -0.1, 0.5).Flatten().Linear(Spaced.Over([120, 3], -0.2, 0.3), Spaced.Over([3], -0.3, 0.1)));
    }

    private static void Convolution(ReplaySheet sheet)
    {
        sheet.Begin("convolution, stride 2, padding 1");
        sheet.AddAll(
            "out",
            """
            -0.08759809 -0.10987781 -0.18387192 -0.2109216
            0.21027089 0.21661097 0.22847626 0.23004637
            0.50813986 0.54309974 0.64082444 0.67101435
            -0.98053589 -1.03143541 -1.19128892 -1.24695841
            0.69108355 0.66880383 0.59480972 0.56776003
            2.36270298 2.36904306 2.38090835 2.38247847
            """,
            Spaced.Over([2, 3, 4, 4], -0.1, 0.5).Conv2d(Spaced.Over([3, 3, 4, 4], -0.2, 0.3), Spaced.Over([3], -0.1, 0.2), 2, 1));
    }

    private static void Pooling(ReplaySheet sheet)
    {
        sheet.Begin("max pooling, 2 by 2");
        sheet.AddAll(
            "out",
            """
            -0.26315789 -0.24842105 -0.20421053 -0.18947368
            -0.14526316 -0.13052632 -0.08631579 -0.07157895
            -0.02736842 -0.01263158 0.03157895 0.04631579
            0.09052632 0.10526316 0.14947368 0.16421053
            0.20842105 0.22315789 0.26736842 0.28210526
            0.32631579 0.34105263 0.38526316 0.4
            """,
            Spaced.Over([2, 3, 4, 4], -0.3, 0.4).MaxPool2d(2));
    }

    private static void Embedding(ReplaySheet sheet)
    {
        sheet.Begin("embedding, words 0 3 1 2 and 2 1 0 3");
        sheet.AddAll(
            "out",
            """
            0          0.07142857 0.14285714  0.64285714 0.71428571 0.78571429  0.21428571 0.28571429 0.35714286  0.42857143 0.5        0.57142857
            0.42857143 0.5        0.57142857  0.21428571 0.28571429 0.35714286  0          0.07142857 0.14285714  0.64285714 0.71428571 0.78571429
            """,
            Spaced.Over([5, 3], 0, 1).Gather(Indices([2, 4], 0, 3, 1, 2, 2, 1, 0, 3)));
    }
}
