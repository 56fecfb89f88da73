using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Backprop.Cli.Tests.DataSets;

/// <summary>A web server on this machine alone, which gives one file under every name and misbehaves as it is told.</summary>
internal sealed class FileServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly Task loop;

    public FileServer(byte[] content)
    {
        Content = content;
        listener.Start();
        loop = Task.Run(Listen);
    }

    /// <summary>What lies there.</summary>
    public byte[] Content { get; set; }

    /// <summary>Its version.</summary>
    public string? Tag { get; set; } = "\"1\"";

    /// <summary>The answer instead of the file.</summary>
    public int? Status { get; set; }

    /// <summary>Whether it knows of parts.</summary>
    public bool KnowsRanges { get; set; } = true;

    /// <summary>After how many bytes the line breaks, once.</summary>
    public int? BreaksAfter { get; set; }

    /// <summary>After how many bytes nothing comes any more, each time.</summary>
    public int? StallsAfter { get; set; }

    /// <summary>What was asked, request by request, without the names' case.</summary>
    public List<string> Requests { get; } = [];

    public string Address => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/data";

    public void Dispose()
    {
        end.Cancel();
        listener.Stop();
        loop.Wait(TimeSpan.FromSeconds(10));
        end.Dispose();
        listener.Dispose();
    }

    private async Task Listen()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(end.Token);
                try
                {
                    await Answer(client);
                }
                catch (IOException)
                {
                    // The client has gone.
                }
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task Answer(TcpClient client)
    {
        var stream = client.GetStream();
        var reader = new StreamReader(stream, Encoding.ASCII);
        var lines = new List<string>();
        while (await reader.ReadLineAsync(end.Token) is { Length: > 0 } line) lines.Add(line.ToLowerInvariant());
        Requests.Add(string.Join('\n', lines));
        int from = From(lines);
        string head = Status is { } status ? $"HTTP/1.1 {status} No\r\nContent-Length: 0\r\n"
            : from < 0 ? $"HTTP/1.1 416 No\r\nContent-Range: bytes */{Content.Length}\r\nContent-Length: 0\r\n"
            : from > 0 ? $"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes {from}-{Content.Length - 1}/{Content.Length}\r\nContent-Length: {Content.Length - from}\r\n"
            : $"HTTP/1.1 200 OK\r\nContent-Length: {Content.Length}\r\n";
        if (Tag is not null) head += $"ETag: {Tag}\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{head}Connection: close\r\n\r\n"), end.Token);
        if (Status is not null || from < 0) return;
        int until = Math.Min(Content.Length, from + (BreaksAfter ?? StallsAfter ?? Content.Length));
        bool stalls = StallsAfter is not null && BreaksAfter is null;
        BreaksAfter = null;
        await stream.WriteAsync(Content.AsMemory(from, until - from), end.Token);
        await stream.FlushAsync(end.Token);
        // Until the client has had enough of it.
        if (stalls) await stream.ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false, end.Token);
    }

    private int From(List<string> lines)
    {
        string? range = lines.Find(line => line.StartsWith("range: bytes=", StringComparison.Ordinal));
        if (range is null || !KnowsRanges) return 0;
        if (lines.Find(line => line.StartsWith("if-range: ", StringComparison.Ordinal)) is { } version && version[10..] != Tag) return 0;
        int from = int.Parse(range.AsSpan(13).TrimEnd('-'), CultureInfo.InvariantCulture);
        return from < Content.Length ? from : -1;
    }
}
