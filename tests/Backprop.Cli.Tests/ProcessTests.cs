using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Backprop.Cli.Tests;

/// <summary>The tool as a process of its own: its streams, its signals.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_output_is_utf8_without_a_byte_order_mark_and_holds_the_result_alone()
    {
        string data = Flowers.Write(folder, "größe.csv", "größe,art\n1,ä\n2,ö\n1,ä\n2,ö\n1,ä\n2,ö\n");
        using var process = Start("train", data, "--target", "art", "--epochs", "2", "--json");
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        using var bytes = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(bytes, TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        Assert.Equal((byte)'{', bytes.ToArray()[0]);
        Assert.Equal(["ä", "ö"], JsonNode.Parse(bytes.ToArray())!["classes"]!.AsArray().Select(name => (string?)name));
        Assert.Contains("classes: ä, ö\n", await error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', await error);
    }

    [Fact]
    public async Task Ctrl_c_ends_with_130()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows sends Ctrl-C to a whole console, the tests with it.");
        Assert.SkipWhen(IgnoresInterrupts(), "The tests run in the background of a script, where Ctrl-C is ignored, by every process that they start too.");
        using var process = Start("train", Flowers.Write(folder), "--target", "kind", "--epochs", "10000000", "--save", folder["model"]);
        while (await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !line.StartsWith("epoch 1/", StringComparison.Ordinal))
        {
        }
        using (var kill = Process.Start("kill", ["-INT", $"{process.Id}"])) await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        // What it says of it, another test looks at: on a machine with much else to do the process may have to end before it comes to say anything.
        Assert.Equal(130, process.ExitCode);
        Assert.Equal("", await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.True(File.Exists(folder["model"]), "What was learnt until then is saved.");
    }

    [Theory, InlineData("-INT"), InlineData("-TERM")]
    public async Task A_training_with_checkpoints_goes_on_after_a_signal(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows sends Ctrl-C to a whole console, the tests with it.");
        Assert.SkipWhen(signal == "-INT" && IgnoresInterrupts(), "The tests run in the background of a script, where Ctrl-C is ignored.");
        string data = Flowers.Write(folder);
        string[] options = ["--checkpoint", folder["run"], "--every", "1000000"];
        using var process = Start(["train", data, "--target", "kind", "--epochs", "10000000", .. options]);
        while (await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !line.StartsWith("epoch 1/", StringComparison.Ordinal))
        {
        }
        using (var kill = Process.Start("kill", [signal, $"{process.Id}"])) await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        string rest = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(130, process.ExitCode);
        var said = Regex.Match(rest, @"backprop: interrupted after (\d+) steps, all of it is in .*step-(\d+)\.safetensors; the same command with --resume goes on\n$");
        Assert.True(said.Success, rest);
        int steps = int.Parse(said.Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.Equal(steps, int.Parse(said.Groups[2].Value, CultureInfo.InvariantCulture));

        // Two steps an epoch: to the end of the epoch that comes next.
        string epochs = (steps / 2 + 1).ToString(CultureInfo.InvariantCulture);
        var resumed = Run.Of(["train", data, .. options, "--resume", "--epochs", epochs, "--json"]);
        var whole = Run.Of(["train", data, "--target", "kind", "--epochs", epochs, "--json"]);
        Assert.Equal((string?)JsonNode.Parse(whole.Output)!["weights"], (string?)JsonNode.Parse(resumed.Output)!["weights"]);
    }

    /// <summary>Whether SIGINT, the second signal, is among those that Linux says this process ignores.</summary>
    private static bool IgnoresInterrupts() => File.Exists("/proc/self/status") && File.ReadLines("/proc/self/status")
        .Any(line => line.StartsWith("SigIgn:", StringComparison.Ordinal) && (Convert.ToUInt64(line[7..].Trim(), 16) & 2) != 0);

    private static Process Start(params string[] args) => Process.Start(new ProcessStartInfo(
        Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet",
        [Path.Combine(AppContext.BaseDirectory, "Backprop.Cli.dll"), .. args])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        StandardErrorEncoding = Encoding.UTF8,
        StandardOutputEncoding = Encoding.UTF8,
    })!;
}
