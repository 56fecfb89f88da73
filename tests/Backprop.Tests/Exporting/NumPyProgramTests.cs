using Backprop.Data;
using Backprop.Exporting;
using Backprop.Layers;
using Backprop.Saving;
using static Backprop.Nn<float>;

namespace Backprop.Tests.Exporting;

public sealed class NumPyProgramTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static SavedModel<float> Small() => new(Sequential(Linear(2, 3, new Random(1)), Silu(), Dropout(0.5, new Random(1)), Residual(Linear(3, 3, new Random(2), bias: false))), [2])
    {
        ClassNames = ["no", "\"yes\"", "ü"],
        InputTransforms = [new Standardizer([0.5, 2], [0.25, 0])],
    };

    [Fact]
    public void A_network_is_a_line_for_each_layer_and_the_functions_that_it_needs() => Assert.Equal(
        """
        # A network that Backprop trained, in NumPy alone. Its weights lie beside it in small.npz.
        #
        #     from small import load
        #     outputs = load()(inputs)    # inputs [N, 2], outputs [N, 3]
        #
        # or, with the inputs in a file: python3 small.py inputs.npy
        import pathlib
        import sys

        import numpy as np

        CLASSES = ["no", "\"yes\"", "ü"]

        INPUT_SHIFT1 = np.array([0.5, 2])
        INPUT_FACTOR1 = np.array([4, 0])


        def sigmoid(x):
            return (1 + np.tanh(x / 2)) / 2    # 1 / (1 + exp(-x)), which would overflow


        def forward(x, w):
            x = np.asarray(x, float)    # [N, 2]
            x = (x - INPUT_SHIFT1) * INPUT_FACTOR1
            x = x @ w["linear1.weight"] + w["linear1.bias"]    # [N, 3]
            x = x * sigmoid(x)    # [N, 3]
            residual1_input = x
            x = x @ w["residual1.body.weight"]    # [N, 3]
            x = x + residual1_input    # [N, 3]
            return x


        def load(path=pathlib.Path(__file__).with_name("small.npz")):
            w = dict(np.load(path))
            return lambda x: forward(x, w)


        if __name__ == "__main__":
            if len(sys.argv) != 2:
                sys.exit("one file of inputs is needed: python3 small.py inputs.npy")
            outputs = load()(np.load(sys.argv[1]))
            np.savetxt(sys.stdout, outputs.reshape(len(outputs), -1), "%.9g")

        """.ReplaceLineEndings("\n"), NumPyProgram.Of(Small(), "small.npz"));

    [Fact]
    public void What_the_inputs_are_stands_in_the_comment_at_the_top() => Assert.Contains(
        "\n#\n# The inputs of a sample:\n#\n#     0  size\n#     1  two lines\nimport ",
        NumPyProgram.Of(Small(), "small.npz", ["0  size", "1  two\nlines"]), StringComparison.Ordinal);

    [Fact]
    public void NumPy_gives_the_same_outputs()
    {
        ForeignCheck.Write(folder, ".py", (model, path) =>
        {
            NumPyProgram.Save(model, path);
            return false;
        });
        ForeignCheck.Pass(folder, "python3", "numpy", "check.py");
    }

    [Fact]
    public void A_network_in_double_keeps_its_numbers()
    {
        var model = new SavedModel<double>(new Linear<double>(Nn<double>.Tensor([1, 1], 0.1)), [1]);
        NumPyProgram.Save(model, folder["double.py"]);
        Assert.Equal(0.1, Npz.Read<double>(folder["double.npz"])["weight"].Value);
    }

    [Fact]
    public void What_has_no_counterpart_is_refused_by_name() => Assert.Equal(
        "NumPy: the layer 'odd' is of the type own, which has no translation; put it together from layers of the library, or export those before it.",
        Assert.Throws<NotSupportedException>(() => NumPyProgram.Of(new SavedModel<float>(Sequential(Relu(), new OwnLayer("odd")), [2]), "a.npz")).Message);
}
