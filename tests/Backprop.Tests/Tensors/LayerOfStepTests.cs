using Backprop.Randomness;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Tensors;

public class LayerOfStepTests
{
    [Fact]
    public void Every_step_knows_the_layer_that_recorded_it()
    {
        var random = new SeededRandom(1);
        var model = Sequential(Linear(2, 2, random, name: "hidden"), Residual(Sequential(Tanh(), Linear(2, 2, random))), Sigmoid());
        var (x, y) = (Tensor([1, 2], 1, 2), Tensor([1, 2], 0, 1));
        using var tape = Record(model.Parameters, x, y);
        var loss = MeanSquaredError(model.Forward(x), y);
        tape.Backward(loss);
        Assert.Equal(["hidden", "residual1.body.tanh1", "residual1.body.linear1", "residual1", "sigmoid1", ""], tape.Steps.Select(step => step.Layer));
    }

    [Fact]
    public void A_layer_that_refuses_its_input_is_left_again()
    {
        var random = new SeededRandom(1);
        var (fits, not) = (Sequential(Linear(2, 2, random, name: "fits")), Sequential(Linear(3, 2, random, name: "not")));
        var x = Tensor([1, 2], 1, 2);
        using var tape = Record([.. fits.Parameters, .. not.Parameters], x);
        Assert.Throws<ShapeException>(() => not.Forward(x));
        fits.Forward(x);
        Assert.Equal(["fits"], tape.Steps.Select(step => step.Layer));
    }

    [Fact]
    public void Tokens_have_a_layer_too()
    {
        var model = Sequential(Embedding(3, 2, new SeededRandom(1)), Tanh());
        Indices tokens = new([2], 0, 2);
        using var tape = Record(model.Parameters, tokens);
        model.Forward(tokens);
        Assert.Equal(["embedding1", "tanh1"], tape.Steps.Select(step => step.Layer));
    }
}
