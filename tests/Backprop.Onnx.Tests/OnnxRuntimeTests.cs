using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Backprop.Layers;
using Backprop.Saving;
using Backprop.Tensors;

namespace Backprop.Onnx.Tests;

/// <summary>Exported models in the programs of others. Where these are not installed, the reason says how to get them.</summary>
public sealed class OnnxRuntimeTests : IDisposable
{
    private const int Missing = 2;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_layer_is_examined() =>
        Assert.Empty(typeof(Layer<>).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false, IsGenericTypeDefinition: true } && IsLayer(type))
            .Except(OnnxCases.All().SelectMany(model => Parts(model.Model)).Select(layer => layer.GetType().GetGenericTypeDefinition()))
            .Select(type => type.Name));

    [Fact]
    public void OnnxRuntime_gives_the_same_outputs()
    {
        Export();
        var (code, text) = Execute("node", Path.Combine(Repository.Root, "tools", "onnx", "check.mjs"));
        Assert.SkipWhen(code == Missing, text);
        Assert.True(code == 0, text);
        TestContext.Current.TestOutputHelper!.WriteLine(text);
    }

    [Fact]
    public void The_checker_accepts_every_file()
    {
        Export();
        var (code, text) = Execute("python3", Path.Combine(Repository.Root, "tools", "onnx", "check.py"));
        Assert.SkipWhen(code == Missing, text);
        Assert.True(code == 0, text);
        TestContext.Current.TestOutputHelper!.WriteLine(text);
    }

    /// <summary>Writes every model and what it gives for a batch of one and a batch of three.</summary>
    private void Export()
    {
        var random = new Random(5);
        var cases = OnnxCases.All().Select((model, i) =>
        {
            string file = $"{i:00}-{model.Model.Type}.onnx";
            var exported = OnnxModel.Of(model);
            exported.Save(folder[file]);
            return new { file, runs = new[] { 1, 3 }.Select(count => Of(model, OnnxCases.Batch(model, count, random), exported)).ToArray() };
        });
        File.WriteAllText(folder["cases.json"], JsonSerializer.Serialize(cases));
    }

    private static object Of(SavedModel<float> model, Tensor<float> batch, OnnxModel exported)
    {
        var raw = model.InputTransforms.Reverse().Aggregate(batch, (values, transform) => transform.Invert(values));
        var read = model.InputTransforms.Aggregate(raw, (values, transform) => transform.Apply(values));
        var output = model.TargetTransforms.Reverse().Aggregate(model.Model.Predictor().Predict(read), (values, transform) => transform.Invert(values));
        return new
        {
            input = new { type = OnnxCases.ReadsTokens(exported) ? "int64" : "float32", sizes = raw.Shape.ToArray(), values = raw.Values.ToArray() },
            output = new { sizes = output.Shape.ToArray(), values = output.Values.ToArray() },
        };
    }

    /// <summary>Runs a check over the folder with the first program of the name on the PATH that has what it needs.</summary>
    private (int Code, string Text) Execute(string program, string script)
    {
        var last = (Code: Missing, Text: $"{program} is not on the PATH");
        foreach (string directory in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
        {
            if (!File.Exists(Path.Combine(directory, program)) && !File.Exists(Path.Combine(directory, $"{program}.exe"))) continue;
            last = Execute(Path.Combine(directory, program), [script, folder.Path]);
            if (last.Code != Missing) return last;
        }
        return last;
    }

    private static (int, string) Execute(string program, string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            string text = process.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
            process.WaitForExit();
            return (process.ExitCode, text.Trim());
        }
        catch (Win32Exception error)
        {
            return (Missing, $"{program} cannot be started: {error.Message}");
        }
    }

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
