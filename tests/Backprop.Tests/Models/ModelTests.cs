using Backprop.Checking;
using Backprop.Layers;
using Backprop.Saving;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Models;

/// <summary>Small whole models that mix the layers: each is checked against finite differences, replayed, described, saved and loaded.</summary>
public class ModelTests
{
    /// <summary>Models by name: how each is built, and the shape of a batch. Activations without kinks stand where finite differences would step over one.</summary>
    private static readonly Dictionary<string, (Func<Random, Layer<double>> Make, Shape Input)> Models = new()
    {
        ["a perceptron"] = (r => Sequential(Linear(4, 5, r), Tanh(), Linear(5, 3, r), Sigmoid(), Linear(3, 2, r)), [3, 4]),
        ["a normalised perceptron"] = (r => Sequential(Linear(4, 6, r, bias: false), BatchNorm1d(6), Tanh(), Linear(6, 2, r)), [5, 4]),
        ["a perceptron with layer normalisation and dropout"] =
            (r => Sequential(Linear(4, 6, r), LayerNorm([6]), Tanh(), Dropout(0.4, r), Linear(6, 3, r), Softmax()), [3, 4]),
        ["residual rows"] = (r => Sequential(Residual(Sequential(Linear(4, 5, r), Tanh(), Linear(5, 4, r))), Residual(Linear(4, 2, r), Linear(4, 2, r))), [3, 4]),
        ["every smooth activation"] = (r => Sequential(
            Linear(3, 4, r), Elu(), Linear(4, 4, r), Selu(), Linear(4, 4, r), Gelu(), Linear(4, 4, r), Silu(), Linear(4, 4, r), Softplus(), Linear(4, 4, r),
            Softsign(), Linear(4, 2, r)), [3, 3]),
        ["activations with kinks in pictures"] =
            (r => Sequential(Conv2d(2, 3, 3, r, padding: 1), PRelu(3), Conv2d(3, 2, 2, r), HardSigmoid(), Gelu(approximate: true), GlobalAveragePool2d()), [2, 2, 4, 3]),
        ["two towers"] = (r => Sequential(Branches(1, Sequential(Linear(3, 2, r), Tanh()), Sequential(Linear(3, 4, r), Sigmoid())), Linear(6, 1, r)), [4, 3]),
        ["LeNet in small"] = (r => Sequential(
            Conv2d(1, 2, 3, r, padding: 1), Tanh(), AveragePool2d(2), Conv2d(2, 3, 2, r), Tanh(), AveragePool2d(2), Flatten(), Linear(3, 2, r)), [2, 1, 6, 7]),
        ["convolution and max pooling"] = (r => Sequential(Conv2d(2, 3, 3, r), Sigmoid(), MaxPool2d(2, ceilMode: true), Flatten(), Linear(12, 2, r)), [2, 2, 5, 6]),
        ["a dilated stack"] = (r => Sequential(
            Conv2d(1, 2, 3, r, padding: 1), Tanh(), Conv2d(2, 2, 3, r, padding: 2, dilation: 2), Tanh(), GlobalAveragePool2d(), Linear(2, 2, r)), [2, 1, 5, 6]),
        ["depthwise separable"] = (r => Sequential(
            Conv2d(3, 3, 3, r, padding: 1, groups: 3, bias: false), BatchNorm2d(3), Tanh(), Conv2d(3, 4, 1, r), GlobalAveragePool2d()), [2, 3, 4, 5]),
        ["grouped convolution with strides"] = (r => Sequential(
            Conv2d(4, 4, (3, 2), r, stride: (2, 1), groups: 2), LeakyRelu(0.3), Conv2d(4, 2, 1, r, stride: 2), Flatten()), [1, 4, 7, 5]),
        ["a residual network in small"] = (r => Sequential(
            Conv2d(1, 2, 3, r, padding: 1, bias: false), BatchNorm2d(2), Tanh(),
            Residual(Sequential(Conv2d(2, 3, 3, r, 2, 1, bias: false), BatchNorm2d(3)), Conv2d(2, 3, 1, r, 2)), Tanh(), GlobalAveragePool2d(), Linear(3, 2, r)),
            [2, 1, 5, 6]),
        ["an inception block"] = (r => Sequential(
            Branches(
                1, Conv2d(2, 1, 1, r), Sequential(Conv2d(2, 1, 1, r), Conv2d(1, 2, 3, r, padding: 1)), Sequential(AveragePool2d(3, 1, 1), Conv2d(2, 1, 1, r))),
            Tanh(), GlobalAveragePool2d(), Linear(4, 2, r)), [1, 2, 5, 4]),
        ["a dense block"] = (r => Sequential(
            Branches(1, Upsample2d(1, name: "old"), Conv2d(2, 2, 3, r, padding: 1)), Tanh(), Conv2d(4, 1, 1, r)), [2, 2, 3, 4]),
        ["an autoencoder of pictures"] = (r => Sequential(
            Conv2d(1, 3, 3, r, 2, 1), Tanh(), Conv2d(3, 2, 3, r, 2, 1), Tanh(), ConvTranspose2d(2, 3, 3, r, 2, 1, 1), Tanh(),
            ConvTranspose2d(3, 1, 3, r, 2, 1, 1), Sigmoid()), [2, 1, 8, 4]),
        ["upsampling and convolution"] = (r => Sequential(
            Conv2d(1, 2, 3, r, padding: 1), Tanh(), MaxPool2d(2), Upsample2d(2, bilinear: true), Conv2d(2, 1, 3, r, padding: 1), Upsample2d((1, 2))), [1, 1, 4, 6]),
        ["a small U"] = (r => Sequential(
            Branches(1, Sequential(AveragePool2d(2), Conv2d(2, 3, 3, r, padding: 1), Tanh(), Upsample2d(2)), Conv2d(2, 1, 1, r)), Conv2d(4, 1, 3, r, padding: 1)),
            [1, 2, 4, 6]),
        ["spatial dropout behind grouped transposed convolution"] = (r => Sequential(
            ConvTranspose2d(4, 4, 2, r, 2, groups: 2, dilation: 2), Dropout2d(0.4, r), LayerNorm([4, 5, 7]), GlobalAveragePool2d()), [2, 4, 2, 3]),
        ["convolution along sequences"] = (r => Sequential(
            Conv1d(2, 4, 3, r, padding: 2, dilation: 2, bias: false), BatchNorm1d(4), Tanh(), MaxPool1d(2), Conv1d(4, 2, 2, r, 2, groups: 2), Flatten(), Linear(4, 2, r)),
            [3, 2, 8]),
        ["averages along sequences"] = (r => Sequential(
            AveragePool1d(3, 2, 1, ceilMode: true, countPadding: false), Conv1d(1, 2, 3, r), Sigmoid(), Flatten(), Linear(6, 1, r)), [2, 1, 8]),
        ["a recurrent network"] = (r => Sequential(Rnn(3, 4, r, returnSequences: true), LayerNorm([4]), Rnn(4, 3, r), Linear(3, 2, r)), [2, 5, 3]),
        ["a recurrent network, unrolled and truncated"] = (r => Sequential(Rnn(2, 3, r, unrolled: true, truncate: 5), Linear(3, 1, r)), [2, 5, 2]),
        ["gates in both directions"] = (r => Sequential(
            Bidirectional(Lstm(2, 3, r, returnSequences: true), Gru(2, 2, r, returnSequences: true)), Gru(5, 3, r, layers: 2), Linear(3, 2, r)), [2, 4, 2]),
        ["a stack of LSTM, unrolled"] = (r => Sequential(Lstm(2, 2, r, layers: 2, unrolled: true), Linear(2, 1, r)), [2, 3, 2]),
        ["the largest of each channel"] = (r => Sequential(Conv2d(1, 3, 2, r), Relu(), GlobalMaxPool2d(), Linear(3, 2, r)), [2, 1, 4, 5]),
    };

