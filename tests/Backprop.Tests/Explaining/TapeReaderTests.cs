using Backprop.Explaining;
using Backprop.Layers;
using Backprop.Operations;
using Backprop.Optimizers;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Explaining;

public partial class TapeReaderTests
{
    private readonly Tensor<double> x = Tensor([1, 2], 0.05, 0.10);
    private readonly Tensor<double> y = Tensor([1, 2], 0.01, 0.99);
    private readonly Sequential<double> model = Sequential(
        Linear(Tensor([2, 2], 0.15, 0.25, 0.20, 0.30), Tensor([2], 0.35, 0.35), "hidden"), Sigmoid(),
        Linear(Tensor([2, 2], 0.40, 0.50, 0.45, 0.55), Tensor([2], 0.60, 0.60), "output"), Sigmoid());

    private (Tape<double> Tape, Optimizer<double> Optimizer) Train()
    {
        var tape = Record(model.Parameters, x, y);
        tape.Backward(HalfSquaredError(model.Forward(x), y));
        return (tape, Sgd(model.Parameters, 0.5));
    }

    [Fact]
    public void One_training_step_reads_as_in_the_snapshot()
    {
        var (tape, optimizer) = Train();
        var reader = TapeReader<double>.Attach(tape);
        optimizer.Step();
        string text = $"{TapeText.Legend(reader)}\n\n{TapeText.Of(reader.Steps)}\n{TapeText.Of(reader.Update(optimizer))}\n\n{TapeText.Signs}\n";
        string snapshot = Path.Combine(Repository.Root, "tests", "Backprop.Tests", "Explaining", "mazur.txt");
        string actual = Path.Combine(Path.GetTempPath(), "Backprop.mazur.txt");
        File.WriteAllText(actual, text);
        Assert.True(File.Exists(snapshot) && File.ReadAllText(snapshot) == text, $"The text has changed: compare {snapshot} with {actual}.");
        tape.Dispose();
    }

    [Fact]
    public void Every_number_comes_from_the_tape()
    {
        var (tape, _) = Train();
        using (tape)
        {
            var steps = TapeReader<double>.Attach(tape).Steps.ToDictionary(step => step.Symbol);
            Assert.Equal(tape.Steps[0].Output.Values.ToArray(), steps["z1"].Values);
            Assert.Equal(tape.Steps[0].Output.Gradient.ToArray(), steps["δ1"].Values);
            Assert.Equal(model.Parameters["output.weight"].Gradient.ToArray(), steps["∂L/∂W2"].Values);
            Assert.Equal(tape.Loss!.Value, steps["L"].EntryResult);
        }
    }

