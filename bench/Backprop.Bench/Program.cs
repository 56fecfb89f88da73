using Backprop.Bench;
using BenchmarkDotNet.Running;

// A job on the command line takes the place of ours, and runs within this process as well.
bool job = args.Any(arg => arg is "-j" or "--job" || arg.StartsWith("--job=", StringComparison.Ordinal));
string[] all = job && !args.Contains("--inProcess") ? [.. args, "--inProcess"] : args;
var summaries = BenchmarkSwitcher.FromAssembly(typeof(Suite).Assembly).Run(all, new Settings(withJob: !job));
return summaries.All(summary => summary.Reports.All(report => report.Success)) ? 0 : 1;