    public static TheoryData<string> Names => [.. Models.Keys];

    [Fact]
    public void Every_layer_is_in_a_model()
    {
        var used = new HashSet<string>();
        foreach (var (make, _) in Models.Values) Add(make(new Random(1)));
        var missing = Layers.LayerCase.All.Select(@case => @case.Build().Type).Distinct().Where(type => !used.Contains(type))
            // They read tokens, no waves: EmbeddingTests and EmbeddedColumnsTests have their models.
            .Where(type => type is not ("embedding" or "embedded_columns"));
        Assert.True(!missing.Any(), $"in no model above: {string.Join(", ", missing)}");

        void Add(Layer<double> layer)
        {
            used.Add(layer.Type);
            if (layer is Sequential<double> chain) foreach (var inner in chain.Layers) Add(inner);
            if (layer is Branches<double> branches) foreach (var inner in branches.Layers) Add(inner);
            if (layer is Bidirectional<double> both) (_, _) = (used.Add(both.FromStart.Type), used.Add(both.FromEnd.Type));
            if (layer is not Residual<double> residual) return;
            Add(residual.Body);
            if (residual.Shortcut is not null) Add(residual.Shortcut);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Gradients_agree_with_finite_differences(string name)
    {
        var (model, x) = Build(name);
        var report = GradientCheck.Of(() => model.Forward(x), [x, .. model.Parameters]);
        Assert.True(report.Verdict == Verdict.Right, report.ToString());
        Assert.Equal(1 + model.Parameters.Count(parameter => parameter.Trainable), report.Parameters.Count);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_replay_has_the_bits_of_a_fresh_recording(string name)
    {
        var (model, x) = Build(name);
        var (twin, y) = Build(name);
        using var replayed = Record([x, .. model.Parameters]);
        var output = model.Forward(x);
        foreach (var input in new[] { x, y })
            for (int i = 0; i < input.Length; i++) input.Set(i, 1.125 * input.Values[i]);
        replayed.Replay();
        using var fresh = Record([y, .. twin.Parameters]);
        var expected = twin.Forward(y);
        Assert.Equal(expected.Values.ToArray(), output.Values.ToArray());
        var wave = Tensor(output.Shape, [.. Enumerable.Range(0, output.Length).Select(i => Math.Cos(2.3 * i))]);
        replayed.Backward(output, wave);
        fresh.Backward(expected, wave);
        Assert.Equal(y.Gradient.ToArray(), x.Gradient.ToArray());
        foreach (var (parameter, same) in model.Parameters.Zip(twin.Parameters).Where(pair => pair.First.Trainable))
            Assert.Equal(same.Gradient.ToArray(), parameter.Gradient.ToArray());
    }

    [Theory, MemberData(nameof(Names))]
    public void A_saved_model_comes_back_and_is_described_alike(string name)
    {
        var (model, x) = Build(name);
        using var folder = new TemporaryFolder();
        Shape sample = x.Shape.Without(0);
        new SavedModel<double>(model, sample).Save(folder["model"]);
        var back = SavedModel<double>.Load(folder["model"]).Model;
        Assert.Equal(model.Forward(x).Values.ToArray(), back.Forward(x).Values.ToArray());
        Assert.Equal(model.Describe(x.Shape).ToString(), back.Describe(x.Shape).ToString());
        Assert.Equal(model.Forward(x).Shape, model.Describe(x.Shape).Output);
    }

    internal static (Layer<double> Model, Parameter<double> X) Build(string name)
    {
        var (make, shape) = Models[name];
        return (make(new Random(11)), new Parameter<double>(shape, [.. Enumerable.Range(0, shape.Elements).Select(i => Math.Sin(1.7 * i + 0.3))], "x"));
    }
}
