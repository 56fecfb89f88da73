using System.Globalization;
using Backprop.Data;

namespace Backprop.Saving;

/// <summary>A folder of checkpoints of one training, named by their steps: <c>step-0000001200.safetensors</c>.</summary>
/// <param name="path">The folder; it need not be there yet.</param>
public sealed class CheckpointFolder(string path)
{
    private const string Prefix = "step-", Suffix = ".safetensors";

    /// <summary>The folder.</summary>
    public string Path => path;

    /// <summary>The checkpoints in it, the newest first, whole or not.</summary>
    public IReadOnlyList<string> Files => !Directory.Exists(path) ? []
        : [.. Directory.GetFiles(path, $"{Prefix}*{Suffix}").Where(file => StepOf(file) >= 0).OrderByDescending(StepOf)];

    /// <summary>The newest checkpoint that is whole; null where there is none at all.</summary>
    /// <param name="notice">Hears of those that are damaged and passed over, in a sentence each.</param>
    /// <exception cref="DataException">None is whole, or the newest was written by a newer version of Backprop.</exception>
    /// <exception cref="IOException">One cannot be read.</exception>
    public string? Newest(Action<string>? notice = null) => NewestWhole(notice)?.File;

    /// <summary>The texts that the program which saved put beside a checkpoint, by its own keys.</summary>
    /// <param name="file">A checkpoint.</param>
    /// <exception cref="DataException">It is another file, cut off, damaged, or of a newer version.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyDictionary<string, string> NotesOf(string file)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        return SavedFormat.Checkpoint.Load(file).Metadata.Where(text => !CheckpointKeys.Own.Contains(text.Key)).ToDictionary();
    }

    internal (string File, Safetensors Content)? NewestWhole(Action<string>? notice)
    {
        DataException? newestProblem = null;
        foreach (string file in Files)
        {
            bool newer = false;
            try
            {
                var content = Safetensors.Load(file);
                newer = SavedFormat.Checkpoint.IsNewer(content);
                SavedFormat.Checkpoint.Check(content, file);
                return (file, content);
            }
            // A newer version's file is whole: to go on from an older one would lose work.
            catch (DataException error) when (!newer)
            {
                newestProblem ??= error;
                notice?.Invoke($"{error.Message}; it is passed over");
            }
        }
        return newestProblem is null ? null : throw newestProblem;
    }

    /// <summary>The file for a step.</summary>
    internal string FileOf(long step) =>
        System.IO.Path.Combine(path, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{step:0000000000}{Suffix}"));

    /// <summary>Makes the folder, takes it for this process alone, and removes what killed processes left half written.</summary>
    /// <returns>What holds the folder until it is disposed.</returns>
    /// <exception cref="IOException">Another training writes here, or the folder cannot be made.</exception>
    internal IDisposable Open()
    {
        Directory.CreateDirectory(path);
        FileStream holder;
        try
        {
            // Gone with the process, however it ends.
            holder = new FileStream(System.IO.Path.Combine(path, ".in-use"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error)
        {
            throw new IOException(
                $"{path}: another training writes its checkpoints here ({error.Message.TrimEnd('.')}); wait for its end, or take another folder", error);
        }
        foreach (string half in Directory.GetFiles(path, $".{Prefix}*{WholeFile.TemporarySuffix}")) File.Delete(half);
        return holder;
    }

    /// <summary>Keeps the newest checkpoints up to a step; those beyond it belong to what was given up when an older one was taken.</summary>
    internal void Prune(long step, int keep)
    {
        int kept = 0;
        foreach (string file in Files)
            if (StepOf(file) > step || ++kept > keep) File.Delete(file);
    }

    private static long StepOf(string file)
    {
        string name = System.IO.Path.GetFileName(file);
        return long.TryParse(name.AsSpan(Prefix.Length, name.Length - Prefix.Length - Suffix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long step)
            ? step : -1;
    }
}
