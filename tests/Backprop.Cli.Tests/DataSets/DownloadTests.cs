using System.Security.Cryptography;
using Backprop.Cli.DataSets;

namespace Backprop.Cli.Tests.DataSets;

public sealed class DownloadTests : IDisposable
{
    private static readonly byte[] Whole = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * i % 251))];

    private readonly TemporaryFolder folder = new();
    private readonly FileServer server = new(Whole);
    private readonly List<string> told = [];
    private readonly List<long> heard = [];

    public void Dispose()
    {
        server.Dispose();
        folder.Dispose();
    }

    private string Target => folder["file.bin"];

    private RemoteFile File(params string[] places) => new(
        "file.bin", Whole.Length, Convert.ToHexStringLower(SHA256.HashData(Whole)), [.. places.DefaultIfEmpty(server.Address).Select(place => new Uri($"{place}/file.bin"))]);

    private Arrival Fetch(RemoteFile? file = null, double patience = 20, bool force = false)
    {
        using var download = new Download(TimeSpan.FromSeconds(patience), told.Add, (_, bytes) => heard.Add(bytes));
        return download.Fetch(file ?? File(), folder.Path, force, TestContext.Current.CancellationToken).GetAwaiter().GetResult();
    }

    private string Refusal(RemoteFile? file = null, double patience = 20) => Assert.Throws<InputException>(() => { Fetch(file, patience); }).Message;

    private void IsWhole()
    {
        Assert.Equal(Whole, System.IO.File.ReadAllBytes(Target));
        Assert.Equal([Target], Directory.GetFiles(folder.Path));
    }

    private void Keep(int bytes, string tag = "\"1\"")
    {
        System.IO.File.WriteAllBytes($"{Target}.part", Whole[..bytes]);
        System.IO.File.WriteAllText($"{Target}.part.tag", tag);
    }

    [Fact]
    public void A_file_is_fetched_whole_and_is_there_the_next_time()
    {
        Assert.Equal(Arrival.Fetched, Fetch());
        IsWhole();
        Assert.Equal(Whole.Length, heard[^1]);
        Assert.Equal(Arrival.There, Fetch());
        Assert.Single(server.Requests);
    }

    [Fact]
    public void When_the_line_breaks_the_rest_alone_is_fetched()
    {
        server.BreaksAfter = 100_000;
        Assert.Equal(Arrival.Resumed, Fetch());
        IsWhole();
        Assert.Equal(["127.0.0.1: the connection broke; once more"], told);
        Assert.DoesNotContain("range:", server.Requests[0], StringComparison.Ordinal);
        Assert.Matches(@"\nrange: bytes=[1-9]\d*-", server.Requests[1]);
        Assert.Contains("\nif-range: \"1\"", server.Requests[1], StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_killed_run_has_left_is_gone_on_with()
    {
        Keep(200_000);
        Assert.Equal(Arrival.Resumed, Fetch());
        IsWhole();
        Assert.Contains("\nrange: bytes=200000-", Assert.Single(server.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_knows_no_parts_gives_the_whole_file_anew()
    {
        server.KnowsRanges = false;
        Keep(200_000);
        Assert.Equal(Arrival.Fetched, Fetch());
        IsWhole();
    }

    [Fact]
    public void A_file_that_has_changed_on_the_server_is_fetched_from_the_beginning()
    {
        Keep(200_000, "\"0\"");
        Assert.Equal(Arrival.Fetched, Fetch());
        IsWhole();
        Assert.Single(server.Requests);
    }

    [Fact]
    public void A_rest_that_does_not_fit_is_noticed_and_all_is_fetched_once_more()
    {
        Keep(1000);
        byte[] wrong = System.IO.File.ReadAllBytes($"{Target}.part");
        wrong[500] ^= 1;
        System.IO.File.WriteAllBytes($"{Target}.part", wrong);
        Assert.Equal(Arrival.Fetched, Fetch());
        IsWhole();
        Assert.Equal(["file.bin: what was kept is not of this file; once more from the beginning"], told);
    }

    [Theory]
    [InlineData(300_000)]
    [InlineData(300_001)]
    [InlineData(400_000)]
    public void A_part_that_is_whole_or_too_long_does_no_harm(int bytes)
    {
        System.IO.File.WriteAllBytes($"{Target}.part", [.. Whole, .. new byte[bytes - Whole.Length]]);
        Fetch();
        IsWhole();
    }

    [Theory]
    [InlineData(299_999)]
    [InlineData(300_000)]
    [InlineData(500_000)]
    public void Another_file_is_refused_by_its_sum_and_nothing_of_it_is_kept(int length)
    {
        server.Content = new byte[length];
        Assert.Matches(
            @"^http://127\.0\.0\.1:\d+/data/file\.bin gave another file: \d+ bytes with the SHA-256 [0-9a-f]{64}, 300000 with [0-9a-f]{64} were expected; nothing of it is kept$",
            Refusal());
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void An_answer_without_a_file_is_said_once()
    {
        server.Status = 404;
        Assert.Matches(@"^http://127\.0\.0\.1:\d+/data/file\.bin answered 404 \(NotFound\)$", Refusal());
        Assert.Single(server.Requests);
    }

    [Fact]
    public void A_server_in_trouble_is_asked_three_times()
    {
        server.Status = 503;
        Assert.EndsWith("answered 503 (ServiceUnavailable)", Refusal(), StringComparison.Ordinal);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public void A_server_that_falls_silent_is_left_and_what_came_is_kept()
    {
        server.StallsAfter = 50_000;
        Assert.Matches(
            @"^no answer from 127\.0\.0\.1 \(nothing came for 0\.3 s\); is there a network\? Without one, put file\.bin into .+ by hand; 150000 of 300000 bytes of file\.bin are kept, the same command goes on$",
            Refusal(patience: 0.3));
        Assert.Equal(150_000, new FileInfo($"{Target}.part").Length);
        server.StallsAfter = null;
        Assert.Equal(Arrival.Resumed, Fetch());
        IsWhole();
    }

    [Fact]
    public void Where_nobody_listens_it_says_so_and_writes_nothing()
    {
        string gone = Gone();
        Assert.Equal(
            $"no answer from 127.0.0.1 (it refuses the connection); is there a network? Without one, put file.bin into {folder.Path} by hand", Refusal(File(gone)));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void The_next_place_is_asked_where_the_first_does_not_give_the_file()
    {
        using var other = new FileServer([]) { Status = 403 };
        Assert.Equal(Arrival.Fetched, Fetch(File(other.Address, server.Address)));
        IsWhole();
    }

    [Fact]
    public void Another_file_of_the_name_is_replaced_only_by_force()
    {
        System.IO.File.WriteAllText(Target, "mine");
        Assert.StartsWith($"{Target}: another file of this name is there, its SHA-256 is not ", Refusal(), StringComparison.Ordinal);
        Assert.Equal("mine", System.IO.File.ReadAllText(Target));
        Assert.Equal(Arrival.Fetched, Fetch(force: true));
        IsWhole();
    }

    /// <summary>The address of a server that is no more.</summary>
    private static string Gone()
    {
        using var server = new FileServer([]);
        return server.Address;
    }
}
