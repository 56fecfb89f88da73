using Backprop.Data;
using Backprop.Layers;
using Backprop.Losses;
using Backprop.Saving;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Saving;

public class LossFunctionTests
{
    private static Sequential<double> Model(int outputs, bool bounded = false) => bounded
        ? Sequential(Linear(2, outputs, new Random(1)), Sigmoid()) : Sequential(Linear(2, outputs, new Random(1)));

    private static LossFunction<double> Read(string json, Layer<double> model) => LossFunction<double>.Parse(json, model, [2], "file");

    private static readonly Indices Kinds = Indices([3], 2, 0, 1);

    private static readonly Tensor<double> Three = Tensor([3, 3], 0.2, 0.3, 0.4, 0.9, 0.1, 0.5, 0.3, 0.6, 0.7);

    private static readonly Tensor<double> OneHot = Tensor([3, 3], 0, 0, 1, 1, 0, 0, 0, 1, 0);

    [Fact]
    public void Settings_are_those_of_network_files()
    {
        Assert.Equal(
            Huber(Three, OneHot, 0.25).Value, Read("""{ "type": "huber", "delta": 0.25 }""", Model(3)).Of(Three, OneHot).Value);
        Assert.Equal(
            SoftmaxCrossEntropy(Three, Kinds, Reduction.Mean, Tensor([3], 1, 2, 3), 0.1).Value,
            Read("""{ "type": "softmax_cross_entropy", "classWeights": [1, 2, 3], "labelSmoothing": 0.1 }""", Model(3)).Of(Three, Kinds).Value);
    }

    [Theory]
    [InlineData("mean_squared_error")]
    [InlineData("huber")]
    [InlineData("binary_cross_entropy")]
    [InlineData("kullback_leibler")]
    public void A_loss_of_numbers_holds_outputs_against_1_at_the_class_and_0_elsewhere(string name)
    {
        var loss = Read($"\"{name}\"", Model(3, bounded: true));
        Assert.Equal((name, false, true), (loss.Name, loss.ReadsClasses, loss.ReadsProbabilities));
        Assert.Equal(loss.Of(Three, OneHot).Value, loss.Of(Three, Kinds).Value);
        Assert.NotEqual(loss.Of(Three, OneHot).Value, loss.Of(Three, Indices([3], 0, 0, 1)).Value);
    }

    [Fact]
    public void A_single_output_means_the_second_of_two_classes()
    {
        var said = Tensor([3, 1], 0.2, 0.9, 0.4);
        var classes = Indices([3], 0, 1, 1);
        Assert.Equal(BinaryCrossEntropy(said, Tensor([3, 1], 0, 1, 1)).Value, Read("\"binary_cross_entropy\"", Model(1, bounded: true)).Of(said, classes).Value);
        Assert.Equal(Hinge(said, Tensor([3, 1], -1, 1, 1)).Value, Read("\"hinge\"", Model(1)).Of(said, classes).Value);
    }

    /// <summary>What training does: the same tape runs again with other classes.</summary>
    [Fact]
    public void Classes_are_read_anew_when_a_tape_runs_again()
    {
        var model = Model(3, bounded: true);
        var loss = Read("\"mean_squared_error\"", model);
        var x = Tensor([3, 2], 1, 2, 3, 4, 5, 6);
        var kinds = Indices([3], 2, 0, 1);
        using var tape = Record(model.Parameters, x, kinds);
        var result = loss.Of(model.Forward(x), kinds);
        tape.Backward(result);
        tape.Replay(x, Indices([3], 1, 1, 1));
        Assert.Equal(loss.Of(model.Forward(x), Indices([3], 1, 1, 1)).Value, result.Value);
    }

    [Theory]
    [InlineData("softmax_cross_entropy", true, false)]
    [InlineData("multi_class_hinge", true, false)]
    [InlineData("binary_cross_entropy_with_logits", false, false)]
    [InlineData("hinge", false, false)]
    [InlineData("half_squared_error", false, true)]
    public void What_a_loss_reads_follows_from_its_name(string name, bool classes, bool probabilities)
    {
        var loss = Read($"\"{name}\"", Model(3));
        Assert.Equal((classes, probabilities), (loss.ReadsClasses, loss.ReadsProbabilities));
    }

    [Theory]
    [InlineData("\"mse\"", "file: $.loss is \"mse\", mean_squared_error, half_squared_error, mean_absolute_error, huber, ")]
    [InlineData("""{ "type": "huber", "gamma": 1 }""", "file: $.loss.gamma is unknown; there can be delta, reduction, type")]
    [InlineData("""{ "type": "softmax_cross_entropy", "classWeights": [1, 2] }""", "file: $.loss.classWeights has 2 numbers, 3 are needed: one for each output")]
    [InlineData("\"binary_cross_entropy_with_logits\"", "file: $.loss is binary_cross_entropy_with_logits, which has its own sigmoid, ")]
    public void What_does_not_fit_is_refused_with_its_place(string json, string said) =>
        Assert.StartsWith(said, Assert.Throws<DataException>(() => Read(json, Model(3, bounded: true))).Message, StringComparison.Ordinal);
}
