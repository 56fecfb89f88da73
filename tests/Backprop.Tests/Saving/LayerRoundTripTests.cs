using Backprop.Data;
using Backprop.Layers;
using Backprop.Operations;
using Backprop.Saving;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Saving;

/// <summary>Every layer of the library, with settings beside the default ones, goes to a file and comes back.</summary>
public sealed class LayerRoundTripTests : IDisposable
{
    private static readonly Random Random = new(1);

    private static readonly (Layer<double> Layer, Shape Sample)[] Examples =
    [
        (Embedding(7, 2, Random, name: "tokens"), [3]),
        (EmbeddedColumns([1, 3], Embedding(7, 2, Random), Embedding(9, 1, Random, name: "town")), [4]),
        (Linear(3, 2, Random), [3]),
        (Linear(3, 2, Random, bias: false, name: "out"), [4, 3]),
        (Conv2d(2, 3, 2, Random), [2, 4, 5]),
        (Conv2d(2, 3, (2, 3), Random, stride: (1, 2), padding: (1, 0), bias: false, name: "edges"), [2, 4, 5]),
        (MaxPool2d(2), [2, 4, 6]),
        (MaxPool2d((2, 3), stride: 1, padding: (0, 1), name: "pool"), [2, 4, 6]),
        (AveragePool2d(2), [2, 4, 6]),
        (AveragePool2d((3, 2), stride: (1, 2), padding: (1, 0)), [2, 4, 6]),
        (Flatten(), [2, 3, 4]),
        (Sigmoid(), [3]),
        (Tanh(), [3]),
        (Relu(), [3]),
        (LeakyRelu(0.3), [3]),
        (PRelu(), [3]),
        (PRelu(2, name: "learnt"), [2, 3, 4]),
        (Elu(0.3), [3]),
        (Selu(), [3]),
        (Gelu(), [3]),
        (Gelu(approximate: true, name: "near"), [3]),
        (Silu(), [3]),
        (Softplus(), [3]),
        (Softsign(), [3]),
        (HardSigmoid(), [3]),
        (Softmax(), [3]),
        (BatchNorm2d(2), [2, 3, 4]),
        (BatchNorm2d(3, momentum: 0.2, epsilon: 1e-3, name: "norm"), [3]),
        (Dropout(0.3, Random), [4, 3]),
        (Rnn(3, 2, Random), [4, 3]),
        (Rnn(3, 2, Random, returnSequences: true, truncate: 2, bias: false, name: "memory"), [4, 3]),
        (Rnn(3, 2, Random, unrolled: true), [4, 3]),
        (Rnn(3, 2, Random, activation: RnnActivation.Relu, layers: 3), [4, 3]),
        (Lstm(3, 2, Random), [4, 3]),
        (Lstm(3, 2, Random, returnSequences: true, truncate: 2, bias: false, layers: 2, name: "memory"), [4, 3]),
        (Gru(3, 2, Random), [4, 3]),
        (Gru(3, 2, Random, returnSequences: true, bias: false, layers: 2, unrolled: true), [4, 3]),
        (Bidirectional(Lstm(3, 2, Random), Gru(3, 4, Random, layers: 2)), [4, 3]),
        (Sequential(Bidirectional(Rnn(3, 2, Random, true), Rnn(3, 2, Random, true), name: "both"), Rnn(4, 2, Random)), [4, 3]),
        (Conv2d(4, 6, 3, Random, padding: 2, dilation: (2, 1), groups: 2), [4, 5, 6]),
        (Conv1d(2, 3, 2, Random), [2, 6]),
        (Conv1d(2, 4, 3, Random, 2, 3, 2, 2, bias: false, name: "edges"), [2, 6]),
        (ConvTranspose2d(2, 3, 2, Random), [2, 3, 4]),
        (ConvTranspose2d(4, 2, (3, 2), Random, 2, (1, 0), 1, (1, 2), 2, bias: false, name: "up"), [4, 3, 2]),
        (MaxPool2d(2, ceilMode: true), [2, 5, 3]),
        (AveragePool2d(3, 2, 1, ceilMode: true, countPadding: false), [2, 6, 4]),
        (MaxPool1d(2), [2, 6]),
        (MaxPool1d(3, 2, 1, ceilMode: true, name: "pool"), [2, 6]),
        (AveragePool1d(2), [2, 6]),
        (AveragePool1d(3, 2, 1, ceilMode: true, countPadding: false, name: "pool"), [2, 6]),
        (GlobalAveragePool2d(), [2, 3, 4]),
        (GlobalMaxPool2d("largest"), [2, 3, 4]),
        (BatchNorm1d(3), [3]),
        (BatchNorm1d(2, momentum: 0.2, epsilon: 1e-3, name: "norm"), [2, 4]),
        (LayerNorm([4]), [3, 4]),
        (LayerNorm([3, 4], epsilon: 1e-3, name: "norm"), [2, 3, 4]),
        (Dropout2d(0.3, Random), [2, 3, 4]),
        (Upsample2d(2), [2, 3, 4]),
        (Upsample2d((1, 3), bilinear: true, name: "up"), [2, 3, 4]),
        (Residual(Linear(3, 3, Random)), [3]),
        (Residual(
            Sequential("path", Conv2d(2, 4, 3, Random, 2, 1), BatchNorm2d(4), Residual(Conv2d(4, 4, 3, Random, padding: 1))),
            Conv2d(2, 4, 1, Random, 2), "block"), [2, 4, 5]),
        (Branches(1, Linear(3, 2, Random), Tanh()), [3]),
        (Branches("inception", 2, Sequential(Conv2d(2, 1, 1, Random), Conv2d(1, 2, 3, Random, padding: 1)), Residual(Tanh("bend"))), [2, 3, 4]),
        (Sequential("outer", Flatten(), Sequential("inner", Linear(6, 3, Random), Tanh()), Linear(3, 1, Random, name: "last")), [2, 3]),
    ];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<int> All => [.. Enumerable.Range(0, Examples.Length)];

