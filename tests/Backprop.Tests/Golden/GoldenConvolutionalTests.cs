using System.Numerics;
using Backprop.Layers;
using Backprop.Operations;
using Backprop.Tensors;

namespace Backprop.Tests.Golden;

/// <summary>The convolutional family in double and in float.</summary>
public class GoldenConvolutionalTests
{
    private const double InFloat = 1e-5;

    public static TheoryData<string> Cases => GoldenFile.Names("convolutional");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Outputs_and_gradients_are_PyTorchs(string name) => Compare<double>(GoldenFile.Case("convolutional", name), GoldenAssert.Tolerance);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Outputs_and_gradients_in_float_are_PyTorchs(string name) => Compare<float>(GoldenFile.Case("convolutional", name), InFloat);

    private static void Compare<T>(GoldenCase golden, double tolerance) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var inputs = golden.Inputs.Where(input => input.Key != "dy").ToDictionary(input => input.Key, input => Of(input.Key));
        using var tape = Nn<T>.Record([.. inputs.Values]);
        var y = Run(golden, inputs);
        tape.Backward(y, Of("dy"));
        Near(golden.Outputs["y"], y.Shape, y.Values, "y");
        foreach (var (input, parameter) in inputs) Near(golden.Gradients[input], parameter.Shape, parameter.Gradient, $"d{input}");

        Parameter<T> Of(string input) =>
            new(golden.Inputs[input].Shape, [.. golden.Inputs[input].Values.Select(T.CreateTruncating)], input);

        void Near(GoldenTensor expected, Shape shape, ReadOnlySpan<T> actual, string what)
        {
            Assert.Equal(expected.Shape, shape);
            GoldenAssert.Near(expected.Values, actual.ToArray().Select(double.CreateTruncating).ToArray(), $"{golden.Name}: {what}", tolerance);
        }
    }

    private static Tensor<T> Run<T>(GoldenCase golden, IReadOnlyDictionary<string, Parameter<T>> inputs) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Tensor<T> x = inputs["x"];
        Tensor<T>? k = inputs.GetValueOrDefault("k"), b = inputs.GetValueOrDefault("b");
        return golden.Text("type") switch
        {
            "conv2d" => x.Conv2d(k!, b, Pair("stride"), Pair("padding"), Pair("dilation"), golden.Whole("groups")),
            "conv1d" => x.Conv1d(k!, b, One("stride"), One("padding"), One("dilation"), golden.Whole("groups")),
            "conv_transpose2d" => x.ConvTranspose2d(
                k!, b, Pair("stride"), Pair("padding"), Pair("output_padding"), Pair("dilation"), golden.Whole("groups")),
            "max_pool2d" => x.MaxPool2d(Pair("kernel"), Pair("stride"), Pair("padding"), golden.Flag("ceil")),
            "max_pool1d" => x.MaxPool1d(One("kernel"), One("stride"), One("padding"), golden.Flag("ceil")),
            "average_pool2d" => x.AveragePool2d(Pair("kernel"), Pair("stride"), Pair("padding"), golden.Flag("ceil"), golden.Flag("count")),
            "average_pool1d" => x.AveragePool1d(One("kernel"), One("stride"), One("padding"), golden.Flag("ceil"), golden.Flag("count")),
            "global_average_pool2d" => x.GlobalAveragePool2d(),
            "global_max_pool2d" => x.GlobalMaxPool2d(),
            "layer_norm" => x.LayerNorm(inputs["scale"], inputs["shift"], golden.Number("epsilon")),
            "upsample2d" => x.Upsample2d(Pair("factor"), golden.Flag("bilinear")),
            "batch_norm1d" => new BatchNorm1d<T>(inputs["scale"], inputs["shift"], Nn<T>.Zeros([2]), Nn<T>.Zeros([2])).Forward(x),
            "block" => new Residual<T>(
                new Branches<T>(
                    1,
                    new Sequential<T>(
                        new Conv2d<T>(inputs["k1"], stride: 2, padding: 1),
                        new BatchNorm2d<T>(inputs["scale"], inputs["shift"], Nn<T>.Zeros([3]), Nn<T>.Zeros([3])), new Relu<T>()),
                    new Conv2d<T>(inputs["k2"], stride: 2)),
                new Conv2d<T>(inputs["k3"], stride: 2)).Forward(x),
            var other => throw new InvalidDataException(other),
        };

        Size2d Pair(string setting) => golden.Wholes(setting) is [int rows, int columns] ? (rows, columns) : throw new InvalidDataException(setting);

        int One(string setting) => golden.Wholes(setting) is [int one] ? one : throw new InvalidDataException(setting);
    }
}
