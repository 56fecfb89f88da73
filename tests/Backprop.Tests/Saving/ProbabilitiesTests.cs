using Backprop.Layers;
using Backprop.Operations;
using Backprop.Saving;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Saving;

public class ProbabilitiesTests
{
    private static SavedModel<double> Model(string loss, int classes, Layer<double>? last = null) =>
        new(Sequential([Linear(2, classes, new Random(1)), .. last is null ? Array.Empty<Layer<double>>() : [last]]), [2])
        {
            Loss = loss,
            ClassNames = [.. Enumerable.Range(0, classes).Select(i => $"{i}")],
        };

    private static readonly Tensor<double> Outputs = Tensor([2, 3], 0.2, 0.3, 0.5, 0.9, 0.1, 0);

    [Theory]
    [InlineData("softmax_cross_entropy")]
    [InlineData("multi_class_hinge")]
    [InlineData("")]
    public void Logits_become_their_softmax(string loss) => Assert.Equal(Outputs.Softmax().Values.ToArray(), Model(loss, 3).Probabilities(Outputs).Values.ToArray());

    [Theory]
    [InlineData("mean_squared_error")]
    [InlineData("kullback_leibler")]
    [InlineData("binary_cross_entropy")]
    public void Outputs_that_are_probabilities_stay(string loss) => Assert.Same(Outputs, Model(loss, 3).Probabilities(Outputs));

    [Fact]
    public void The_last_layer_decides_where_the_loss_is_not_said()
    {
        Assert.Same(Outputs, Model("", 3, Softmax()).Probabilities(Outputs));
        Assert.Same(Outputs, Model("", 3, Sequential(Relu(), Sigmoid())).Probabilities(Outputs));
    }

    [Fact]
    public void Each_logit_by_itself_becomes_its_sigmoid() =>
        Assert.Equal(Outputs.Sigmoid().Values.ToArray(), Model("binary_cross_entropy_with_logits", 3).Probabilities(Outputs).Values.ToArray());

    [Fact]
    public void A_single_output_means_the_second_of_two_classes()
    {
        var one = Tensor([2, 1], 0.25, 1);
        Assert.Equal([0.75, 0.25, 0, 1], Model("binary_cross_entropy", 2).Probabilities(one).Values.ToArray());
        double p = one.Sigmoid().Values[0];
        var shown = Model("binary_cross_entropy_with_logits", 2).Probabilities(one);
        Assert.Equal([2, 2], shown.Shape.AsSpan().ToArray());
        Assert.Equal([1 - p, p], shown.Values[..2].ToArray());
        Assert.Equal([1 - p, p], Model("hinge", 2).Probabilities(one).Values[..2].ToArray());
    }

    [Fact]
    public void Time_steps_have_probabilities_each()
    {
        var sequence = Tensor([1, 2, 3], Outputs.Values);
        Assert.Equal(sequence.Softmax().Values.ToArray(), Model("softmax_cross_entropy", 3).Probabilities(sequence).Values.ToArray());
    }

    [Fact]
    public void Scores_of_a_hinge_loss_are_no_probabilities()
    {
        Assert.False(Model("hinge", 2).GivesProbabilities);
        Assert.False(Model("multi_class_hinge", 3).GivesProbabilities);
        Assert.True(Model("softmax_cross_entropy", 3).GivesProbabilities);
    }

    [Fact]
    public void Other_widths_are_refused() => Assert.Equal(
        "Probabilities: outputs [2, 3] came; the last axis needs one for each of 4 classes, or a single one for two",
        Assert.Throws<ShapeException>(() => Model("", 4).Probabilities(Outputs)).Message);
}
