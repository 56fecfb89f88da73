using Backprop.Compare;
using BenchmarkDotNet.Attributes;

namespace Backprop.Bench;

/// <summary>Whole training steps of the workloads that <c>bench/compare</c> sets against their peers.</summary>
public class TrainingSuite : Suite
{
    private TrainingWork? training;

    [Params("W1", "W2", "W3", "W4", "W5", "W6", "W7", "W8")]
    public string Workload { get; set; } = "W1";

    public override double Operations => Named.Operations;

    public override double Bytes => Named.Bytes;

    private Workload Named => Compare.Workload.All.Single(workload => workload.Name == Workload);

    [GlobalSetup]
    public void Prepare() => training = new TrainingWork(Named, threads: 1);

    [Benchmark]
    public void Step() => training!.Step();
}
