using System.Globalization;

namespace Backprop.Cli.Train.Screen;

/// <summary>Curves over the epochs of a whole training as lines of text: a title, the picture with its scale, the epochs.</summary>
/// <param name="title">What the figures are.</param>
/// <param name="curves">The curves with their names; the first is drawn whole, others dotted.</param>
/// <param name="epochs">The epochs that there will be.</param>
internal sealed class Chart(string title, IReadOnlyList<(string Name, Curve Curve)> curves, int epochs)
{
    /// <summary>The columns of the scale, its line included.</summary>
    private const int Scale = 9;

    /// <summary>Figures that differ by more are shown by their logarithms.</summary>
    private const double Wide = 50;

    /// <summary>Draws it. Each line is a list of texts with what they belong to: 0 for the frame, then the curves in their order.</summary>
    /// <param name="width">Its columns.</param>
    /// <param name="rows">The rows of the picture alone.</param>
    public List<List<(string Text, int Owner)>> Draw(int width, int rows)
    {
        double[] values = [.. curves.SelectMany(curve => curve.Curve.Points).Select(point => point.Value)];
        var (low, high) = values.Length == 0 ? (0, 1) : (values.Min(), values.Max());
        bool logarithmic = low > 0 && high / low > Wide;
        var canvas = new BrailleCanvas(Math.Max(1, width - Scale), rows);
        // The curves that are in front come last.
        for (int i = curves.Count - 1; i >= 0; i--) Draw(canvas, curves[i].Curve, i + 1, low, high, logarithmic);

        var lines = new List<List<(string, int)>> { Title(logarithmic) };
        for (int row = 0; row < rows; row++)
        {
            string mark = values.Length == 0 ? "" : row == 0 ? Number(high) : row == rows - 1 && low < high ? Number(low) : "";
            lines.Add([($"{mark.PadLeft(Scale - 2)} {(mark.Length > 0 ? '┤' : '│')}", 0), .. canvas.Row(row)]);
        }
        string last = epochs.ToString(CultureInfo.InvariantCulture);
        lines.Add([(new string(' ', Scale) + "0" + last.PadLeft(Math.Max(last.Length + 1, width - Scale - 1)), 0)]);
        return lines;
    }

    private List<(string, int)> Title(bool logarithmic)
    {
        var line = new List<(string, int)> { (new string(' ', Scale) + title + (logarithmic ? ", log scale" : ""), 0) };
        for (int i = 0; i < curves.Count; i++)
            if (curves[i].Name.Length > 0) line.Add(($"  {(i == 0 ? "⠤⠤" : "⠂⠂")} {curves[i].Name}", i + 1));
        return line;
    }

    private void Draw(BrailleCanvas canvas, Curve curve, int owner, double low, double high, bool logarithmic)
    {
        (int, int)? before = null;
        foreach (var (epoch, value) in curve.Points)
        {
            double height = low == high ? 0.5 : logarithmic ? Math.Log(value / low) / Math.Log(high / low) : (value - low) / (high - low);
            var point = ((int)Math.Round(epoch / epochs * (canvas.Width - 1)), (int)Math.Round((1 - height) * (canvas.Height - 1)));
            canvas.Line(before ?? point, point, owner, owner == 1 ? 0 : 1);
            before = point;
        }
    }

    private static string Number(double value) => value.ToString(Math.Abs(value) is >= 1e5 or < 1e-3 and > 0 ? "0.#e0" : "G3", CultureInfo.InvariantCulture);
}
