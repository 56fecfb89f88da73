using System.Numerics;
using Backprop.Layers;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Tests.Golden;

public class GoldenRecurrentTests
{
    public static TheoryData<string> Cases => GoldenFile.Names("recurrent");

    [Theory]
    [MemberData(nameof(Cases))]
    public void States_and_gradients_are_PyTorchs(string name)
    {
        new Twin<double>(name, 1e-12).Compare();
        new Twin<float>(name, 1e-5).Compare();
    }

    /// <summary>The network of a case with its numbers.</summary>
    private sealed class Twin<T>(string name, double tolerance) where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly GoldenCase golden = GoldenFile.Case("recurrent", name);
        private readonly Dictionary<string, Parameter<T>> parameters = [];

        private string Kind => golden.Text("kind");

        private int Layers => golden.Whole("layers");

        private Indices? Lengths => golden.Wholes("lengths") is { Length: > 0 } lengths ? new Indices([lengths.Length], lengths) : null;

        public void Compare()
        {
            foreach (var (key, tensor) in golden.Inputs)
                if (golden.Gradients.ContainsKey(key)) parameters[key] = new Parameter<T>(tensor.Shape, Numbers(tensor), key);
            using var tape = Tape<T>.Record([.. parameters.Values]);
            var loss = golden.Flag("bidirectional") ? BothDirections() : OneDirection();
            tape.Backward(loss);
            foreach (var (key, parameter) in parameters) Near(golden.Gradients[key], parameter.Gradient, "d" + key);
        }

        private Tensor<T> OneDirection()
        {
            Tensor<T> y, h, hidden = Start("h0");
            Tensor<T>? c = null;
            if (Kind == "LSTM")
            {
                (y, var state) = Nn<T>.Lstm([.. Endings.Select(LstmCell)], returnSequences: true).Forward(parameters["x"], new(hidden, Start("c0")), Lengths);
                (h, c) = (state.Hidden, state.Cell);
            }
            else if (Kind == "GRU") (y, h) = Nn<T>.Gru([.. Endings.Select(GruCell)], returnSequences: true).Forward(parameters["x"], hidden, Lengths);
            else (y, h) = Nn<T>.Rnn([.. Endings.Select(RnnCell)], returnSequences: true).Forward(parameters["x"], hidden, Lengths);
            Near(golden.Outputs["y"], y.Values, "y");
            Near(golden.Outputs["h"], h.Values, "h");
            if (c is not null) Near(golden.Outputs["c"], c.Values, "c");
            var loss = (y * Given("dy")).Sum() + (h.Reshape(golden.Outputs["h"].Shape) * Given("dh")).Sum();
            return c is null ? loss : loss + (c.Reshape(golden.Outputs["c"].Shape) * Given("dc")).Sum();
        }

        private Tensor<T> BothDirections()
        {
            Tensor<T> y = parameters["x"];
            for (int layer = 1; layer <= Layers; layer++)
            {
                var below = y;
                string ending = layer == 1 ? "" : $"{layer}";
                y = Nn<T>.Bidirectional(Layer(ending, all: true), Layer(ending + "b", all: true)).Forward(below, Lengths);
                var last = Nn<T>.Bidirectional(Layer(ending, all: false), Layer(ending + "b", all: false)).Forward(below, Lengths);
                int size = last.Length / 2, width = last.Shape[1] / 2;
                T[] sides = [.. last.Slice(1, 0, width).Values, .. last.Slice(1, width, width).Values];
                Near(golden.Outputs["h"].Values.AsSpan((layer - 1) * 2 * size, 2 * size), sides, $"h of layer {layer}");
            }
            Near(golden.Outputs["y"], y.Values, "y");
            return (y * Given("dy")).Sum();
        }

        /// <summary>PyTorch's [layers, N, H], and of one layer [N, H].</summary>
        private Tensor<T> Start(string key) => Layers > 1 ? parameters[key] : parameters[key].Select(0, 0);

        private IEnumerable<string> Endings => Enumerable.Range(1, Layers).Select(layer => layer == 1 ? "" : $"{layer}");

        private RecurrentLayer<T> Layer(string ending, bool all) => Kind switch
        {
            "LSTM" => Nn<T>.Lstm(LstmCell(ending), all),
            "GRU" => Nn<T>.Gru(GruCell(ending), all),
            _ => Nn<T>.Rnn(RnnCell(ending), all),
        };

        private LstmCell<T> LstmCell(string ending) => new(parameters["wx" + ending], parameters["wh" + ending], parameters["b" + ending]);

        private GruCell<T> GruCell(string ending) =>
            new(parameters["wx" + ending], parameters["wh" + ending], parameters["b" + ending], parameters["rb" + ending]);

        private RnnCell<T> RnnCell(string ending) =>
            new(parameters["wx" + ending], parameters["wh" + ending], parameters["b" + ending], RnnActivation.Relu);

        private Tensor<T> Given(string key) => Nn<T>.Tensor(golden.Inputs[key].Shape, Numbers(golden.Inputs[key]));

        private static T[] Numbers(GoldenTensor tensor) => [.. tensor.Values.Select(T.CreateChecked)];

        private void Near(GoldenTensor expected, ReadOnlySpan<T> actual, string what) => Near(expected.Values, actual, what);

        private void Near(ReadOnlySpan<double> expected, ReadOnlySpan<T> actual, string what) =>
            GoldenAssert.Near(expected, [.. actual.ToArray().Select(value => double.CreateChecked(value))], $"{golden.Name}: {what} in {typeof(T).Name}", tolerance);
    }
}
