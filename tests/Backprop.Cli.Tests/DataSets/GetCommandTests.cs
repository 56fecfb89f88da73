using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Backprop.Cli.DataSets;

namespace Backprop.Cli.Tests.DataSets;

public sealed class GetCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>The file of the repository at Irvine, byte for byte: it has two flowers with other figures than Fisher's paper, other names and an empty line at its end.</summary>
    private static byte[] IrisOfIrvine()
    {
        string? path = Repository.Data("iris.csv");
        Assert.SkipWhen(path is null, "shared/data/iris.csv does not lie beside the repository.");
        var rows = File.ReadLines(path!).Skip(1).Take(150).Select((row, i) =>
        {
            string[] cells = row.Split(',');
            string numbers = i is 34 or 37 ? "4.9,3.1,1.5,0.1" : string.Join(',', cells[..4]);
            return $"{numbers},Iris-{cells[4]}\n";
        });
        return Encoding.ASCII.GetBytes($"{string.Concat(rows)}\n");
    }

    [Fact]
    public void Iris_is_fetched_checked_and_trained_by_the_command_that_is_printed()
    {
        using var server = new FileServer(IrisOfIrvine());
        string place = folder["my data"];
        var run = Run.Of("data", "get", "iris", "--to", place, "--from", server.Address);
        Assert.Equal(
            $"""
            1 file in {place}, its known SHA-256

            iris.data  4.6 kB  done

            to train: backprop train "{place}/iris.data" --target 4
                      (the file has no header: its columns are called 0 to 4, the kind is column 4)

            """, run.Output);
        Assert.Equal("iris: 150 flowers of three kinds by four lengths; Fisher; UCI Machine Learning Repository, CC BY 4.0\n", run.Error);
        Assert.Equal(0, run.Code);
        var trained = Run.Of("train", $"{place}/iris.data", "--target", "4", "--epochs", "40", "--json");
        Assert.InRange((double)JsonNode.Parse(trained.Output)!["testAccuracy"]!, 0.9, 1);
        Assert.Contains("already there", Run.Of("data", "get", "iris", "--to", place, "--from", server.Address).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_keeps_to_its_schema()
    {
        using var server = new FileServer(IrisOfIrvine());
        var run = Run.Of("data", "get", "iris", "--to", folder["a"], "--from", $"{server.Address}/", "--json");
        Assert.Empty(Schema.Of("data").Errors(run.Output));
        Assert.Equal("fetched", (string?)JsonNode.Parse(run.Output)!["files"]![0]!["arrival"]);
        Assert.Contains("get /data/iris.data http", server.Requests[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_terminal_gets_a_bar()
    {
        using var server = new FileServer(IrisOfIrvine());
        var run = Run.OnTerminal(100, "data", "get", "iris", "--to", folder["a"], "--from", server.Address);
        Assert.Equal(0, run.Code);
        Assert.Contains("iris.data", run.Error, StringComparison.Ordinal);
        Assert.Contains("\u001b[2K", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_interrupted_download_keeps_what_came_and_goes_on()
    {
        using var server = new FileServer(IrisOfIrvine()) { StallsAfter = 1000 };
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        var run = Run.Of(source.Token, "data", "get", "iris", "--to", folder["a"], "--from", server.Address);
        Assert.Equal(130, run.Code);
        Assert.EndsWith($"\nbackprop: interrupted; what came is in {folder["a"]}, the same command goes on\n", run.Error, StringComparison.Ordinal);
        server.StallsAfter = null;
        Assert.Contains("gone on with and done", Run.Of("data", "get", "iris", "--to", folder["a"], "--from", server.Address).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_is_refused_in_one_line()
    {
        Assert.Equal("backprop: there are no data called 'mnits'; mnist and iris can be had; did you mean mnist?", Run.Of("data", "get", "mnits").Refusal);
        Assert.Equal("backprop: --from here: the address of a folder is needed that begins with http:// or https://", Run.Of("data", "get", "iris", "--from", "here").Refusal);
        Assert.Equal("backprop: --to: an empty name came; the name of a folder is needed", Run.Of("data", "get", "iris", "--to", "").Refusal);
        string file = Flowers.Write(folder, "file", "");
        Assert.Equal($"backprop: {file}: a file of this name is there; --to FOLDER names another place", Run.Of("data", "get", "iris", "--to", file).Refusal);
        Assert.Equal("backprop: NAME is missing; backprop data get --help lists what there is", Run.Of("data", "get").Refusal);
        Assert.Equal("backprop: a command is missing; backprop data --help lists what there is", Run.Of("data").Refusal);
        Assert.Equal("backprop: there is no command 'gte'; did you mean get?", Run.Of("data", "gte").Refusal);
    }

    [Fact]
    public void Every_known_file_has_a_sum_a_length_and_a_secure_place()
    {
        foreach (var file in KnownDataSet.All.SelectMany(data => data.Files))
        {
            Assert.Equal(SHA256.HashSizeInBytes, Convert.FromHexString(file.Sha256).Length);
            Assert.True(file.Length > 0 && file.Places.Count > 0);
            Assert.All(file.Places, place => Assert.Equal(("https", file.Name), (place.Scheme, place.Segments[^1])));
        }
        Assert.Equal(["mnist", "iris"], KnownDataSet.All.Select(data => data.Name));
    }
}
