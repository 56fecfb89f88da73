using System.Runtime.InteropServices;
using Backprop.Data;

namespace Backprop.Saving;

// The numbers alone, for NumPy.
public sealed partial class SavedModel<T>
{
    /// <summary>Writes the parameters as a NumPy archive: <c>numpy.load(path)["linear1.weight"]</c>. The network's description, the transforms and
    /// the names of the classes stay behind. What was written is read back and compared before the file gets its name.</summary>
    /// <remarks>Weights are [inputs, outputs], kernels [F, C, KH, KW]; a parameter that layers share stands there once.</remarks>
    /// <param name="path">The file.</param>
    /// <param name="overwrite">Whether an existing file may be replaced.</param>
    /// <exception cref="IOException">The file exists and may not be replaced, or cannot be written.</exception>
    /// <exception cref="DataException">What was read back is not what was written.</exception>
    public void SaveNpz(string path, bool overwrite = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var parameters = Model.Parameters;
        WholeFile.Write(path, overwrite, stream =>
        {
            using var archive = new MemoryStream();
            Npz.Write(archive, parameters.Names.Select(name => (name, (Tensors.Tensor<T>)parameters[name])));
            archive.Position = 0;
            var back = Npz.Read<T>(archive, path);
            foreach (string name in parameters.Names)
                if (!back.TryGetValue(name, out var array) || array.Shape != parameters[name].Shape
                    || !MemoryMarshal.AsBytes(array.Values).SequenceEqual(MemoryMarshal.AsBytes(parameters[name].Values)))
                    throw new DataException(path, $"the parameter '{name}' was not written as it should be");
            stream.Write(archive.GetBuffer().AsSpan(0, (int)archive.Length));
        });
    }
}
