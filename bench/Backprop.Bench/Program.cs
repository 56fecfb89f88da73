using Backprop.Bench;
using BenchmarkDotNet.Running;

BenchmarkSwitcher.FromAssembly(typeof(Suite).Assembly).Run(args, new Settings());
