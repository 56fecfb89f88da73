namespace Backprop.Saving;

/// <summary>Writes a file whole or not at all: a reader sees the old file or the new one, also when the process is killed or the disk is full.</summary>
internal static class WholeFile
{
    /// <summary>Writes beside the file, flushes to the disk, and renames.</summary>
    /// <param name="path">The file.</param>
    /// <param name="overwrite">Whether an existing file may be replaced.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">The file exists and may not be replaced, or cannot be written.</exception>
    public static void Write(string path, bool overwrite, Action<Stream> write)
    {
        if (!overwrite && File.Exists(path)) throw Exists(path);
        // Always the same name: what a killed process leaves behind is replaced by the next one, and never piles up.
        string temporary = path + ".tmp";
        var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None);
        try
        {
            using (stream)
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            Rename(temporary, path, overwrite);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static void Rename(string temporary, string path, bool overwrite)
    {
        try
        {
            File.Move(temporary, path, overwrite);
        }
        catch (IOException) when (!overwrite && File.Exists(path))
        {
            throw Exists(path);
        }
    }

    private static IOException Exists(string path) => new($"{path}: the file exists, and is replaced only when overwrite: true is said.");
}
