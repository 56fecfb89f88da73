using Backprop.Data;
using Backprop.Layers;
using Backprop.Randomness;
using Backprop.Tensors;
using Backprop.Training;
using static Backprop.Nn<float>;

namespace Backprop.Tests.Training;

public class ContinuationTests
{
    private static readonly Vocabulary Letters = Vocabulary.OfCharacters("abc");

    /// <summary>A network without memory: the row of the last token is the logits of the next.</summary>
    private static Layer<float> Table(params float[] logits) => Sequential(Embedding(Tensor([4, 4], logits)), Linear(Identity(4), Zeros([4])));

    private static Tensor<float> Identity(int size) => Tensor([size, size], Enumerable.Range(0, size * size).Select(i => i % (size + 1) == 0 ? 1f : 0).ToArray());

    // After a comes b (or an unknown token, still likelier), after b c or a, after c a.
    private static Continuation<float> Chain(double temperature) =>
        new(Table(0, 0, 0, 0, 9, -50, 5, -50, 9, 1, -50, 1 + MathF.Log(3), 9, 50, -50, -50), Letters, window: 8) { Temperature = temperature };

    [Fact]
    public void At_temperature_0_the_likeliest_follows_and_never_the_unknown() =>
        Assert.Equal("bcabc", string.Concat(Chain(0).Write("a", 5, new SeededRandom(1))));

    [Theory]
    [InlineData(1, 0.75)]
    [InlineData(0.5, 0.9)]   // 3 to 1 becomes 9 to 1
    [InlineData(2, 0.634)]   // √3 to 1
    [InlineData(1e-300, 1)]
    [InlineData(1e300, 1 / 3.0)]
    public void Shares_follow_the_temperature(double temperature, double share)
    {
        var random = new SeededRandom(7);
        var chain = Chain(temperature);
        int count = 4000, c = Enumerable.Range(0, count).Count(_ => chain.Write("b", 1, random).Single() == "c");
        Assert.Equal(share, c / (double)count, 0.03);
    }

    [Fact]
    public void An_answer_that_is_no_number_is_named()
    {
        var broken = new Continuation<float>(Table([.. Enumerable.Repeat(float.NaN, 16)]), Letters, 4);
        var error = Assert.Throws<NotFiniteNumberException>(() => broken.Write("ab", 1, new SeededRandom(1)).Single());
        Assert.StartsWith("Continuation: the model answers NaN after 2 tokens; ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_seed_writes_the_same()
    {
        string Once(int seed) => string.Concat(Chain(2).Write("ab", 40, new SeededRandom(seed)));
        Assert.Equal(Once(1), Once(1));
        Assert.NotEqual(Once(1), Once(2));
    }

    [Fact]
    public void What_is_next_is_the_softmax_at_the_last_token()
    {
        var next = Chain(5).Next([3, 2]);
        double sum = Math.Exp(9) + Math.Exp(1) + 3 * Math.Exp(1);
        Assert.Equal([4], next.Shape);
        Assert.Equal(Math.Exp(1) / sum, next.Values[1], 1e-6);
        Assert.Equal(1, next.Values.ToArray().Sum(), 1e-6);
    }

    [Fact]
    public void No_more_than_the_window_is_read()
    {
        var random = new SeededRandom(3);
        var model = Sequential(Embedding(4, 5, random), Lstm(5, 6, random, returnSequences: true), Linear(6, 4, random));
        var narrow = new Continuation<float>(model, Letters, window: 3);
        var wide = new Continuation<float>(model, Letters, window: 10);
        Assert.Equal(narrow.Next([2, 3, 1]).Values.ToArray(), narrow.Next([1, 1, 2, 3, 1]).Values.ToArray());
        Assert.NotEqual(wide.Next([2, 3, 1]).Values.ToArray(), wide.Next([1, 1, 2, 3, 1]).Values.ToArray());
    }

    [Fact]
    public void Words_come_with_their_spaces()
    {
        var words = Vocabulary.OfWords("one , two");
        var logits = new float[16];
        (logits[1 * 4 + 2], logits[2 * 4 + 3], logits[3 * 4 + 1]) = (9, 9, 9);
        Assert.Equal([",", " two", " one", ","], new Continuation<float>(Table(logits), words, 4) { Temperature = 0 }.Write("one", 4, new SeededRandom(1)));
    }

    [Fact]
    public void A_trained_network_writes_what_it_read()
    {
        const string Text = "abcabcabcabcabcabcabcabcabc";
        var random = new SeededRandom(1);
        var model = Sequential(Embedding(4, 4, random), Rnn(4, 8, random, returnSequences: true), Linear(8, 4, random));
        var trainer = new Trainer<float>(model, (y, t) => SoftmaxCrossEntropy(y, t), Adam(model.Parameters, learningRate: 0.05));
        var last = trainer.Epochs(TextWindows.Of<float>(Letters.Encode(Text), 6, Letters), 40, cancellation: TestContext.Current.CancellationToken).Last();
        Assert.True(last.TrainLoss < 0.4, $"{last.TrainLoss}");
        Assert.Equal("cabcabca", string.Concat(new Continuation<float>(model, Letters, 6) { Temperature = 0 }.Write("ab", 8, random)));
    }

    [Fact]
    public void Training_on_leaves_the_writer_as_it_was()
    {
        var model = Linear(Tensor([4, 4], Identity(4).Values), Zeros([4]));
        var embedding = Embedding(Tensor([4, 4], Identity(4).Values));
        var writer = new Continuation<float>(Sequential(embedding, model), Letters, 4);
        float[] before = writer.Next([1]).Values.ToArray();
        embedding.Weight.Set(Zeros([4, 4]).Values);
        Assert.Equal(before, writer.Next([1]).Values.ToArray());
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        var chain = Chain(1);
        Assert.Contains("the prompt is empty", Assert.Throws<ArgumentException>(() => chain.Write("", 1, new SeededRandom(1))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => chain.Write("a", -1, new SeededRandom(1)));
        Assert.Throws<ArgumentException>(() => chain.Next([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => chain.Next([4]));
        Assert.Contains("the temperature -1 came", Assert.Throws<ArgumentOutOfRangeException>(() => Chain(-1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Chain(double.NaN));
        var model = Sequential(Embedding(Zeros([4, 2])), Linear(Zeros([2, 3]), Zeros([3])));
        var error = Assert.Throws<ShapeException>(() => new Continuation<float>(model, Letters, 4).Next([1, 2]));
        Assert.Equal("Continuation: the model gives [1, 2, 3] for tokens [1, 2]; [1, 2, 4] is needed, a logit for each token of the vocabulary", error.Message);
        var nothing = new Continuation<float>(Table(new float[16]), Vocabulary.OfCharacters(""), 4);
        Assert.Throws<ArgumentException>(() => nothing.Write("a", 1, new SeededRandom(1)));
    }
}
