using System.Text.Json.Nodes;

namespace Backprop.Cli.Tests;

public sealed class ProfileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private Run Train(params string[] options) =>
        Run.Of(["train", Flowers.Write(folder), "--target", "kind", "--epochs", "2", "--threads", "2", .. options]);

    [Fact]
    public void The_table_follows_the_figures()
    {
        var run = Train("--profile", "--optimizer", "sgd");
        Assert.Equal(0, run.Code);
        string[] lines = run.Output.Split('\n');
        int start = Array.IndexOf(lines, "");
        Assert.StartsWith("weights ", lines[start - 1], StringComparison.Ordinal);
        Assert.Equal("one step on 32 samples, median of 51 runs", lines[start + 1]);
        string[] table = lines[(start + 3)..^1];
        Assert.Equal(
            ["step", "Linear", "Relu", "Linear", "Relu", "Linear", "SoftmaxCrossEntropy", "update", "total"], table.Select(line => line.Split(' ')[0]));
        Assert.Matches(@"^step +of +output +forward +backward +time +share +KB +GFLOP/s$", table[0]);
        Assert.Matches(@"^Linear +linear1\.weight +\[32, 32\] +[\d.]+ µs +[\d.]+ µs +[\d.]+ µs +[\d.]+ % +[\d.]+ +[\d.]+$", table[1]);
        Assert.Matches(@"^update +sgd +[\d.]+ µs +[\d.]+ % +[\d.]+$", table[^2]);
        Assert.Matches(@"^total +2 threads +[\d.]+ µs +[\d.]+ µs +[\d.]+ µs +100\.0 % +[\d.]+ +[\d.]+$", table[^1]);
    }

    [Fact]
    public void Json_has_it_as_an_object()
    {
        var profile = JsonNode.Parse(Train("--profile", "--json").Output)!["profile"]!.AsObject();
        Assert.Equal(["batch", "threads", "microseconds", "bytes", "gigaflopsPerSecond", "steps", "update"], profile.Select(field => field.Key));
        Assert.Equal((32, 2), ((int)profile["batch"]!, (int)profile["threads"]!));
        var steps = profile["steps"]!.AsArray();
        Assert.Equal(6, steps.Count);
        Assert.Equal(
            ["name", "parameter", "output", "forwardMicroseconds", "backwardMicroseconds", "share", "bytes", "gigaflopsPerSecond"],
            steps[0]!.AsObject().Select(field => field.Key));
        Assert.Equal(["name", "output", "forwardMicroseconds", "backwardMicroseconds", "share", "bytes"], steps[1]!.AsObject().Select(field => field.Key));
        Assert.Equal([32, 32], steps[0]!["output"]!.AsArray().Select(size => (int)size!));
        var update = profile["update"]!;
        Assert.Equal("adam", (string?)update["name"]);
        Assert.Equal(7 * 4 * (4 * 32 + 32 + 32 * 16 + 16 + 16 * 3 + 3), (int)update["bytes"]!);
        Assert.Equal((long)profile["bytes"]!, steps.Sum(step => (long)step!["bytes"]!) + (long)update["bytes"]!);
        Assert.Equal(1, steps.Sum(step => (double)step!["share"]!) + (double)update["share"]!, 0.001);
    }

    [Fact]
    public void It_changes_nothing_that_is_saved()
    {
        Train("--save", folder["plain"]);
        Train("--profile", "--save", folder["profiled"]);
        Assert.Equal(File.ReadAllBytes(folder["plain"]), File.ReadAllBytes(folder["profiled"]));
    }

    [Fact]
    public void It_is_measured_on_numbers_too() =>
        Assert.Contains(
            "MeanSquaredError", Run.Of("train", Flowers.Line(folder), "--target", "y", "--epochs", "1", "--profile").Output, StringComparison.Ordinal);
}
