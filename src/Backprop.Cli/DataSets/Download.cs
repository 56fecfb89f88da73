using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Backprop.Cli.DataSets;

/// <summary>How a file came to lie where it lies.</summary>
internal enum Arrival
{
    /// <summary>It was there before.</summary>
    There,

    /// <summary>All of it was fetched.</summary>
    Fetched,

    /// <summary>The rest of it was fetched.</summary>
    Resumed,
}

/// <summary>Fetches files: what came stays when the line breaks, and what is not the file that was meant is never kept.</summary>
/// <param name="patience">How long to wait for an answer and for the next bytes.</param>
/// <param name="tell">Hears in a line what does not go smoothly.</param>
/// <param name="progress">Hears how many bytes of the file have come.</param>
internal sealed class Download(TimeSpan patience, Action<string> tell, Action<RemoteFile, long> progress) : IDisposable
{
    private const int Attempts = 3;

    private readonly HashSet<string> silent = [];

    private readonly HttpClient client = new(new SocketsHttpHandler { ConnectTimeout = patience })
    {
        // Each read has its own; a large file on a slow line takes its time.
        Timeout = Timeout.InfiniteTimeSpan,
        DefaultRequestHeaders = { { "User-Agent", "backprop" } },
    };

    public void Dispose() => client.Dispose();

    /// <summary>Fetches a file into a folder, unless it is there already.</summary>
    /// <param name="file">The file.</param>
    /// <param name="folder">Where it is to lie.</param>
    /// <param name="force">Whether another file of its name may be replaced.</param>
    /// <param name="cancellation">Stops between two reads; what came is kept.</param>
    /// <exception cref="InputException">No place gives it, or what they give is another file.</exception>
    public async Task<Arrival> Fetch(RemoteFile file, string folder, bool force, CancellationToken cancellation)
    {
        string target = Path.Combine(folder, file.Name);
        if (File.Exists(target))
        {
            if (PartialFile.Sha256(target) == file.Sha256) return Arrival.There;
            if (!force) throw new InputException($"{target}: another file of this name is there, its SHA-256 is not {file.Sha256}; --force replaces it");
        }
        var part = new PartialFile(target);
        var problems = new List<string>();
        foreach (var place in file.Places)
        {
            // Where nobody answered before nobody is asked again, unless nobody else is left.
            if (silent.Contains(place.Host) && place != file.Places[^1]) continue;
            var (arrival, problem) = await From(place, file, part, cancellation);
            if (problem is null)
            {
                part.Finish();
                return arrival;
            }
            problems.Add(problem);
        }
        string kept = part.Length > 0 ? $"; {part.Length} of {file.Length} bytes of {file.Name} are kept, the same command goes on" : "";
        string network = file.Places.All(place => silent.Contains(place.Host)) ? $"; is there a network? Without one, put {file.Name} into {folder} by hand" : "";
        throw new InputException($"{string.Join("; ", problems)}{network}{kept}");
    }

    /// <summary>Fetches a file from one place; gives what went wrong, or null.</summary>
    private async Task<(Arrival Arrival, string? Problem)> From(Uri place, RemoteFile file, PartialFile part, CancellationToken cancellation)
    {
        var arrival = Arrival.Fetched;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                bool kept = part.Length >= file.Length || await Receive(place, file, part, cancellation);
                if (kept) arrival = Arrival.Resumed;
                string sum = PartialFile.Sha256(part.Path);
                if (sum == file.Sha256) return (arrival, null);
                long came = part.Length;
                part.Delete();
                if (!kept || attempt == Attempts)
                    return (arrival, $"{place} gave another file: {came} bytes with the SHA-256 {sum}, {file.Length} with {file.Sha256} were expected; nothing of it is kept");
                tell($"{file.Name}: what was kept is not of this file; once more from the beginning");
                arrival = Arrival.Fetched;
            }
            catch (HttpRequestException error) when (error.StatusCode is { } status)
            {
                if ((int)status is < 500 and not 408 and not 429 || attempt == Attempts) return (arrival, $"{place} answered {(int)status} ({status})");
                await Again($"{place.Host} answered {(int)status}", attempt, cancellation);
            }
            catch (Exception error) when (error is HttpRequestException or IOException or TimeoutException && error is not { InnerException: UnauthorizedAccessException })
            {
                string reason = Reason(error);
                // A name that nobody knows and a door that is shut are not opened by knocking again.
                bool final = error is HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError };
                if (final || attempt == Attempts)
                {
                    silent.Add(place.Host);
                    return (arrival, $"no answer from {place.Host} ({reason})");
                }
                await Again($"{place.Host}: {reason}", attempt, cancellation);
            }
        }
    }

    private async Task Again(string problem, int attempt, CancellationToken cancellation)
    {
        tell($"{problem}; once more");
        await Task.Delay(TimeSpan.FromSeconds(0.5 * attempt), cancellation);
    }

    /// <summary>Takes what a place gives; says whether it went on from what was there.</summary>
    private async Task<bool> Receive(Uri place, RemoteFile file, PartialFile part, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, place);
        part.AskForRest(request);
        using var response = await Patiently(token => client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token), cancellation);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable) part.Delete();
        response.EnsureSuccessStatusCode();
        bool goesOn = response.StatusCode == HttpStatusCode.PartialContent;
        await using var to = part.Open(response);
        await using var from = await response.Content.ReadAsStreamAsync(cancellation);
        byte[] buffer = new byte[1 << 16];
        // One byte too many is enough to know that it is another file.
        while (to.Length <= file.Length)
        {
            int count = await Patiently(token => from.ReadAsync(buffer, token).AsTask(), cancellation);
            if (count == 0) break;
            await to.WriteAsync(buffer.AsMemory(0, count), cancellation);
            progress(file, to.Length);
        }
        if (to.Length < file.Length && response.Content.Headers.ContentLength is null) throw new IOException("the answer ended early");
        return goesOn;
    }

    private async Task<T> Patiently<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellation)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limited.CancelAfter(patience);
        try
        {
            return await work(limited.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"nothing came for {patience.TotalSeconds:0.###} s"));
        }
    }

    private static string Reason(Exception error) => error switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "its name is not known",
        { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } => "it refuses the connection",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => $"no secure connection: {(error.InnerException ?? error).Message}",
        HttpRequestException { InnerException: IOException } or HttpIOException => "the connection broke",
        _ => error.Message,
    };
}
