using Backprop.Data;
using Backprop.Onnx.Wire;

namespace Backprop.Onnx;

// Files.
public sealed partial class OnnxModel
{
    /// <summary>Writes the file beside its place, reads it back, holds every part and every number against this model, and only then renames it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="overwrite">Whether an existing file may be replaced.</param>
    /// <exception cref="NotSupportedException">The weights are more than the 2 GB that such a file can hold.</exception>
    /// <exception cref="IOException">The file exists and may not be replaced, or cannot be written.</exception>
    /// <exception cref="DataException">What was read back is not what was written.</exception>
    public void Save(string path, bool overwrite = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!overwrite && File.Exists(path)) throw new IOException($"{path}: the file exists, and is replaced only when overwrite: true is said.");
        byte[] bytes = ModelWriter.Write(this);
        // No file of the user's has this name, so none is overwritten or removed.
        string temporary = Path.Combine(Path.GetDirectoryName(path) ?? "", $".{Path.GetRandomFileName()}.backprop-tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }
            if (DifferenceFrom(Load(temporary)) is { } difference) throw new DataException(path, $"it was not written as it should be: {difference}");
            File.Move(temporary, path, overwrite);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Reads the structure and the numbers of a file that <see cref="Save"/> wrote, to look at them.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataException">It is no ONNX file, is cut off, or has parts that exported models do not have.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static OnnxModel Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return ModelReader.Read(File.ReadAllBytes(path), path);
    }
}
