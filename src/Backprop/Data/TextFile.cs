using System.Text;

namespace Backprop.Data;

/// <summary>Reads text files: UTF-8, strictly, so that no damaged character slips in unseen.</summary>
public static class TextFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // The marks at the beginning of a file that say another encoding; that of UTF-32 begins as that of UTF-16 does.
    private static readonly (string Name, byte[] Mark)[] Others =
        [("UTF-32", [0xFF, 0xFE, 0, 0]), ("UTF-16", [0xFF, 0xFE]), ("UTF-16", [0xFE, 0xFF])];

    /// <summary>The text as it stands in the file, line ends included; a byte order mark of UTF-8 is left out.</summary>
    /// <param name="file">The path.</param>
    /// <exception cref="DataException">It is no UTF-8; the message names the row and the first bytes that are not.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static string Read(string file)
    {
        ArgumentNullException.ThrowIfNull(file);
        byte[] content = File.ReadAllBytes(file);
        foreach (var (name, mark) in Others)
            if (content.AsSpan().StartsWith(mark)) throw new DataException(file, $"it is {name}; save it as UTF-8");
        int start = content is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0;
        try
        {
            return Strict.GetString(content.AsSpan(start));
        }
        catch (DecoderFallbackException error)
        {
            // The index counts from where the decoder began.
            int place = start + Math.Max(0, error.Index), row = 1 + content.AsSpan(0, place).Count((byte)'\n');
            string bad = Convert.ToHexString(error.BytesUnknown ?? []);
            throw new DataException(file, $"it is no UTF-8 text, the bytes {bad} at {place} are no character; save it as UTF-8", row, error);
        }
    }
}