    [Fact]
    public void Every_layer_has_an_example() =>
        Assert.Empty(typeof(Layer<>).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false, IsGenericTypeDefinition: true } && IsLayer(type))
            .Except(Examples.Select(example => example.Layer.GetType().GetGenericTypeDefinition()))
            .Select(type => type.Name));

    /// <summary>A type that is not known is answered with those that are.</summary>
    [Fact]
    public void Every_type_is_listed_where_an_unknown_one_is_refused()
    {
        string said = Assert.Throws<DataException>(() => NetworkFile<double>.Parse(
            """{ "format": "backprop-network/1", "input": [2], "layers": [{ "type": "?" }] }""", "file")).Message;
        string[] listed = said[(said.IndexOf("(there are ", StringComparison.Ordinal) + 11)..^1].Split(", ");
        Assert.Equal(Examples.Select(example => example.Layer.Type).Distinct().Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    private static bool IsLayer(Type? type) =>
        type is { IsGenericType: true } && (type.GetGenericTypeDefinition() == typeof(Layer<>) || IsLayer(type.BaseType));

    [Theory, MemberData(nameof(All))]
    public void A_layer_comes_back_as_it_was(int example)
    {
        var (layer, sample) = Examples[example];
        var random = new Random(2);
        foreach (var parameter in layer.Parameters) parameter.Set(Numbers(parameter.Length, random));
        new SavedModel<double>(layer, sample).Save(folder["model"]);
        var back = SavedModel<double>.Load(folder["model"]);

        Assert.Equal(sample, back.Input);
        Assert.Equal((layer.GetType(), layer.Type, layer.Name), (back.Model.GetType(), back.Model.Type, back.Model.Name));
        Assert.Equal(layer.Settings.Select(Shown), back.Model.Settings.Select(Shown));
        Assert.Equal(layer.Parameters.Names, back.Model.Parameters.Names);
        double[] numbers = layer is Embedding<double> or EmbeddedColumns<double> ? [.. Enumerable.Range(0, 5 * sample.Elements).Select(i => i % 7.0)] : Numbers(5 * sample.Elements, random);
        var input = Tensor([5, .. sample.AsSpan()], numbers);
        Assert.Equal(layer.Forward(input).Values.ToArray(), back.Model.Forward(input).Values.ToArray());

        static string Shown((string Key, object Value) setting) =>
            $"{setting.Key} = {(setting.Value is int[] wholes ? string.Join(" ", wholes) : setting.Value)} ({setting.Value.GetType().Name})";
    }

    private static double[] Numbers(int count, Random random) => [.. Enumerable.Range(0, count).Select(_ => 2 * random.NextDouble() - 1)];
}
