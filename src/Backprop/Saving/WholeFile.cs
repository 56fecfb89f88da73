namespace Backprop.Saving;

/// <summary>Writes a file whole or not at all: a reader sees the old file or the new one, also when the process is killed or the disk is full.</summary>
internal static class WholeFile
{
    /// <summary>How the name of a file ends that is not yet whole.</summary>
    public const string TemporarySuffix = ".backprop-tmp";

    /// <summary>Writes beside the file, flushes to the disk, and renames.</summary>
    /// <param name="path">The file.</param>
    /// <param name="overwrite">Whether an existing file may be replaced.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">The file exists and may not be replaced, or cannot be written.</exception>
    public static void Write(string path, bool overwrite, Action<Stream> write)
    {
        if (!overwrite && File.Exists(path)) throw Exists(path);
        string temporary = Beside(path);
        var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None);
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

    /// <summary>A name in the same folder that no other file has: a file of the user's must be neither overwritten nor removed.</summary>
    private static string Beside(string path)
    {
        // Cut, so that what is added does not make a long name too long for the file system.
        string name = Path.GetFileName(path);
        if (name.Length > 40) name = name[..40];
        return Path.Combine(Path.GetDirectoryName(path) ?? "", $".{name}.{Path.GetRandomFileName()}{TemporarySuffix}");
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
