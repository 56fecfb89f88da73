using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace Backprop.Cli.DataSets;

/// <summary>What has come of a file so far, in a file of its own beside the place where the whole will lie, and which version of it that was.</summary>
internal sealed class PartialFile(string target)
{
    private readonly string tag = $"{target}.part.tag";

    /// <summary>Where it lies.</summary>
    public string Path { get; } = $"{target}.part";

    /// <summary>How many bytes have come.</summary>
    public long Length => File.Exists(Path) ? new FileInfo(Path).Length : 0;

    /// <summary>Asks for the rest alone, if the file is still the same; the server may give all of it.</summary>
    public void AskForRest(HttpRequestMessage request)
    {
        if (Length == 0) return;
        request.Headers.Range = new RangeHeaderValue(Length, null);
        string known = File.Exists(tag) ? File.ReadAllText(tag) : "";
        if (EntityTagHeaderValue.TryParse(known, out var version) && !version.IsWeak) request.Headers.IfRange = new RangeConditionHeaderValue(version);
        else if (DateTimeOffset.TryParse(known, CultureInfo.InvariantCulture, out var date)) request.Headers.IfRange = new RangeConditionHeaderValue(date);
    }

    /// <summary>Opens the file for what comes: behind what is there where the answer goes on from it, else from the beginning.</summary>
    public FileStream Open(HttpResponseMessage response)
    {
        bool goesOn = response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == Length;
        if (!goesOn)
        {
            if (response.StatusCode == HttpStatusCode.PartialContent)
            {
                Delete();
                throw new IOException("the server gave another part of the file than was asked for");
            }
            string version = response.Headers.ETag?.ToString() ?? response.Content.Headers.LastModified?.ToString("R", CultureInfo.InvariantCulture) ?? "";
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(target))!);
            File.WriteAllText(tag, version);
        }
        // Without a buffer: a killed run leaves every byte that came.
        return new FileStream(Path, goesOn ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    /// <summary>Makes it the whole file.</summary>
    public void Finish()
    {
        File.Move(Path, target, overwrite: true);
        File.Delete(tag);
    }

    /// <summary>Begins anew.</summary>
    public void Delete()
    {
        File.Delete(Path);
        File.Delete(tag);
    }

    /// <summary>The SHA-256 of a file, in lower-case hexadecimal digits.</summary>
    public static string Sha256(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
