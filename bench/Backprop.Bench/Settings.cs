using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace Backprop.Bench;

/// <summary>How the suites run: within this process, which needs no project to be generated and built for every suite.</summary>
internal sealed class Settings : ManualConfig
{
    /// <param name="withJob">Whether these settings say how long to measure.</param>
    public Settings(bool withJob)
    {
        // Ten short rounds say as much on a machine that others use as the usual hundred long ones, and the slow twins end in time.
        if (withJob)
            AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance)
                .WithWarmupCount(3).WithIterationCount(10).WithIterationTime(TimeInterval.FromMilliseconds(100)));
        AddLogger(ConsoleLogger.Default);
        AddColumnProvider(DefaultColumnProviders.Instance);
        AddColumn(new RateColumn("GFLOP/s", suite => suite.Operations), new RateColumn("GB/s", suite => suite.Bytes));
        AddDiagnoser(MemoryDiagnoser.Default);
        AddExporter(MarkdownExporter.GitHub);
    }
}
