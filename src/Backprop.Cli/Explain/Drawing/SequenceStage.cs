namespace Backprop.Cli.Explain.Drawing;

/// <summary>A recurrent network unrolled over t: time from left to right, layers from below to above.</summary>
internal sealed class SequenceStage : Stage
{
    private const int MostSteps = 6;
    private const double BoxWidth = 106, StepGap = 52, RowGap = 42, LineHeight = 15, TitleWidth = 96, StartWidth = 76;

    private readonly IReadOnlyList<SequenceRow> rows;
    private readonly int[] shown;
    private readonly double[] heights;

    /// <param name="rows">The layers, the input first.</param>
    /// <param name="steps">The number of time steps.</param>
    public SequenceStage(IReadOnlyList<SequenceRow> rows, int steps)
    {
        this.rows = rows;
        shown = Shown(steps, MostSteps);
        heights = [.. rows.Select(row => shown.Where(t => t >= 0).Max(t => row.Lines(t).Lines.Count) * LineHeight + 14)];
    }

    public override double Width => TitleWidth + StartWidth + shown.Length * (BoxWidth + StepGap) - StepGap;

    /// <summary>The axis goes through the uppermost layer, whose last box is read on.</summary>
    public override double Above => heights[^1] / 2;

    public override double Below => heights[^1] / 2 + heights[..^1].Sum() + RowGap * (rows.Count - 1) + 22;

    public override void Draw(SvgPicture svg, double x, double axis)
    {
        double middle = axis;
        for (int row = rows.Count - 1; row >= 0; row--)
        {
            DrawRow(svg, row, x, middle);
            if (row > 0) middle += heights[row] / 2 + RowGap + heights[row - 1] / 2;
        }
        for (int i = 0; i < shown.Length; i++)
            if (shown[i] >= 0) svg.Text(Left(x, i) + BoxWidth / 2, middle + heights[0] / 2 + 16, $"t = {shown[i] + 1}", "note");
    }

    private static double Left(double x, int i) => x + TitleWidth + StartWidth + i * (BoxWidth + StepGap);

    private void DrawRow(SvgPicture svg, int index, double x, double middle)
    {
        var row = rows[index];
        double half = heights[index] / 2;
        for (int i = 0; i < row.Titles.Count; i++)
            svg.Text(x, middle + (i - (row.Titles.Count - 1) / 2.0) * 14 + 4, row.Titles[i], i == 0 ? "name begin" : "note begin");
        for (int i = 0; i < shown.Length; i++)
        {
            double left = Left(x, i);
            DrawCarried(svg, row, i, left, middle, half);
            if (shown[i] < 0)
            {
                svg.Text(left + BoxWidth / 2, middle + 4, "…", "more");
                continue;
            }
            var (lines, title) = row.Lines(shown[i]);
            svg.Rectangle(left, middle - half, BoxWidth, 2 * half, index == 0 ? "box input" : "box", title, 8);
            for (int line = 0; line < lines.Count; line++)
            {
                double baseline = middle + (line - (lines.Count - 1) / 2.0) * LineHeight + 4;
                string text = lines[line].Text;
                svg.Linked(lines[line].Path, () => svg.Text(left + BoxWidth / 2, baseline, text, "math"));
            }
            if (index == 0) continue;
            svg.Arrow(left + BoxWidth / 2, middle + half + RowGap, left + BoxWidth / 2, middle + half, row.Below);
            svg.Text(left + BoxWidth / 2 + 6, middle + half + RowGap / 2 + 5, row.Below, "note begin math");
        }
    }

    /// <summary>What comes from the time step before; to the first one the start.</summary>
    private void DrawCarried(SvgPicture svg, SequenceRow row, int i, double left, double middle, double half)
    {
        for (int k = 0; k < row.Carried.Count; k++)
        {
            var (label, start) = row.Carried[k];
            double y = middle + (row.Carried.Count == 1 ? 0 : (k - 0.5) * half);
            double from = i == 0 ? left - StepGap + 4 : left - StepGap - (shown[i - 1] < 0 ? BoxWidth / 2 - 14 : 0);
            svg.Arrow(from, y, shown[i] < 0 ? left + BoxWidth / 2 - 14 : left, y, label);
            svg.Text(left - StepGap / 2 + (i == 0 ? 2 : 0), y - 6, label, "note math");
            if (i == 0) svg.Text(from - 12, y + 4, start, "note math");
        }
    }
}
