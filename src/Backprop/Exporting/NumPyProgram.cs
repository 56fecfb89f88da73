using System.Numerics;
using Backprop.Saving;
using Backprop.Tensors;

namespace Backprop.Exporting;

/// <summary>A trained network as a readable program in Python and NumPy that stands alone: its forward pass line by line, the functions that it needs written
/// out, and its numbers in the archive beside it.</summary>
/// <remarks>The fitted transforms of the model are part of the program: it reads and gives numbers in the units of the data. It computes in double.</remarks>
public static class NumPyProgram
{
    /// <summary>Writes NAME.py and NAME.npz.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The program; the archive gets its name with the ending .npz.</param>
    /// <param name="overwrite">Whether existing files may be replaced.</param>
    /// <param name="inputs">What the inputs of a sample are, a line each, for the comment at the top; none if left out.</param>
    /// <returns>The path of the archive.</returns>
    /// <exception cref="NotSupportedException">A layer or a transform is not of the library.</exception>
    /// <exception cref="IOException">A file exists and may not be replaced, or cannot be written.</exception>
    public static string Save<T>(SavedModel<T> model, string path, bool overwrite = false, IReadOnlyList<string>? inputs = null)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        PythonProgram.Save("NumPyProgram", model, path, overwrite, (saved, archive) => Of(saved, archive, inputs));

    /// <summary>The text of the program.</summary>
    /// <param name="model">The model.</param>
    /// <param name="archive">The name of the archive, without a folder.</param>
    /// <param name="inputs">What the inputs of a sample are, a line each, for the comment at the top; none if left out.</param>
    /// <exception cref="NotSupportedException">A layer or a transform is not of the library.</exception>
    public static string Of<T>(SavedModel<T> model, string archive, IReadOnlyList<string>? inputs = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        Shape one = [1, .. model.Input.AsSpan()];
        var parts = new NumPyParts();
        PythonProgram.Transform(parts, model, (shift, factor) => $"x = (x - {shift}) * {factor}");
        var output = new NumPyLayers<T>(parts).Run(model.Model, "", "x", one);
        PythonProgram.Invert(parts, model, (shift, size) => $"x = x * {size} + {shift}");
        string functions = string.Concat(parts.Functions.Select(function => $"{function.ReplaceLineEndings("\n")}\n\n\n"));
        string constants = parts.Constants.Count > 0 ? $"\n{PythonProgram.Lines(parts.Constants, 0)}\n" : "";
        string module = PythonProgram.InComment(Path.GetFileNameWithoutExtension(archive));
        return $$"""
            # A network that Backprop trained, in NumPy alone. Its weights lie beside it in {{PythonProgram.InComment(archive)}}.
            #
            #     from {{module}} import load
            #     outputs = load()(inputs)    # inputs {{PythonLayers<T>.Sizes(one)}}, outputs {{PythonLayers<T>.Sizes(output)}}
            #
            # or, with the inputs in a file: python3 {{module}}.py inputs.npy{{PythonProgram.Inputs(inputs)}}
            {{(functions.Contains("math.", StringComparison.Ordinal) ? "import math\n" : "")}}import pathlib
            import sys

            import numpy as np
            {{PythonProgram.Classes(model.ClassNames)}}{{constants}}

            {{functions}}def forward(x, w):
                x = np.asarray(x, float)    # {{PythonLayers<T>.Sizes(one)}}
            {{PythonProgram.Lines(parts.Statements, 4)}}
                return x


            def load(path=pathlib.Path(__file__).with_name({{PythonParts.Quoted(archive)}})):
                w = dict(np.load(path))
                return lambda x: forward(x, w)


            if __name__ == "__main__":
                if len(sys.argv) != 2:
                    sys.exit("one file of inputs is needed: python3 {{module}}.py inputs.npy")
                outputs = load()(np.load(sys.argv[1]))
                np.savetxt(sys.stdout, outputs.reshape(len(outputs), -1), "%.9g")

            """.ReplaceLineEndings("\n");
    }
}
