using Backprop.Checking;
using Backprop.Operations;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Checking;

/// <summary>Operations with a mistake in their backward pass, and what the doctor says of them.</summary>
public class DoctorOfOperationsTests
{
    private static Parameter<double> Draw(string name, params int[] shape) =>
        new(new Shape(shape), [.. Enumerable.Range(0, new Shape(shape).Elements).Select(i => Math.Sin(1.3 * i + name.Length + name[^1]))], name);

    private static readonly Indices Classes = new([3], 1, 0, 2);

    /// <summary>Compositions that an operation of one's own may stand for, by the shapes of what they read.</summary>
    private static readonly Dictionary<string, (Func<Tensor<double>[], Tensor<double>> Compose, int[][] Shapes)> Compositions = new()
    {
        ["tanh"] = (x => x[0].Tanh(), [[3, 2]]),
        ["sigmoid"] = (x => x[0].Sigmoid(), [[5]]),
        ["softmax"] = (x => x[0].Softmax(), [[2, 3]]),
        ["matmul"] = (x => x[0].MatMul(x[1]), [[3, 2], [2, 4]]),
        ["linear"] = (x => x[0].Linear(x[1], x[2]), [[4, 3], [3, 3], [3]]),
        ["squares"] = (x => MeanSquaredError(x[0], x[1]), [[3, 2], [3, 2]]),
        ["classes"] = (x => SoftmaxCrossEntropy(x[0], Classes), [[3, 3]]),
        ["conv"] = (x => x[0].Conv2d(x[1], x[2], padding: 1), [[2, 1, 4, 4], [2, 1, 3, 3], [2]]),
        ["turned"] = (x => x[0].Conv2d(x[1].Reverse(2).Reverse(3)), [[1, 1, 4, 4], [1, 1, 2, 2]]),
        ["pool"] = (x => x[0].MaxPool2d(2), [[1, 2, 4, 4]]),
        ["rnn"] = (x => x[0].Rnn(x[1], x[2], x[3], x[4]), [[2, 4, 2], [2, 3], [2, 3], [3, 3], [3]]),
        ["lstm"] = (x => x[0].Lstm(new LstmState<double>(x[1], x[2]), x[3], x[4], x[5], returnSequences: true), [[2, 3, 2], [2, 2], [2, 2], [2, 8], [2, 8], [8]]),
        ["gru"] = (x => x[0].Gru(x[1], x[2], x[3], x[4], x[5]), [[2, 3, 2], [2, 2], [2, 6], [2, 6], [6], [6]]),
        ["dense"] = (x => (x[0].MatMul(x[1]) + x[2]).Tanh().MatMul(x[3]).Sigmoid(), [[4, 2], [2, 3], [3], [3, 2]]),
        ["residual"] = (x => x[0] + x[0].MatMul(x[1]).Tanh(), [[3, 2], [2, 2]]),
    };

    public static TheoryData<string, bool> All => [.. Compositions.Keys.SelectMany(name => new[] { (name, true), (name, false) })];

    private static Parameter<double>[] Inputs(string name) =>
        [.. Compositions[name].Shapes.Select((shape, i) => Draw($"x{i}", shape))];

    [Theory, MemberData(nameof(All))]
    public void Without_a_mistake_nothing_is_found(string name, bool unfolds)
    {
        var inputs = Inputs(name);
        var diagnosis = Doctor.Examine(() => new MistakenOp(Compositions[name].Compose, inputs) { Unfolds = unfolds }.Apply(), [.. inputs]);
        Assert.True(diagnosis.Verdict == Verdict.Right, diagnosis.ToString());
        Assert.Empty(diagnosis.Findings);
        Assert.Empty(diagnosis.Remarks);
    }

    [Theory, MemberData(nameof(All))]
    public void The_mistake_that_was_made_is_among_those_named(string name, bool unfolds)
    {
        if (!unfolds && name is "rnn" or "lstm" or "gru" or "dense" or "residual") return;
        var inputs = Inputs(name);
        var (compose, _) = Compositions[name];
        Mistake[] all;
        using (var tape = Tape<double>.Record([.. inputs]))
        using (var walk = new MistakenWalk(tape, compose(inputs))) all = [.. Mistakes.Of(walk)];
        Assert.NotEmpty(all);
        for (int made = 0; made < all.Length; made++)
        {
            var diagnosis = Doctor.Examine(() => new MistakenOp(compose, inputs) { Unfolds = unfolds, Made = made, Classes = name == "classes" ? Classes : null }.Apply(), [.. inputs]);
            if (diagnosis.Verdict != Verdict.Wrong) continue;
            Assert.True(diagnosis.Causes.Any(cause => cause.Kind == all[made].Kind), $"{all[made].Kind} {all[made]}\n{diagnosis}");
        }
    }
}
