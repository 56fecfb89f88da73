using System.Globalization;
using Backprop.Optimizers;

namespace Backprop.Cli.Train;

/// <summary>How often a checkpoint is written: <c>5</c> or <c>5epochs</c>, <c>200steps</c>.</summary>
/// <param name="Count">How many, 1 or more.</param>
/// <param name="Per">What is counted.</param>
internal sealed record CheckpointInterval(int Count, Period Per)
{
    private static readonly (string Word, Period Per)[] Units =
        [("epochs", Period.Epoch), ("epoch", Period.Epoch), ("steps", Period.Step), ("step", Period.Step)];

    /// <summary>Reads an interval; null where the text is none.</summary>
    public static CheckpointInterval? Parse(string text)
    {
        var (word, per) = Units.FirstOrDefault(unit => text.EndsWith(unit.Word, StringComparison.Ordinal));
        string number = text[..^(word?.Length ?? 0)].TrimEnd();
        return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0
            ? new CheckpointInterval(count, word is null ? Period.Epoch : per) : null;
    }
}
