using Backprop.Saving;

namespace Backprop.Training;

/// <summary>What every epoch came to, as columns of one tensor [epochs, columns], so that each number keeps all its bits.</summary>
/// <remarks>A figure that no epoch has gets no column; an epoch without a test part has 0 samples there.</remarks>
internal static class EpochTable
{
    private static readonly (string Name, Func<EpochResult, double?> Figure)[] Columns =
    [
        ("epoch", epoch => epoch.Epoch), ("trainLoss", epoch => epoch.TrainLoss), ("seconds", epoch => epoch.Elapsed.TotalSeconds),
        ("testCount", epoch => epoch.Test?.Count), ("testLoss", epoch => epoch.Test?.Loss), ("testAccuracy", epoch => epoch.Test?.Accuracy),
        ("testRmse", epoch => epoch.Test?.Rmse), ("testMae", epoch => epoch.Test?.Mae), ("testR2", epoch => epoch.Test?.R2),
    ];

    /// <summary>The names of the columns, and the tensor.</summary>
    public static (string[] Names, SavedTensor Tensor) Write(IReadOnlyList<EpochResult> history)
    {
        var used = Columns.Where(column => history.Any(epoch => column.Figure(epoch) is not null)).ToArray();
        double[] numbers = [.. history.SelectMany(epoch => used.Select(column => column.Figure(epoch) ?? 0))];
        return ([.. used.Select(column => column.Name)], SavedTensor.Of<double>([history.Count, used.Length], numbers));
    }

    public static EpochResult[] Read(IReadOnlyList<string> names, SavedTensor tensor)
    {
        double[] numbers = tensor.ToArray<double>();
        return [.. Enumerable.Range(0, tensor.Shape[0]).Select(row =>
        {
            int count = (int)(Figure("testCount") ?? 0);
            var test = count == 0 ? null : new Evaluation(count, Figure("testLoss") ?? double.NaN)
            {
                Accuracy = Figure("testAccuracy"),
                Rmse = Figure("testRmse"),
                Mae = Figure("testMae"),
                R2 = Figure("testR2"),
            };
            return new EpochResult((int)Figure("epoch")!.Value, Figure("trainLoss")!.Value, test, TimeSpan.FromSeconds(Figure("seconds")!.Value));

            double? Figure(string name)
            {
                for (int i = 0; i < names.Count; i++)
                    if (names[i] == name) return numbers[row * names.Count + i];
                return null;
            }
        })];
    }
}
