using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Backprop.Cli.Train.Screen;

/// <summary>Draws the state of a training for a terminal of any size: a bar, the figures, and as many charts as there is room for.</summary>
internal sealed class LiveScreen(LiveState state, Func<int> height) : Renderable
{
    private const int Gap = 2, LeastChart = 36, LowChart = 4, HighChart = 7;

    private static readonly Style Frame = new(decoration: Decoration.Dim);
    private static readonly Style[] Curves = [Frame, new(Color.Aqua), new(Color.Yellow)];

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        // The ^C of who interrupts is shown where the cursor is: it must not begin a new line there.
        maxWidth = Math.Max(1, maxWidth - "^C".Length);
        var lines = Lines(maxWidth, height());
        for (int i = 0; i < lines.Count; i++)
        {
            if (i > 0) yield return Segment.LineBreak;
            int room = maxWidth;
            foreach (var (text, style) in lines[i])
            {
                // A line that is too long would be broken, and what is drawn next would not hit its place.
                if (room > 0) yield return new Segment(Cut(text, room), style);
                room -= text.Length;
            }
        }
    }

    private List<List<(string, Style)>> Lines(int width, int rows)
    {
        List<List<(string, Style)>> lines = [Bar(width)];
        foreach (string figures in Figures(width)) lines.Add([(figures, Style.Plain)]);
        int room = rows - lines.Count - 2;
        bool beside = width >= 2 * LeastChart + Gap;
        int picture = room >= HighChart + 2 ? HighChart : LowChart;
        if (room < picture + 2 || width < LeastChart) return lines;
        lines.Add([]);
        var loss = new Chart("loss", [("train", state.TrainLoss), (state.Part, state.TestLoss)], state.Epochs);
        var metric = new Chart($"{state.Part} {state.MetricName}", [("", state.Metric)], state.Epochs);
        if (beside) lines.AddRange(Beside(loss.Draw((width - Gap) / 2, picture), metric.Draw((width - Gap) / 2, picture), (width - Gap) / 2 + Gap));
        else
        {
            lines.AddRange(loss.Draw(width, picture).Select(Styled));
            if (room >= 2 * (picture + 2)) lines.AddRange(metric.Draw(width, picture).Select(Styled));
        }
        return lines;
    }

    private List<(string, Style)> Bar(int width)
    {
        double share = Math.Clamp(state.Position / state.Epochs, 0, 1);
        string epoch = $"epoch {Math.Min(state.Epochs, (int)state.Position + (state.Position % 1 > 0 ? 1 : 0))}/{state.Epochs} ";
        string time = state.Remaining is { } left ? ProgressLines.Left(state.Elapsed, left) : state.Elapsed.TotalSeconds < 1 ? "" : $"  {ProgressLines.Duration(state.Elapsed)}";
        string end = $" {(share * 100).ToString("0", CultureInfo.InvariantCulture),3} %{time}";
        int room = Math.Min(40, width - epoch.Length - end.Length);
        if (room < 4) return [(Cut(epoch + end.TrimStart(), width), Style.Plain)];
        int full = (int)(share * room);
        return [(epoch, Style.Plain), (new string('━', full), Curves[1]), (new string('─', room - full), Frame), (end, Style.Plain)];
    }

    /// <summary>The figures, on as many lines as they need.</summary>
    private IEnumerable<string> Figures(int width)
    {
        string line = "";
        foreach (var (name, value) in Named())
        {
            string next = $"{name} {value}";
            if (line.Length > 0 && line.Length + 3 + next.Length > width)
            {
                yield return line;
                line = "";
            }
            line += line.Length > 0 ? $"   {next}" : Cut(next, width);
        }
        if (line.Length > 0) yield return line;
    }

    private IEnumerable<(string Name, string Value)> Named()
    {
        if (Last(state.TrainLoss) is { } train) yield return ("train loss", train);
        if (Last(state.TestLoss) is { } test) yield return ($"{state.Part} loss", test);
        if (Last(state.Metric) is { } metric) yield return ($"{state.Part} {state.MetricName}", metric);
        yield return ("learning rate", ProgressLines.Number(state.LearningRate));
        if (state.Warnings > 0) yield return ("warnings", $"{state.Warnings.ToString(CultureInfo.InvariantCulture)}, see above");
    }

    private static string? Last(Curve curve) => curve.Points.Any() ? ProgressLines.Number(curve.Points.Last().Value) : null;

    private static IEnumerable<List<(string, Style)>> Beside(
        List<List<(string Text, int Owner)>> left, List<List<(string Text, int Owner)>> right, int column)
    {
        for (int i = 0; i < left.Count; i++)
        {
            var line = Styled(left[i]);
            line.Add((new string(' ', Math.Max(Gap, column - left[i].Sum(part => part.Text.Length))), Style.Plain));
            line.AddRange(Styled(right[i]));
            yield return line;
        }
    }

    private static List<(string, Style)> Styled(List<(string Text, int Owner)> line) => [.. line.Select(part => (part.Text, Curves[part.Owner]))];

    private static string Cut(string text, int width) => text.Length <= width ? text : text[..Math.Max(0, width)];
}
