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

    private static Diagnosis Of(string name, bool unfolds, Action<double[][]> alter)
    {
        var inputs = Inputs(name);
        return Doctor.Examine(() => new MistakenOp(Compositions[name].Compose, inputs) { Unfolds = unfolds, Alter = alter }.Apply(), [.. inputs]);
    }

    [Fact]
    public void Two_mistakes_at_once_have_no_known_cause()
    {
        var diagnosis = Of("matmul", unfolds: false, contributions =>
        {
            var (a, b) = (contributions[0], contributions[1]);
            for (int i = 0; i < a.Length; i++) a[i] = -a[i];
            (b[1], b[4]) = (b[4], b[1]);
        });
        Assert.Equal(Verdict.Wrong, diagnosis.Verdict);
        Assert.Empty(diagnosis.Causes);
        Assert.Contains("wrong, cause unknown", diagnosis.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Softmax")]
    [InlineData("LogSoftmax")]
    public void A_softmax_that_lists_no_terms_is_examined_too(string title)
    {
        var x = Draw("x", 2, 3);
        var diagnosis = Doctor.Examine(
            () => new MistakenOp(inputs => title == "Softmax" ? inputs[0].Softmax() : inputs[0].LogSoftmax(), x)
            {
                Title = title,
                Alter = all => (all[0][0], all[0][1], all[0][5]) = (0.3, -all[0][2], 0.7),
            }.Apply(),
            [x]);
        Assert.Equal(Verdict.Wrong, diagnosis.Verdict);
        Assert.Empty(diagnosis.Causes);
    }

    [Theory]
    [InlineData(1e12)]
    [InlineData(1e-12)]
    public void How_a_contribution_joins_others_is_seen_whatever_its_size(double size)
    {
        var x = Draw("x", 3, 2);
        Tensor<double> Scaled(bool overwrites) => new MistakenOp(inputs => inputs[0].Tanh() * Nn<double>.Tensor([], size), x) { Overwrites = overwrites }.Apply();
        Assert.Empty(Doctor.Examine(() => Scaled(overwrites: false), [x]).Remarks);
        Assert.Contains("sets the gradient of its input 0", Assert.Single(Doctor.Examine(() => Scaled(overwrites: true), [x]).Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_term_that_is_missing_is_found()
    {
        // ∂L/∂x1[0,0] without its second sample.
        var inputs = Inputs("matmul");
        using var tape = Tape<double>.Record([.. inputs]);
        var loss = inputs[0].MatMul(inputs[1]).Square().Sum();
        tape.Backward(loss);
        var claimed = inputs.ToDictionary(input => input.Name, input => input.Gradient.ToArray());
        claimed["x1"][0] -= inputs[0].Values[2] * tape.Steps[0].Output.Gradient[4];
        var cause = Assert.Single(Doctor.Examine(tape, loss, claimed).Causes);
        Assert.Equal(MistakeKind.TermMissing, cause.Kind);
        Assert.Contains("term 2 of ∂L/∂x1[0,0]", cause.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_factor_that_no_formula_has_is_measured()
    {
        var inputs = Inputs("matmul");
        using var tape = Tape<double>.Record([.. inputs]);
        var loss = inputs[0].MatMul(inputs[1]).Square().Sum();
        tape.Backward(loss);
        var claimed = inputs.ToDictionary(input => input.Name, input => input.Gradient.ToArray().Select(gradient => 0.1 * gradient).ToArray());
        var cause = Assert.Single(Doctor.Examine(tape, loss, claimed).Causes);
        Assert.Equal(MistakeKind.WrongFactor, cause.Kind);
        Assert.Contains("is 0.1 times the right one", cause.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Setting_where_adding_belongs_is_found_where_it_shows_and_said_where_it_does_not()
    {
        var x = Draw("x", 3, 2);
        Tensor<double> Overwriting(Tensor<double> tensor) => new MistakenOp(inputs => inputs[0].Tanh(), tensor) { Overwrites = true }.Apply();

        // On the way back the step that stands first comes last, and wipes out what is there.
        var shown = Doctor.Examine(() => Overwriting(x) * x.Square(), [x]);
        Assert.Equal(Verdict.Wrong, shown.Verdict);
        Assert.Equal(MistakeKind.Overwritten, Assert.Single(shown.Causes).Kind);

        var once = Doctor.Examine(() => Overwriting(x), [x]);
        Assert.Equal(Verdict.Right, once.Verdict);
        Assert.Contains("sets the gradient of its input 0 where it belongs added to", Assert.Single(once.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void Adding_where_the_first_contribution_belongs_written_is_said()
    {
        var x = Draw("x", 3, 2);
        var diagnosis = Doctor.Examine(() => new MistakenOp(inputs => inputs[0].Tanh(), x) { AlwaysAdds = true }.Apply(), [x]);
        Assert.Contains("adds to the gradient of its input 0 where it is the first", diagnosis.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_wrong_operation_is_named()
    {
        var (x, w) = (Draw("x", 3, 2), Draw("w", 2, 2));
        var diagnosis = Doctor.Examine(
            () => new MistakenOp(inputs => inputs[0].Tanh(), x.MatMul(w)) { Alter = all => all[0] = [.. all[0].Select(value => -value)] }.Apply().Sigmoid().Mean(), [x, w]);
        var finding = Assert.Single(diagnosis.Findings);
        Assert.Equal("Mistaken", finding.Where);
        Assert.Equal(MistakeKind.SignFlipped, Assert.Single(finding.Causes).Kind);
    }

    [Fact]
    public void Causes_that_cannot_be_told_apart_come_with_an_input_that_does()
    {
        // Two samples: half of a sum, and a mean, are the same number.
        var inputs = new[] { Draw("x0", 2, 1), Draw("x1", 2, 1) };
        using var tape = Tape<double>.Record([.. inputs]);
        var loss = MeanSquaredError(inputs[0], inputs[1]);
        tape.Backward(loss);
        var claimed = inputs.ToDictionary(input => input.Name, input => input.Gradient.ToArray().Select(gradient => 2 * gradient).ToArray());
        var causes = Doctor.Examine(tape, loss, new Dictionary<string, double[]> { ["x0"] = claimed["x0"] }).Causes;
        Assert.Equal([MistakeKind.SumForMean, MistakeKind.WrongFactor], causes.Select(cause => cause.Kind));
        Assert.All(causes, cause => Assert.Contains("another number of samples", cause.TellApart, StringComparison.Ordinal));
    }

    [Fact]
    public void An_input_tells_two_causes_apart()
    {
        // With x = [1, 1] the first term of each sum is the last as well.
        var (x, w) = (Tensor([2, 1], 1, 1), Draw("w", 1, 1));
        using var tape = Record([w], x);
        var loss = x.MatMul(w).Sum();
        tape.Backward(loss);
        var causes = Doctor.Examine(tape, loss, new Dictionary<string, double[]> { ["w"] = [1] }).Causes;
        Assert.True(causes.Count > 1);
        Assert.Contains(causes, cause => cause.TellApart.StartsWith("With x[0,0] = 0.5 instead of 1, ∂L/∂w", StringComparison.Ordinal));
    }

    [Fact]
    public void Bad_claims_are_refused()
    {
        var w = Draw("w", 2, 2);
        using var tape = Record([w]);
        var loss = w.Square().Sum();
        Assert.Contains("there is no trainable parameter 'v'; there are w",
            Assert.Throws<ArgumentException>(() => Doctor.Examine(tape, loss, new Dictionary<string, double[]> { ["v"] = [] })).Message, StringComparison.Ordinal);
        Assert.Contains("3 numbers came for 'w', [2, 2] needs 4",
            Assert.Throws<ArgumentException>(() => Doctor.Examine(tape, loss, new Dictionary<string, double[]> { ["w"] = [1, 2, 3] })).Message, StringComparison.Ordinal);
        Assert.Contains("no gradient came",
            Assert.Throws<ArgumentException>(() => Doctor.Examine(tape, loss, new Dictionary<string, double[]>())).Message, StringComparison.Ordinal);
    }
}
