namespace Backprop.Cli.Train.Screen;

/// <summary>A figure as it goes from epoch to epoch. Of very many epochs, neighbours are taken together: no screen shows more.</summary>
internal sealed class Curve
{
    private const int Most = 1024;

    private readonly List<(double Epoch, double Value)> points = [];

    /// <summary>The points, the figure in the middle of an epoch included.</summary>
    public IEnumerable<(double Epoch, double Value)> Points => Now is { } now ? points.Append(now) : points;

    /// <summary>Where it is in the middle of an epoch; null between epochs.</summary>
    public (double Epoch, double Value)? Now { get; set; }

    /// <summary>Goes on by an epoch; a figure that is not finite has no place in a picture.</summary>
    public void Add(double epoch, double? value)
    {
        Now = null;
        if (value is not { } number || !double.IsFinite(number)) return;
        points.Add((epoch, number));
        if (points.Count < Most) return;
        for (int i = 0; i < Most / 2; i++)
        {
            var (left, right) = (points[2 * i], points[2 * i + 1]);
            points[i] = ((left.Epoch + right.Epoch) / 2, (left.Value + right.Value) / 2);
        }
        points.RemoveRange(Most / 2, Most / 2);
    }
}
