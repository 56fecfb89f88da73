using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace Backprop.Bench;

/// <summary>How much a benchmark does per second, in thousands of millions.</summary>
internal sealed class RateColumn(string name, Func<Suite, double> amount) : IColumn
{
    public string Id => name;

    public string ColumnName => name;

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public string Legend => "Thousands of millions per second, at the mean time";

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase)
    {
        // The amount depends on the suite's parameters: a suite with the same ones knows it.
        var suite = (Suite)Activator.CreateInstance(benchmarkCase.Descriptor.Type)!;
        foreach (var parameter in benchmarkCase.Parameters.Items) suite.GetType().GetProperty(parameter.Name)!.SetValue(suite, parameter.Value);
        return summary[benchmarkCase]?.ResultStatistics is { } statistics && amount(suite) is > 0 and var done
            ? (done / statistics.Mean).ToString("0.0", CultureInfo.InvariantCulture) : "-";
    }

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public bool IsAvailable(Summary summary) => true;
}
