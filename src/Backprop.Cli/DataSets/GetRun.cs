using Backprop.Tabular;

namespace Backprop.Cli.DataSets;

/// <summary><c>backprop data get</c> from the name to the files.</summary>
internal static class GetRun
{
    public static int Execute(GetSettings settings, Terminal terminal, CancellationToken cancellation)
    {
        var data = Known(settings.Name);
        if (settings.From is { } from) data = data with { Files = [.. data.Files.Select(file => file with { Places = [PlaceOf(from, file)] })] };
        string folder = Folder(settings.To ?? data.Name);
        terminal.Note($"{data.Name}: {data.Title}; {data.Terms}");
        var arrivals = Fetch(data, folder, settings, terminal, cancellation);
        var result = new GetResult(
            data.Name, folder, [.. data.Files.Zip(arrivals, (file, arrival) => new GotFile(file.Name, file.Length, file.Sha256, arrival))],
            $"backprop train {Quoted(Path.Join(folder, data.Trains))} {data.Options}");
        terminal.Output.Write(settings.Json ? $"{Json.Of(result)}\n" : Text(result, data));
        return ExitCode.Done;
    }

    private static Arrival[] Fetch(KnownDataSet data, string folder, GetSettings settings, Terminal terminal, CancellationToken cancellation)
    {
        try
        {
            return DownloadView.Show(terminal, data.Files, progress =>
            {
                using var download = new Download(settings.Patience, terminal.Note, progress);
                var arrivals = new Arrival[data.Files.Count];
                for (int i = 0; i < arrivals.Length; i++)
                    arrivals[i] = download.Fetch(data.Files[i], folder, settings.Force, cancellation).GetAwaiter().GetResult();
                return arrivals;
            });
        }
        catch (OperationCanceledException)
        {
            throw new InterruptedException($"interrupted; what came is in {folder}, the same command goes on");
        }
    }

    private static KnownDataSet Known(string name)
    {
        if (KnownDataSet.All.FirstOrDefault(data => data.Name == name) is { } known) return known;
        string[] names = [.. KnownDataSet.All.Select(data => data.Name)];
        throw new InputException($"there are no data called '{name}'; {string.Join(" and ", names)} can be had{Suggestion.Question(name, names)}");
    }

    private static Uri PlaceOf(string from, RemoteFile file) =>
        Uri.TryCreate(from.EndsWith('/') ? from : $"{from}/", UriKind.Absolute, out var place) && place.Scheme is "http" or "https" && place.Host.Length > 0
            ? new Uri(place, file.Name)
            : throw new InputException($"--from {from}: the address of a folder is needed that begins with http:// or https://");

    private static string Folder(string path)
    {
        if (path.Length == 0) throw new InputException("--to: an empty name came; the name of a folder is needed");
        if (File.Exists(path)) throw new InputException($"{path}: a file of this name is there; --to FOLDER names another place");
        return path;
    }

    private static string Text(GetResult result, KnownDataSet data)
    {
        int width = result.Files.Max(file => file.Name.Length), size = result.Files.Max(file => DownloadView.Size(file.Bytes).Length);
        var lines = result.Files.Select(file => $"{file.Name.PadRight(width)}  {DownloadView.Size(file.Bytes).PadLeft(size)}  {Said(file.Arrival)}");
        string hint = data.Hint.Length > 0 ? $"          ({data.Hint})\n" : "";
        return $"{Wording.Count(result.Files.Count, "file")} in {result.Folder}, {(result.Files.Count == 1 ? "its" : "each with its")} known SHA-256\n\n"
            + string.Concat(lines.Select(line => $"{line}\n")) + $"\nto train: {result.Train}\n{hint}";
    }

    private static string Said(Arrival arrival) => arrival switch
    {
        Arrival.There => "already there",
        Arrival.Resumed => "gone on with and done",
        _ => "done",
    };

    /// <summary>As a shell reads it.</summary>
    private static string Quoted(string path) => path.All(letter => char.IsLetterOrDigit(letter) || letter is '/' or '\\' or '.' or '-' or '_' or ':') ? path : $"\"{path}\"";
}
