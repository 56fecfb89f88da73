using System.Numerics;
using Backprop.Saving;
using Backprop.Tensors;

namespace Backprop.Exporting;

/// <summary>A trained network as a readable program in Python and PyTorch that stands alone: a module with a line for each layer, which loads its weights
/// from the NumPy archive beside it.</summary>
/// <remarks>The fitted transforms of the model are part of the module: it reads and gives numbers in the units of the data.
/// Needs PyTorch 1.13 or later.</remarks>
public static class PyTorchProgram
{
    /// <summary>Writes NAME.py and NAME.npz.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The program; the archive gets its name with the ending .npz.</param>
    /// <param name="overwrite">Whether existing files may be replaced.</param>
    /// <param name="inputs">What the inputs of a sample are, a line each, for the comment at the top; none if left out.</param>
    /// <returns>The path of the archive.</returns>
    /// <exception cref="NotSupportedException">A layer or a transform has no counterpart in PyTorch.</exception>
    /// <exception cref="IOException">A file exists and may not be replaced, or cannot be written.</exception>
    public static string Save<T>(SavedModel<T> model, string path, bool overwrite = false, IReadOnlyList<string>? inputs = null)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        PythonProgram.Save("PyTorchProgram", model, path, overwrite, (saved, archive) => Of(saved, archive, inputs));

    /// <summary>The text of the program.</summary>
    /// <param name="model">The model.</param>
    /// <param name="archive">The name of the archive, without a folder.</param>
    /// <param name="inputs">What the inputs of a sample are, a line each, for the comment at the top; none if left out.</param>
    /// <exception cref="NotSupportedException">A layer or a transform has no counterpart in PyTorch.</exception>
    public static string Of<T>(SavedModel<T> model, string archive, IReadOnlyList<string>? inputs = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        var (parts, one, output) = Translated(model);
        string doubles = typeof(T) == typeof(double) ? ".double()" : "";
        return $$"""
            # A network that Backprop trained, as a PyTorch module. Its weights lie beside it in {{PythonProgram.InComment(archive)}}.
            #
            #     from {{PythonProgram.InComment(Path.GetFileNameWithoutExtension(archive))}} import load
            #     outputs = load()(inputs)    # inputs {{PythonLayers<T>.Sizes(one)}}, outputs {{PythonLayers<T>.Sizes(output)}}{{PythonProgram.Inputs(inputs)}}
            import pathlib

            import numpy
            import torch
            from torch import nn
            {{PythonProgram.Classes(model.ClassNames)}}

            class Network(nn.Module):
                def __init__(self):
                    super().__init__()
            {{PythonProgram.Lines(parts.Members, 8)}}

                def forward(self, x):
            {{PythonProgram.Lines(parts.Statements, 8)}}
                    return x

                def fill(self, arrays):
            {{PythonProgram.Lines([.. parts.Weights.Select(weight => weight.ToString())], 8)}}


            def take(parameter, array):
                with torch.no_grad():
                    parameter.copy_(torch.from_numpy(array).reshape(parameter.shape))


            def load(path=pathlib.Path(__file__).with_name({{PythonParts.Quoted(archive)}})):
                network = Network(){{doubles}}
                network.fill(numpy.load(path))
                return network.eval()

            """.ReplaceLineEndings("\n");
    }

    /// <summary>The lines of the module, and the shapes of a batch of one before and behind it.</summary>
    internal static (PyTorchParts Parts, Shape Input, Shape Output) Translated<T>(SavedModel<T> model) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape one = [1, .. model.Input.AsSpan()];
        var parts = new PyTorchParts();
        // In double, as the data were transformed in training.
        PythonProgram.Transform(parts, model, (shift, factor) => $"x = ((x.double() - {shift}.double()) * {factor}.double()).to(x.dtype)");
        var output = new PyTorchLayers<T>(parts).Run(model.Model, "", "x", one);
        PythonProgram.Invert(parts, model, (shift, size) => $"x = (x.double() * {size}.double() + {shift}.double()).to(x.dtype)");
        return (parts, one, output);
    }
}
