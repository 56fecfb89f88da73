using System.Text.Json;
using Backprop.Saving;

namespace Backprop.Training;

/// <summary>What every epoch came to, as columns of one tensor [epochs, columns], so that each number keeps all its bits.</summary>
/// <remarks>A figure that no epoch has gets no column; an epoch without a test part has 0 samples there.</remarks>
internal static class EpochTable
{
    private const string Seconds = "seconds";

    private static readonly (string Name, Func<EpochResult, double?> Figure)[] Columns =
    [
        ("epoch", epoch => epoch.Epoch), ("trainLoss", epoch => epoch.TrainLoss), (Seconds, epoch => epoch.Elapsed.TotalSeconds),
        ("testCount", epoch => epoch.Test?.Count), ("testLoss", epoch => epoch.Test?.Loss), ("testAccuracy", epoch => epoch.Test?.Accuracy),
        ("testRmse", epoch => epoch.Test?.Rmse), ("testMae", epoch => epoch.Test?.Mae), ("testR2", epoch => epoch.Test?.R2),
        ("testMacroF1", epoch => epoch.Test?.MacroF1),
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
        return Read(names, tensor.Shape[0], (row, column) => numbers[row * names.Count + column]);
    }

    /// <summary>Writes the columns as one JSON object, but for the time, which is another each time; null stands for what is no number in JSON.</summary>
    public static void Write(Utf8JsonWriter json, string name, IReadOnlyList<EpochResult> history)
    {
        json.WriteStartObject(name);
        foreach (var (column, figure) in Columns.Where(column => column.Name != Seconds && history.Any(epoch => column.Figure(epoch) is not null)))
        {
            json.WriteStartArray(column);
            foreach (var epoch in history)
            {
                if (figure(epoch) is not { } number) json.WriteNumberValue(0);
                else if (double.IsFinite(number)) json.WriteNumberValue(number);
                else json.WriteNullValue();
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    public static EpochResult[] Read(JsonFields fields)
    {
        string[] names = [.. Columns.Select(column => column.Name).Where(fields.Has)];
        double[][] columns = [.. names.Select(fields.NumbersOrNaN)];
        if (names.Length == 0) return [];
        if (names is not ["epoch", "trainLoss", ..]) throw fields.Error("epoch and trainLoss are needed");
        if (columns.FirstOrDefault(column => column.Length != columns[0].Length) is not null) throw fields.Error("its columns are not equally long");
        return Read(names, columns[0].Length, (row, column) => columns[column][row]);
    }

    private static EpochResult[] Read(IReadOnlyList<string> names, int rows, Func<int, int, double> number) =>
        [.. Enumerable.Range(0, rows).Select(row =>
        {
            int count = (int)(Figure("testCount") ?? 0);
            var test = count == 0 ? null : new Evaluation(count, Figure("testLoss") ?? double.NaN)
            {
                Accuracy = Figure("testAccuracy"),
                Rmse = Figure("testRmse"),
                Mae = Figure("testMae"),
                R2 = Figure("testR2"),
                MacroF1 = Figure("testMacroF1"),
            };
            return new EpochResult((int)Figure("epoch")!.Value, Figure("trainLoss")!.Value, test, TimeSpan.FromSeconds(Figure(Seconds) ?? 0));

            double? Figure(string name)
            {
                for (int i = 0; i < names.Count; i++)
                    if (names[i] == name) return number(row, i);
                return null;
            }
        })];
}
