using System.Diagnostics;
using System.Runtime.Intrinsics.X86;
using Backprop.Kernels;
using Backprop.Tests.Training;

namespace Backprop.Tests;

/// <summary>Training gives the same bits for every number of threads and at every vector width.</summary>
public class SameBitsTests
{
    private const string File = "BACKPROP_HASHES";
    private static readonly int[] Threads = [1, 2, 3, 4, 8];

    // Where every fused multiply-add is emulated, the large networks would take minutes.
    private static bool Emulated => Gemm.Fastest == GemmPath.Plain;

    [Fact]
    public void Every_number_of_threads_gives_the_same_parameters()
    {
        foreach (var (name, hash) in Emulated ? SmallRuns.Small : SmallRuns.Large)
        {
            ulong[] hashes = [.. Threads.Select(hash)];
            Assert.True(hashes.Distinct().Count() == 1, $"{name} on {string.Join(", ", Threads)} threads: {string.Join(", ", hashes)}");
        }
    }

    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    public async Task Every_vector_width_gives_the_same_parameters(string off)
    {
        using var folder = new TemporaryFolder();
        string file = folder["hashes"];
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [off] = "0", [File] = file },
        };
        string assembly = typeof(SameBitsTests).Assembly.Location;
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet") start.ArgumentList.Add(assembly);
        foreach (string argument in new[] { "--explicit", "only", "--filter-method", $"{typeof(SameBitsTests).FullName}.{nameof(Hashes_for_another_process)}" })
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(process.ExitCode == 0, $"{off}=0: {await output}{await error}");
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }

        string[] theirs = await System.IO.File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
        // Where the instruction was there to be switched off, it is.
        Assert.Equal(off == "DOTNET_EnableAVX2" ? "False False" : $"False {Fma.IsSupported}", theirs[0]);
        string[] ours = Hashes(theirs[1..].Any(line => line.StartsWith("large", StringComparison.Ordinal)));
        Assert.Equal(ours, theirs[1..]);
    }

    /// <summary>What <see cref="Every_vector_width_gives_the_same_parameters"/> starts in processes of their own.</summary>
    [Fact(Explicit = true)]
    public void Hashes_for_another_process()
    {
        string file = Environment.GetEnvironmentVariable(File) ?? throw new InvalidOperationException($"{File} names no file.");
        System.IO.File.WriteAllLines(file, [$"{Avx512F.IsSupported} {Fma.IsSupported}", .. Hashes(large: !Emulated)]);
    }

    private static string[] Hashes(bool large) =>
    [
        .. from run in large ? SmallRuns.Small.Concat(SmallRuns.Large) : SmallRuns.Small
           from threads in Threads
           select $"{run.Name} {threads} {run.Hash(threads):x16}",
    ];
}
