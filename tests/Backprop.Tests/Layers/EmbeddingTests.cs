using Backprop.Data;
using Backprop.Tensors;
using Backprop.Training;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Layers;

public class EmbeddingTests
{
    public static LayerCase[] Cases =>
    [
        new("Embedding", random => Embedding(10, 3, random), [2, 3]) { Value = Token },
        new("Embedding of one token each", random => Embedding(10, 3, random, name: "tokens"), [4]) { Value = Token },
        new("Sequential with an Embedding", random => Sequential(Embedding(10, 3, random), Rnn(3, 2, random)), [2, 3]) { Value = Token },
    ];

    // The tests of replays multiply by 1.125, which gives whole numbers again.
    private static double Token(int index) => index % 3 == 1 ? 8 : 0;

    [Fact]
    public void Indices_and_numbers_give_the_same_vectors()
    {
        var random = new Random(3);
        var model = Sequential("tokens", Sequential(Embedding(5, 3, random)), Rnn(3, 2, random));
        var (numbers, tokens) = (Tensor([2, 3], 0, 4, 1, 2, 2, 3), Indices([2, 3], 0, 4, 1, 2, 2, 3));
        double[] expected = model.Forward(numbers).Values.ToArray();
        Assert.Equal(expected, model.Forward(tokens).Values.ToArray());
        Assert.Equal(expected, model.Predictor().Predict(tokens).Values.ToArray());
        Assert.Equal([5, 3], model.Parameters["sequential1.embedding1.weight"].Shape);
    }

    [Fact]
    public void A_layer_that_reads_numbers_says_so()
    {
        var model = Sequential(Linear(3, 2, new Random(1)));
        Assert.Equal(
            "linear: Indices came, this layer reads a tensor of numbers; put an Embedding before it.",
            Assert.Throws<NotSupportedException>(() => model.Forward(Indices([1], 0))).Message);
    }

    [Fact]
    public void A_trainer_learns_which_tokens_are_odd()
    {
        var random = new Random(3);
        var model = Sequential(Embedding(8, 2, random), Linear(2, 2, random));
        DataSet<double> data = new(Tensor([8], 0, 1, 2, 3, 4, 5, 6, 7), Indices([8], 0, 1, 0, 1, 0, 1, 0, 1));
        var trainer = new Trainer<double>(model, (y, t) => SoftmaxCrossEntropy(y, t), Adam(model.Parameters, 0.1)) { BatchSize = 4 };
        foreach (var _ in trainer.Epochs(data, 60, cancellation: TestContext.Current.CancellationToken)) { }
        Assert.False(trainer.RecordsEveryStep);
        Assert.Equal(1, trainer.Evaluate(data, TestContext.Current.CancellationToken).Accuracy);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Equal("Embedding: vocabulary is 0, 1 or more is needed.", Assert.Throws<ArgumentOutOfRangeException>(() => Embedding(0, 2, new Random(1))).Message);
        Assert.Equal("Embedding: the weight [3] came, [vocabulary, units] is needed", Assert.Throws<ShapeException>(() => Embedding(Zeros([3]))).Message);
    }

    [Fact]
    public void A_given_table_is_shared()
    {
        var table = Parameter([2, 2], 1, 2, 3, 4);
        Assert.Same(table, Embedding(table).Weight);
        Assert.Equal([("vocabulary", 2), ("units", (object)2)], Embedding(table).Settings);
    }
}
