using System.Numerics;
using System.Text;
using Backprop.Data;
using Backprop.Saving;
using Backprop.Tensors;

namespace Backprop.Exporting;

/// <summary>A trained network as a readable program in Python and PyTorch that stands alone: a module with a line for each layer, which loads its weights
/// from the NumPy archive beside it.</summary>
/// <remarks>The fitted transforms of the model are part of the module: it reads and gives numbers in the units of the data.
/// Needs PyTorch 1.13 or later.</remarks>
public static class PyTorchProgram
{
    private const string Extension = ".npz";

    /// <summary>Writes NAME.py and NAME.npz.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The program; the archive gets its name with the ending .npz.</param>
    /// <param name="overwrite">Whether existing files may be replaced.</param>
    /// <returns>The path of the archive.</returns>
    /// <exception cref="NotSupportedException">A layer or a transform has no counterpart in PyTorch.</exception>
    /// <exception cref="IOException">A file exists and may not be replaced, or cannot be written.</exception>
    public static string Save<T>(SavedModel<T> model, string path, bool overwrite = false) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(path);
        string archive = Path.ChangeExtension(path, Extension);
        if (archive == path) throw new ArgumentException($"PyTorchProgram: {path} is the name of its archive; the program needs another ending, such as .py.", nameof(path));
        string text = Of(model, Path.GetFileName(archive));
        if (!overwrite && File.Exists(path)) throw new IOException($"{path}: the file exists, and is replaced only when overwrite: true is said.");
        model.SaveNpz(archive, overwrite);
        WholeFile.Write(path, overwrite, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
        return archive;
    }

    /// <summary>The text of the program.</summary>
    /// <param name="model">The model.</param>
    /// <param name="archive">The name of the archive, without a folder.</param>
    /// <exception cref="NotSupportedException">A layer or a transform has no counterpart in PyTorch.</exception>
    public static string Of<T>(SavedModel<T> model, string archive) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        Shape one = [1, .. model.Input.AsSpan()];
        var parts = new PyTorchParts();
        foreach (var (i, transform) in model.InputTransforms.Index()) Transforms.Apply(parts, transform, i + 1);
        var output = new PyTorchLayers<T>(parts).Run(model.Model, "", "x", one);
        foreach (var (i, transform) in model.TargetTransforms.Reverse().Index()) Transforms.Invert(parts, transform, i + 1);
        var classes = model.ClassNames.Count == 0 ? "" : $"\nCLASSES = [{string.Join(", ", model.ClassNames.Select(PyTorchParts.Quoted))}]\n";
        string doubles = typeof(T) == typeof(double) ? ".double()" : "";
        return $$"""
            # A network that Backprop trained, as a PyTorch module. Its weights lie beside it in {{archive.ReplaceLineEndings(" ")}}.
            #
            #     from {{Path.GetFileNameWithoutExtension(archive).ReplaceLineEndings(" ")}} import load
            #     outputs = load()(inputs)    # inputs {{Sizes(one)}}, outputs {{Sizes(output)}}
            import pathlib

            import numpy
            import torch
            from torch import nn
            {{classes}}

            class Network(nn.Module):
                def __init__(self):
                    super().__init__()
            {{Lines(parts.Members, 8)}}

                def forward(self, x):
            {{Lines(parts.Statements, 8)}}
                    return x

                def fill(self, arrays):
            {{Lines(parts.Weights, 8)}}


            def take(parameter, array):
                with torch.no_grad():
                    parameter.copy_(torch.from_numpy(array).reshape(parameter.shape))


            def load(path=pathlib.Path(__file__).with_name({{PyTorchParts.Quoted(archive)}})):
                network = Network(){{doubles}}
                network.fill(numpy.load(path))
                return network.eval()

            """.ReplaceLineEndings("\n");

        static string Sizes(Shape shape) => $"[{string.Join(", ", shape.Skip(1).Select(size => $"{size}").Prepend("N"))}]";
    }

    private static string Lines(List<string> lines, int indent) =>
        string.Join('\n', (lines.Count > 0 ? lines : ["pass"]).Select(line => new string(' ', indent) + line));

    private static class Transforms
    {
        /// <summary>In double, as the data were transformed in training; what was constant there stays 0.</summary>
        public static void Apply(PyTorchParts parts, Transform transform, int number)
        {
            var scaling = Known(transform);
            string shift = parts.Buffer($"input_shift{number}", scaling.Shifts);
            string factor = parts.Buffer($"input_factor{number}", scaling.Sizes.Select(size => size == 0 ? 0 : 1 / size));
            parts.Statements.Add($"x = ((x.double() - {shift}.double()) * {factor}.double()).to(x.dtype)");
        }

        public static void Invert(PyTorchParts parts, Transform transform, int number)
        {
            var scaling = Known(transform);
            string shift = parts.Buffer($"output_shift{number}", scaling.Shifts);
            string size = parts.Buffer($"output_size{number}", scaling.Sizes);
            parts.Statements.Add($"x = (x.double() * {size}.double() + {shift}.double()).to(x.dtype)");
        }

        private static Scaling Known(Transform transform) => transform as Scaling
            ?? throw new NotSupportedException($"PyTorch: the transform '{transform.Type}' has no translation; export the model without it, and transform the data before it.");
    }
}
