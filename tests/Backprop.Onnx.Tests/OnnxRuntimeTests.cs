using Backprop.Layers;
using Backprop.Tests.Exporting;

namespace Backprop.Onnx.Tests;

/// <summary>Exported models in ONNX Runtime and in the ONNX checker. Where these are not installed, the reason says how to get them.</summary>
public sealed class OnnxRuntimeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_layer_is_examined() =>
        Assert.Empty(typeof(Layer<>).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false, IsGenericTypeDefinition: true } && IsLayer(type))
            .Except(ExportCases.All().SelectMany(model => Parts(model.Model)).Select(layer => layer.GetType().GetGenericTypeDefinition()))
            .Select(type => type.Name));

    [Fact]
    public void OnnxRuntime_gives_the_same_outputs()
    {
        Export();
        ForeignCheck.Pass(folder, "node", "onnx", "check.mjs");
    }

    [Fact]
    public void The_checker_accepts_every_file()
    {
        Export();
        ForeignCheck.Pass(folder, "python3", "onnx", "check.py");
    }

    private void Export() => ForeignCheck.Write(folder, ".onnx", (model, path) =>
    {
        var exported = OnnxModel.Of(model);
        exported.Save(path);
        return exported.Inputs[0].Type == OnnxType.Int64;
    });

    private static IEnumerable<Layer<float>> Parts(Layer<float> layer) =>
    [
        layer,
        .. layer switch
        {
            Sequential<float> chain => chain.Layers.SelectMany(Parts),
            Branches<float> branches => branches.Layers.SelectMany(Parts),
            Residual<float> residual => Parts(residual.Body),
            _ => [],
        },
    ];

    private static bool IsLayer(Type? type) =>
        type is { IsGenericType: true } && (type.GetGenericTypeDefinition() == typeof(Layer<>) || IsLayer(type.BaseType));
}