    [Fact]
    public void After_an_update_a_tape_is_no_longer_read()
    {
        var (tape, optimizer) = Train();
        using (tape)
        {
            optimizer.Step();
            var error = Assert.Throws<InvalidOperationException>(() => TapeReader<double>.Attach(tape));
            Assert.Contains("'hidden.weight' [2, 2] have changed", error.Message, StringComparison.Ordinal);
            Assert.Contains("attach the reader before", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_attached_reader_keeps_what_the_update_overwrites()
    {
        var (tape, optimizer) = Train();
        using (tape)
        {
            var reader = TapeReader<double>.Attach(tape);
            var before = reader.Steps.Select(step => step.Numbers).ToArray();
            Assert.Throws<InvalidOperationException>(() => reader.Update(optimizer));
            optimizer.Step();
            Assert.Equal(before, reader.Steps.Select(step => step.Numbers));
            Assert.StartsWith("0.15 − 0.5·", reader.Update(optimizer)[0].Numbers, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_sequence_in_one_step_is_read_by_its_last_state()
    {
        var x = Tensor([1, 2, 1], 1, 2);
        var rnn = Sequential(Rnn(RnnCell(Tensor([1, 1], 0.5), Tensor([1, 1], -0.25), Tensor([1], 0.1))), Linear(Tensor([1, 1], 2)));
        using var tape = Record(rnn.Parameters, x);
        tape.Backward(MeanSquaredError(rnn.Forward(x), Tensor([1, 1], 1)));
        var steps = TapeReader<double>.Attach(tape).Steps;
        Assert.Equal(("h_2", "h_t = tanh(x_t·Wx + h_(t−1)·Wh + b1)"), (steps[0].Symbol, steps[0].Formula));
        Assert.Equal("tanh(2·0.5 + 0.53705·(−0.25) + 0.1)", steps[0].Numbers);
        Assert.Equal("Σ t of h_(t−1)ᵀ·δ_t, δ_t = δ_(t+1)·Whᵀ · (1 − h_t²), δ_2 = ∂L/∂h_2 · (1 − h_2²)", steps.Single(step => step.Symbol == "∂L/∂Wh").Formula);
    }

    [Fact]
    public void Time_steps_are_called_by_their_number()
    {
        var random = new Random(1);
        var rnn = Sequential(Rnn(2, 3, random, unrolled: true), Linear(3, 1, random), Sigmoid());
        var sequence = Tensor([1, 2, 2], 1, 0, 0, 1);
        var one = Tensor([1, 1], 1);
        using var tape = Record(rnn.Parameters, sequence, one);
        tape.Backward(MeanSquaredError(rnn.Forward(sequence), one));
        var symbols = TapeReader<double>.Attach(tape).Steps.Select(step => step.Symbol).ToList();
        string[] expected = ["x_1", "z_1", "h_1", "x_2", "z_2", "h_2", "z2", "ŷ", "L", "δ_1", "δ_2", "δ2", "∂L/∂Wx", "∂L/∂Wh"];
        Assert.All(expected, symbol => Assert.Contains(symbol, symbols));
    }

    [Fact]
    public void A_layer_s_logits_are_not_called_a_prediction()
    {
        var classifier = Sequential(Linear(2, 3, new Random(1)));
        var classes = Indices([1], 2);
        using var tape = Record(classifier.Parameters, x, classes);
        tape.Backward(SoftmaxCrossEntropy(classifier.Forward(x), classes));
        Assert.Equal(["z1", "L", "δ1", "∂L/∂W1", "∂L/∂b1"], TapeReader<double>.Attach(tape).Steps.Select(step => step.Symbol));
    }

    [Fact]
    public void Whole_numbers_are_called_by_their_place_among_the_inputs()
    {
        var table = Parameter([3, 2], 1, 2, 3, 4, 5, 6);
        var tokens = Indices([2], 0, 2);
        var classes = Indices([2], 1, 0);
        using var tape = Record([table], tokens, classes);
        tape.Backward(SoftmaxCrossEntropy(table.Gather(tokens), classes));
        var legend = TapeReader<double>.Attach(tape).Legend;
        Assert.Equal(("x", "indices 0 2"), (legend[0].Symbol, legend[0].Meaning));
        Assert.Equal(("y", "classes 1 0"), (legend[1].Symbol, legend[1].Meaning));
    }

    [Fact]
    public void No_line_is_longer_than_80_columns()
    {
        var random = new Random(3);
        var large = Sequential(Conv2d(1, 4, 3, random), Relu(), MaxPool2d(2), Flatten(), Linear(36, 12, random), Tanh(), Linear(12, 3, random));
        var pictures = Tensor([2, 1, 8, 8], [.. Enumerable.Range(0, 128).Select(i => Math.Sin(i) * 1e5)]);
        var classes = Indices([2], 0, 2);
        using var tape = Record(large.Parameters, pictures, classes);
        tape.Backward(SoftmaxCrossEntropy(large.Forward(pictures), classes));
        var reader = TapeReader<double>.Attach(tape);
        var optimizer = Adam(large.Parameters);
        optimizer.Step();
        string text = TapeText.Of(reader.Steps) + "\n" + TapeText.Of(reader.Update(optimizer)) + "\n" + TapeText.Legend(reader);
        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 80, line));
        Assert.DoesNotContain("{", text, StringComparison.Ordinal);
    }
}
