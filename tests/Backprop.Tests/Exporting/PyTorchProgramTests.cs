using Backprop.Data;
using Backprop.Exporting;
using Backprop.Layers;
using Backprop.Operations;
using Backprop.Saving;
using static Backprop.Nn<float>;

namespace Backprop.Tests.Exporting;

public sealed class PyTorchProgramTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static SavedModel<float> Small() => new(Sequential(Linear(2, 3, new Random(1)), Relu(), Residual(Linear(3, 3, new Random(2), bias: false))), [2])
    {
        ClassNames = ["no", "\"yes\"", "ü"],
        InputTransforms = [new Standardizer([0.5, 2], [0.25, 0])],
    };

    [Fact]
    public void A_network_is_a_line_for_each_layer() => Assert.Equal(
        """
        # A network that Backprop trained, as a PyTorch module. Its weights lie beside it in small.npz.
        #
        #     from small import load
        #     outputs = load()(inputs)    # inputs [N, 2], outputs [N, 3]
        import pathlib

        import numpy
        import torch
        from torch import nn

        CLASSES = ["no", "\"yes\"", "ü"]


        class Network(nn.Module):
            def __init__(self):
                super().__init__()
                self.register_buffer("input_shift1", torch.tensor([0.5, 2], dtype=torch.float64))
                self.register_buffer("input_factor1", torch.tensor([4, 0], dtype=torch.float64))
                self.linear1 = nn.Linear(2, 3)
                self.relu1 = nn.ReLU()
                self.residual1_body = nn.Linear(3, 3, bias=False)

            def forward(self, x):
                x = ((x.double() - self.input_shift1.double()) * self.input_factor1.double()).to(x.dtype)
                x = self.linear1(x)
                x = self.relu1(x)
                residual1_input = x
                x = self.residual1_body(x)
                x = x + residual1_input
                return x

            def fill(self, arrays):
                take(self.linear1.weight, arrays["linear1.weight"].T)
                take(self.linear1.bias, arrays["linear1.bias"])
                take(self.residual1_body.weight, arrays["residual1.body.weight"].T)


        def take(parameter, array):
            with torch.no_grad():
                parameter.copy_(torch.from_numpy(array).reshape(parameter.shape))


        def load(path=pathlib.Path(__file__).with_name("small.npz")):
            network = Network()
            network.fill(numpy.load(path))
            return network.eval()

        """.ReplaceLineEndings("\n"), PyTorchProgram.Of(Small(), "small.npz"));

    [Fact]
    public void What_the_inputs_are_stands_in_the_comment_at_the_top() => Assert.Contains(
        "\n#\n# The inputs of a sample:\n#\n#     0  size\n#     1  two lines\nimport ",
        PyTorchProgram.Of(Small(), "small.npz", ["0  size", "1  two\nlines"]), StringComparison.Ordinal);

    [Fact]
    public void PyTorch_gives_the_same_outputs()
    {
        int refused = 0;
        ForeignCheck.Write(folder, ".py", (model, path) =>
        {
            try
            {
                PyTorchProgram.Save(model, path);
                PyTorchWeights.Of(model).Save(Path.ChangeExtension(path, ".safetensors"));
                return false;
            }
            catch (NotSupportedException error)
            {
                Assert.Contains("which PyTorch refuses", error.Message, StringComparison.Ordinal);
                refused++;
                return null;
            }
        });
        // Average pools whose windows fit into their padding.
        Assert.Equal(2, refused);
        ForeignCheck.Pass(folder, "python3", "pytorch", "check.py");
    }

    [Fact]
    public void Weights_are_named_and_turned_as_in_a_state_dict()
    {
        var model = new SavedModel<float>(
            Sequential(
                Linear(Tensor([1, 2], 1, 2), name: "first"), PRelu(), Lstm(new LstmCell<float>(Tensor([2, 4], 1, 2, 3, 4, 5, 6, 7, 8), Tensor([1, 4], 9, 10, 11, 12), Tensor([4], 13, 14, 15, 16)))), [2, 1])
        {
            ClassNames = ["a", "b"],
            InputTransforms = [new Standardizer([0.1], [0.5])],
        };
        var weights = PyTorchWeights.Of(model);
        Assert.Equal(
            ["first.weight", "prelu1.weight", "lstm1.weight_ih_l0", "lstm1.weight_hh_l0", "lstm1.bias_ih_l0", "lstm1.bias_hh_l0", "input_shift1", "input_factor1"], weights.Names);
        Assert.Equal([("format", "pt"), ("classes", """["a","b"]""")], weights.Metadata.OrderByDescending(text => text.Key).Select(text => (text.Key, text.Value)));
        Assert.Equal([2, 1], weights["first.weight"].Shape);
        Assert.Equal([1], weights["prelu1.weight"].Shape);
        Assert.Equal([1, 5, 2, 6, 3, 7, 4, 8], weights["lstm1.weight_ih_l0"].ToTensor<float>().Values.ToArray());
        Assert.Equal([0, 0, 0, 0], weights["lstm1.bias_hh_l0"].ToTensor<float>().Values.ToArray());
        Assert.Equal(0.1, weights["input_shift1"].ToTensor<double>().Values[0]);
    }

    [Fact]
    public void Program_and_archive_are_replaced_only_if_they_may()
    {
        PyTorchProgram.Save(Small(), folder["small.py"]);
        Assert.Equal(["small.npz", "small.py"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());
        Assert.Throws<IOException>(() => PyTorchProgram.Save(Small(), folder["small.py"]));
        Assert.Equal(folder["small.npz"], PyTorchProgram.Save(Small(), folder["small.py"], overwrite: true));
        Assert.Throws<ArgumentException>(() => PyTorchProgram.Save(Small(), folder["small.npz"], overwrite: true));
    }

    [Fact]
    public void Names_that_python_needs_for_itself_are_avoided()
    {
        string text = PyTorchProgram.Of(new SavedModel<float>(Sequential(Linear(2, 2, new Random(1), name: "forward"), Tanh("1 über")), [2]), "a.npz");
        Assert.Contains("self.forward_1 = nn.Linear(2, 2)", text, StringComparison.Ordinal);
        Assert.Contains("arrays[\"forward.weight\"]", text, StringComparison.Ordinal);
        Assert.Contains("self._1__ber = nn.Tanh()", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_no_counterpart_is_refused_by_name() => Assert.Equal(
        "PyTorch: the layer 'odd' is of the type own, which has no translation; put it together from layers of the library, or export those before it.",
        Assert.Throws<NotSupportedException>(() => PyTorchProgram.Of(new SavedModel<float>(Sequential(Relu(), new OwnLayer("odd")), [2]), "a.npz")).Message);
}
