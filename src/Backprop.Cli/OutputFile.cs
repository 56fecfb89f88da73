namespace Backprop.Cli;

/// <summary>A file that a command is to write, looked at before any work is done.</summary>
internal static class OutputFile
{
    /// <summary>Refuses a file that is there already, unless it may be replaced, and one whose folder is not there.</summary>
    /// <exception cref="InputException">The file cannot be written as asked.</exception>
    public static void Check(string path, bool force, string option = "--save")
    {
        if (path.Length == 0) throw new InputException($"{option}: an empty name came; the name of a file is needed");
        if (path == "-") throw new InputException($"{option}: '-' came; the name of a file is needed");
        if (Directory.Exists(path)) throw new InputException($"{path}: a folder of this name is there; {option} needs the name of a file");
        if (File.Exists(path) && !force) throw new InputException($"{path}: the file is there already; --force replaces it");
        string? folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (!Directory.Exists(folder)) throw new InputException($"{path}: the folder {folder} is not there; make it first");
    }

    /// <summary>Refuses, with <c>--force</c> too, to replace what the command reads.</summary>
    /// <exception cref="InputException">Both are the same file.</exception>
    public static void Spare(string input, string path, string option)
    {
        if (Path.GetFullPath(input) == Path.GetFullPath(path))
            throw new InputException($"{option} {path}: that is the file that is read, which --force does not replace; give another name");
    }

    /// <summary>Writes text, UTF-8 without a byte order mark: beside the file first, so that it is there whole or not at all.</summary>
    public static void Write(string path, string text)
    {
        // No file of the user's has this name, so none is overwritten or removed.
        string temporary = Path.Combine(Path.GetDirectoryName(path) ?? "", $".{Path.GetRandomFileName()}.backprop-tmp");
        try
        {
            File.WriteAllText(temporary, text);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
