using System.Runtime.InteropServices;
using Backprop.Data;
using Backprop.Layers;
using Backprop.Operations;
using Backprop.Saving;
using Backprop.Tensors;
using Backprop.Tests.Exporting;
using static Backprop.Nn<float>;

namespace Backprop.Onnx.Tests;

public sealed class OnnxModelTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static Sequential<float> Small(Random? random = null) =>
        Sequential("small", Linear(2, 3, random ?? new Random(1)), Relu(), Dropout(0.5, 3), Linear(3, 2, random ?? new Random(2)));

    [Fact]
    public void A_network_is_translated_layer_by_layer() => Assert.Equal(
        """
        graph small
        text classes = ["no","yes"]
        text loss = softmax_cross_entropy
        text task = classification
        input input Float [N, 2]
        numbers input_transform1.shift Float [2]
        numbers input_transform1.factor Float [2]
        numbers linear1.weight Float [2, 3]
        numbers linear1.bias Float [3]
        numbers linear2.weight Float [3, 2]
        numbers linear2.bias Float [2]
        input_transform1.shifted = Sub(input, input_transform1.shift)
        input_transform1 = Mul(input_transform1.shifted, input_transform1.factor)
        linear1 = Gemm(input_transform1, linear1.weight, linear1.bias)
        relu1 = Relu(linear1)
        logits = Gemm(relu1, linear2.weight, linear2.bias) 'linear2'
        output logits Float [N, 2]
        """.ReplaceLineEndings("\n"),
        OnnxModel.Of(new SavedModel<float>(Small(), [2])
        {
            Task = "classification",
            Loss = "softmax_cross_entropy",
            ClassNames = ["no", "yes"],
            InputTransforms = [new Standardizer([0.5, 2], [0.25, 4])],
        }).ToString());

    [Fact]
    public void Convolutions_and_recurrent_networks_have_the_settings_of_their_layers() => Assert.Equal(
        """
        graph network
        input input Float [N, 2, 6]
        numbers conv1d1.weight Float [4, 1, 3]
        numbers conv1d1.bias Float [4]
        numbers gru1.W Float [1, 6, 6]
        numbers gru1.R Float [1, 6, 2]
        numbers gru1.B Float [1, 12]
        numbers gru1.sizes Int64 [2]
        conv1d1 = Conv(input, conv1d1.weight, conv1d1.bias) {kernel_shape [3]; strides [1]; pads [1 1]; dilations [1]; group 2}
        gru1.by_time = Transpose(conv1d1) {perm [1 0 2]}
        , gru1.last = GRU(gru1.by_time, gru1.W, gru1.R, gru1.B) {hidden_size 2; direction 'forward'; linear_before_reset 1} 'gru1.gru'
        gru1.by_sample = Transpose(gru1.last) {perm [1 0 2]}
        output = Reshape(gru1.by_sample, gru1.sizes) 'gru1'
        output output Float [N, 2]
        """.ReplaceLineEndings("\n"),
        OnnxModel.Of(Sequential(Conv1d(2, 4, 3, new Random(1), padding: 1, groups: 2), Gru(6, 2, new Random(2))), [2, 6]).ToString());

    [Fact]
    public void Gates_stand_in_the_order_of_onnx()
    {
        // One unit, one input: the columns i, f, g, o become the rows i, o, f, g, and the second half of the biases is 0.
        var lstm = new Lstm<float>(new LstmCell<float>(Tensor([1, 4], 1, 2, 3, 4), Tensor([1, 4], 5, 6, 7, 8), Tensor([4], 9, 10, 11, 12)));
        var exported = OnnxModel.Of(lstm, [3, 1]);
        Assert.Equal([1, 4, 2, 3], Numbers(exported, "lstm.W"));
        Assert.Equal([5, 8, 6, 7], Numbers(exported, "lstm.R"));
        Assert.Equal([9, 12, 10, 11, 0, 0, 0, 0], Numbers(exported, "lstm.B"));

        // r, z, n become z, r, n, and both biases stand there.
        var gru = new Gru<float>(new GruCell<float>(Tensor([1, 3], 1, 2, 3), Tensor([1, 3], 4, 5, 6), Tensor([3], 7, 8, 9), Tensor([3], 10, 11, 12)));
        Assert.Equal([8, 7, 9, 11, 10, 12], Numbers(OnnxModel.Of(gru, [3, 1]), "gru.B"));
    }

    [Fact]
    public void Weights_of_a_recurrent_layer_are_turned_round()
    {
        var rnn = new Rnn<float>(new RnnCell<float>(Tensor([2, 3], 1, 2, 3, 4, 5, 6), Tensor([3, 3], 1, 2, 3, 4, 5, 6, 7, 8, 9)));
        var exported = OnnxModel.Of(rnn, [3, 2]);
        Assert.Equal([1, 4, 2, 5, 3, 6], Numbers(exported, "rnn.W"));
        Assert.Equal([1, 4, 7, 2, 5, 8, 3, 6, 9], Numbers(exported, "rnn.R"));
    }

    [Fact]
    public void A_file_is_read_back_as_it_was_written()
    {
        foreach (var model in ExportCases.All())
        {
            var exported = OnnxModel.Of(model);
            exported.Save(folder["model.onnx"], overwrite: true);
            Assert.Null(exported.DifferenceFrom(OnnxModel.Load(folder["model.onnx"])));
        }
    }

    [Fact]
    public void A_difference_is_found_in_numbers_and_in_structure()
    {
        var exported = OnnxModel.Of(Small(), [2]);
        Assert.Equal("the numbers of linear1.weight Float [2, 3] changed", exported.DifferenceFrom(OnnxModel.Of(Small(new Random(7)), [2])));
        Assert.Equal(
            "'linear1 = Gemm(input, linear1.weight, linear1.bias)' became 'linear1 = MatMul(input, linear1.weight)'",
            exported.DifferenceFrom(OnnxModelWith(exported, exported.Nodes[0] with { Operator = "MatMul", Inputs = ["input", "linear1.weight"] })));
        Assert.NotNull(exported.DifferenceFrom(OnnxModel.Of(Sequential("small", Linear(2, 3, new Random(1)), Relu()), [2])));
    }

    private static OnnxModel OnnxModelWith(OnnxModel model, OnnxNode first) => new()
    {
        Name = model.Name,
        Nodes = [first, .. model.Nodes.Skip(1)],
        Initializers = model.Initializers,
        Inputs = model.Inputs,
        Outputs = model.Outputs,
    };

    [Fact]
    public void A_parameter_that_layers_share_stands_there_once()
    {
        var weight = new Parameter<float>([2, 2], [1, 2, 3, 4], "weight");
        var exported = OnnxModel.Of(Sequential(Linear(weight), Tanh(), Linear(weight)), [2]);
        Assert.Equal(["linear1.weight"], exported.Initializers.Select(tensor => tensor.Name));
        Assert.Equal(["linear1.weight", "linear1.weight"], exported.Nodes.Where(node => node.Operator == "Gemm").Select(node => node.Inputs[1]));
    }

    [Fact]
    public void An_existing_file_is_kept_unless_it_may_be_replaced()
    {
        var exported = OnnxModel.Of(Small(), [2]);
        string file = folder.Write("kept.onnx", 1, 2, 3);
        Assert.Contains("overwrite: true", Assert.Throws<IOException>(() => exported.Save(file)).Message, StringComparison.Ordinal);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(file));
        exported.Save(file, overwrite: true);
        Assert.Equal(exported.ToString(), OnnxModel.Load(file).ToString());
        Assert.Equal([file], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_damaged_file_is_refused_in_one_line()
    {
        OnnxModel.Of(Small(), [2]).Save(folder["model.onnx"]);
        byte[] bytes = File.ReadAllBytes(folder["model.onnx"]);
        foreach (int length in new[] { 0, 1, 10, bytes.Length / 2, bytes.Length - 1 })
        {
            var error = Assert.Throws<DataException>(() => OnnxModel.Load(folder.Write("cut.onnx", bytes[..length])));
            Assert.Contains("cut.onnx: it is no ONNX file of this exporter, or it is damaged; ", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_layer_of_one_s_own_is_refused_by_name() => Assert.Equal(
        "ONNX: the layer 'odd' is of the type own, which has no translation; put it together from layers of the library, or export those before it.",
        Assert.Throws<NotSupportedException>(() => OnnxModel.Of(Sequential(Relu(), new OwnLayer("odd")), [2])).Message);

    [Fact]
    public void A_transform_of_one_s_own_is_refused_by_name() => Assert.Contains(
        "the transform 'own' has no translation",
        Assert.Throws<NotSupportedException>(() => OnnxModel.Of(new SavedModel<float>(Relu(), [2]) { InputTransforms = [new OwnTransform()] })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_shape_that_the_model_does_not_read_is_refused() =>
        Assert.Contains("linear1", Assert.Throws<ShapeException>(() => OnnxModel.Of(Small(), [5])).Message, StringComparison.Ordinal);

    private static float[] Numbers(OnnxModel model, string name) =>
        MemoryMarshal.Cast<byte, float>(model.Initializers.Single(tensor => tensor.Name == name).Bytes.Span).ToArray();

    private sealed class OwnLayer(string name) : Layer<float>(name)
    {
        public override string Type => "own";

        public override Tensor<float> Forward(Tensor<float> input) => input.Relu();

        protected override Layer<float> Copy(Func<Parameter<float>, Parameter<float>> parameter) => new OwnLayer(Name);
    }

    private sealed class OwnTransform : Transform
    {
        public override string Type => "own";

        public override IReadOnlyList<(string Key, IReadOnlyList<double> Values)> Fitted => [];

        public override Tensor<T> Apply<T>(Tensor<T> values) => values;

        public override Tensor<T> Invert<T>(Tensor<T> values) => values;
    }
}
