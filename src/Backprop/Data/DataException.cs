namespace Backprop.Data;

/// <summary>A file is not what it should be. The message is one line: file, row, what was found, what is needed.</summary>
public sealed class DataException : Exception
{
    /// <summary>Makes the exception; the message becomes <c>file: problem</c> or <c>file, row 12: problem</c>.</summary>
    /// <param name="file">The file, as the caller named it.</param>
    /// <param name="problem">What was found and what is needed.</param>
    /// <param name="row">The row of the file, counted from 1, where there is one.</param>
    /// <param name="cause">The error underneath, if any.</param>
    public DataException(string file, string problem, int? row = null, Exception? cause = null)
        : base(row is null ? $"{file}: {problem}" : $"{file}, row {row}: {problem}", cause)
    {
        File = file;
        Row = row;
    }

    /// <summary>The file, as the caller named it.</summary>
    public string File { get; }

    /// <summary>The row of the file, counted from 1; null where the whole file is meant.</summary>
    public int? Row { get; }
}
